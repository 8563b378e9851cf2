import { publishedPorts } from '../doors'
import { cis } from '../references'
import type { Rule } from '../types'

export const sshPublished: Rule = {
  id: 'ssh-published',
  title: 'SSH published',
  severity: 'medium',
  when: 'Port 22/tcp inside is published off loopback, and the host passes it on.',
  fix: 'Use podman exec, or publish on 127.0.0.1.',
  falsePositives: 'Git and SFTP servers.',
  references: [cis('5.7'), 'kube-linter ssh-port', 'Trivy DS-0004'],
  enabledByDefault: true,
  examine: view =>
    publishedPorts(
      view,
      sshPublished,
      ({ protocol, containerPort }) => protocol === 'tcp' && containerPort === 22,
      () => 'SSH by port number: a way to a shell beside podman exec.',
    ),
}
