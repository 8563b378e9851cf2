import type { Listener } from '@/lib/topology/types'
import { NOT_FIREWALL } from '../doors'
import { ownNetwork } from '../fix'
import { outwardListeners, Unheard } from '../listeners'
import { cis } from '../references'
import { eachContainer, listed, subjectOf } from '../subjects'
import type { Rule } from '../types'
import { sentences } from '../words'

export const hostListenerExposed: Rule = {
  id: 'host-listener-exposed',
  title: "Listens on the host's addresses",
  severity: 'high',
  when:
    "A container in the host's network namespace listens on an address other than loopback, by the sockets that the probe tied " +
    'to it. medium; high when the TCP port number is that of a datastore or an admin interface.',
  fix: 'Let it listen on 127.0.0.1, or put it on a network of its own and publish what is meant.',
  falsePositives: 'Exporters and other services that are meant to be reached.',
  references: [cis('5.10')],
  enabledByDefault: true,
  examine(view, { sensitivePorts }) {
    const host = view.host.namespaces.find(one => one.kind === 'host')
    const unheard = new Unheard()
    const outward = outwardListeners(host?.listeners ?? [])
    const byContainer = new Map<string, Listener[]>()
    for (const one of outward) {
      if (one.containerId === null) continue
      const own = byContainer.get(one.containerId)
      if (own) own.push(one)
      else byContainer.set(one.containerId, [one])
    }
    // A socket of nobody known may be that of any of them.
    const unclaimed = outward.some(one => one.containerId === null && one.process === null)
    const doubtful: string[] = []
    const result = eachContainer(view, ({ container, live }) => {
      if (!live || container.namespaceId !== host?.id) return null
      if (host.listeners === null) {
        unheard.add(container.name, host)
        return null
      }
      const own = byContainer.get(container.id) ?? []
      if (own.length === 0) {
        if (unclaimed) doubtful.push(container.name)
        return null
      }
      const services = own.flatMap(one => (one.protocol === 'tcp' ? (sensitivePorts.get(one.port) ?? []) : []))
      const subject = subjectOf(view, container)
      return {
        subject,
        severity: services.length > 0 ? 'high' : 'medium',
        confidence: 'high',
        message: sentences(
          `${container.name} listens on ${listed([...new Set(own.map(describe))])} of the host: whoever reaches the host can connect.`,
          services.length > 0 ? `${listed([...new Set(services)])} by port number.` : '',
          NOT_FIREWALL,
        ),
        evidence: own.map(one => ({
          field: `listener ${one.port}/${one.protocol}`,
          value: `${describe(one)}${one.process === null ? '' : ` by ${one.process}`}`,
        })),
        fix: ownNetwork(subject),
      }
    })
    if (doubtful.length > 0)
      result.unknown.push(`${listed(doubtful)}: which of the host's listening sockets are theirs is not known`)
    result.unknown.push(...unheard.lines())
    return result
  },
}

const describe = ({ address, port, protocol }: Listener) =>
  `${address.includes(':') ? `[${address}]` : address}:${port}/${protocol}`
