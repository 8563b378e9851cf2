import { engineName, mayBeOlderThan } from '../engine-version'
import { sharesWithHost } from '../host-mode'
import { cis, trivy } from '../references'
import { listed } from '../subjects'
import type { Rule } from '../types'

export const hostIpc: Rule = {
  id: 'host-ipc',
  title: "Shares the host's shared memory",
  severity: { rootful: 'medium', rootless: 'low' },
  when: 'The container was created with --ipc=host. Before Podman 4.5 inspect does not tell.',
  fix: 'Drop --ipc=host.',
  falsePositives: 'Debuggers, and programs that share memory with the host on purpose.',
  references: [cis('5.17'), trivy('KSV-0008')],
  enabledByDefault: true,
  examine(view) {
    const result = sharesWithHost(view, hostIpc, {
      option: 'ipc',
      field: 'IpcMode',
      what: 'IPC namespace',
      consequence: 'it can read and write the shared memory of processes on the host.',
    })
    // Until https://github.com/containers/podman/pull/17200 inspect said "shareable" whatever the mode.
    const said = view.members.filter(one => !one.container.isInfra && one.facts.ipcMode === 'shareable')
    if (said.length > 0 && mayBeOlderThan(view, 4, 5)) {
      const names = listed(said.map(one => one.container.name))
      result.unknown.push(`${names}: ${engineName(view)} says IpcMode shareable of --ipc=host too`)
    }
    return result
  },
}
