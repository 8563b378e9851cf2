import { sharesWithHost } from '../host-mode'
import { cis, trivy } from '../references'
import type { Rule } from '../types'

export const hostIpc: Rule = {
  id: 'host-ipc',
  title: "Shares the host's shared memory",
  severity: { rootful: 'medium', rootless: 'low' },
  when: 'The container was created with --ipc=host.',
  fix: 'Drop --ipc=host.',
  falsePositives: 'Debuggers, and programs that share memory with the host on purpose.',
  references: [cis('5.17'), trivy('KSV-0008')],
  enabledByDefault: true,
  examine: view =>
    sharesWithHost(view, hostIpc, {
      option: 'ipc',
      field: 'IpcMode',
      what: 'IPC namespace',
      consequence: 'it can read and write the shared memory of processes on the host.',
    }),
}
