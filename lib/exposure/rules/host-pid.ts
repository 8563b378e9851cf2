import { sharesWithHost } from '../host-mode'
import { cis, kubescape, trivy } from '../references'
import type { Rule } from '../types'

export const hostPid: Rule = {
  id: 'host-pid',
  title: "Shares the host's processes",
  severity: { rootful: 'high', rootless: 'medium' },
  when: 'The container was created with --pid=host.',
  fix: 'Drop --pid=host.',
  falsePositives: 'Debuggers and profilers.',
  references: [cis('5.16'), trivy('KSV-0010'), kubescape('C-0038')],
  enabledByDefault: true,
  examine: view =>
    sharesWithHost(view, hostPid, {
      option: 'pid',
      field: 'PidMode',
      what: 'process namespace',
      consequence: 'it sees every process with its arguments and, as root, their files and network through /proc.',
    }),
}
