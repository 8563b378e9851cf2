import { publishedPorts } from '../doors'
import { cis } from '../references'
import { listed } from '../subjects'
import type { Rule } from '../types'

export const sensitivePortPublished: Rule = {
  id: 'sensitive-port-published',
  title: 'Datastore or admin port published',
  severity: 'high',
  when:
    'A TCP port whose number, on the host or inside, is that of a datastore or an admin interface is published on an ' +
    'address other than loopback, and the host passes it on.',
  fix: 'Do not publish it: share a network with those who need it, or publish on 127.0.0.1.',
  falsePositives: 'Another service on the same number; the list can be configured.',
  references: [cis('5.9'), cis('5.14')],
  enabledByDefault: true,
  examine: (view, { sensitivePorts }) =>
    publishedPorts(
      view,
      sensitivePortPublished,
      ({ protocol, containerPort, hostPort }) =>
        protocol === 'tcp' && (sensitivePorts.has(containerPort) || sensitivePorts.has(hostPort)),
      doors => {
        const services = doors.map(
          door => sensitivePorts.get(door.containerPort) ?? sensitivePorts.get(door.hostPort) ?? '',
        )
        return `${listed([...new Set(services)])} by port number: services of this kind often trust whoever connects.`
      },
    ),
}
