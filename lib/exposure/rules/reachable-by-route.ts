import type { Namespace } from '@/lib/topology/types'
import { quadlet } from '../fix'
import { outwardListeners } from '../listeners'
import { isInUse } from '../networks'
import { hostSubject, listed, subjectOfNamespace } from '../subjects'
import type { Rule, RuleResult } from '../types'
import type { HostView } from '../view'
import { sentences } from '../words'

export const reachableByRoute: Rule = {
  id: 'reachable-by-route',
  title: 'Unpublished ports are open to neighbours that route here',
  severity: 'medium',
  when:
    'A rootful host forwards, stands on a segment with others, and has bridges in use that are not internal: a machine of that ' +
    'segment that routes a container subnet through the host reaches every port of its members, published or not, isolated and ' +
    'strict ones included. From topology and forwarding alone: other firewall rules than those of netavark are not seen.',
  fix: "Drop in the host's firewall what comes in from outside for the container subnets and is not published; internal networks for what needs no way out.",
  falsePositives: 'Hosts whose own firewall drops forwarded packets.',
  references: [
    'https://github.com/containers/netavark/blob/v2.1.0/src/firewall/nft.rs#L1292',
    'https://www.docker.com/blog/docker-engine-28-hardening-container-networking-by-default/',
  ],
  enabledByDefault: true,
  examine(view) {
    const result: RuleResult = { hits: [], unknown: [] }
    const { host, facts } = view
    const networks = host.networks.filter(
      one => one.driver === 'bridge' && !one.internal && one.mode !== 'unmanaged' && isInUse(view, one),
    )
    if (host.rootless === true || networks.length === 0 || facts.forwarding?.ipv4 === false) return result
    if (host.rootless === null) {
      result.unknown.push('whether neighbours reach containers by route: whether the engine is rootless is not known')
      return result
    }
    const uplinks = uplinksOf(view)
    if (uplinks?.length === 0) return result
    const open = unpublished(view, new Set(networks.map(one => one.name)))
    result.hits.push({
      subject: hostSubject(view),
      severity: reachableByRoute.severity,
      confidence: facts.forwarding === null || uplinks === null ? 'low' : 'medium',
      message: sentences(
        `A machine on ${uplinks === null ? 'a segment of this host' : `the segment of ${listed(uplinks)}`} that routes container ` +
          `subnets through it reaches every port on ${listed(networks.map(one => one.name))}, published or not.`,
        'Measured on Podman 4.3, 5.4 and 6.1: reached, isolate=strict as well; only internal networks were not.',
        open.length > 0 ? `Listening there without being published: ${listed(open)}.` : '',
        'Other firewall rules than those of netavark were not examined.',
      ),
      evidence: [
        { field: 'net.ipv4.ip_forward', value: facts.forwarding === null ? 'not read' : '1' },
        ...networks.map(one => ({
          field: 'networks',
          value: `${one.name} ${one.subnets.map(({ cidr }) => cidr).join(' ')}`.trim(),
        })),
      ],
      fix: {
        podman: '# for what needs no way out: podman network create --internal NAME',
        quadlet: quadlet('Network', ['Internal', 'true']),
      },
    })
    return result
  },
}

/** Interfaces with neighbours: up, with an address beyond link-local, and no bridge of Podman's; null when not known. */
function uplinksOf(view: HostView): string[] | null {
  if (view.host.interfaces === null) return null
  const bridges = new Set(view.host.networks.flatMap(one => (one.driver === 'bridge' ? (one.interface ?? []) : [])))
  return view.host.interfaces
    .filter(
      one =>
        one.up &&
        one.kind !== 'loopback' &&
        !bridges.has(one.name) &&
        one.addresses.some(address => !address.startsWith('fe80:') && !address.startsWith('169.254.')),
    )
    .map(one => one.name)
}

/** "db 5432/tcp": what listens in members of these networks and no door leads to. */
function unpublished(view: HostView, networks: ReadonlySet<string>): string[] {
  const found: string[] = []
  for (const namespace of view.host.namespaces) {
    if (namespace.listeners === null || !namespace.attachments.some(one => networks.has(one.networkName))) continue
    const name = subjectOfNamespace(view, namespace).name
    for (const port of portsOf(namespace)) found.push(`${name} ${port}`)
  }
  return found
}

function portsOf({ listeners, published }: Namespace): Set<string> {
  const doors = new Set(
    published.filter(door => door.forwarded !== 'no').map(door => `${door.containerPort}/${door.protocol}`),
  )
  const ports = outwardListeners(listeners ?? []).map(one => `${one.port}/${one.protocol}`)
  return new Set(ports.filter(port => !doors.has(port)))
}
