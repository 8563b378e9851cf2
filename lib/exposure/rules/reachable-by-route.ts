import type { Listener, Namespace } from '@/lib/topology/types'
import { quadlet } from '../fix'
import { isInUse } from '../networks'
import { type FromOutside, namespaceFromOutside } from '../outside'
import { hostSubject, listed, subjectOfNamespace } from '../subjects'
import type { Rule, RuleResult } from '../types'
import type { HostView } from '../view'
import { isLoopback, sentences } from '../words'

export const reachableByRoute: Rule = {
  id: 'reachable-by-route',
  title: 'Unpublished ports are open to neighbours that route here',
  severity: 'medium',
  when:
    'A rootful host forwards, stands on a segment with others, and has bridges in use that are not internal: a machine of that ' +
    'segment that routes a container subnet through the host reaches every port of its members, published or not, isolated and ' +
    'strict ones included. By the verdicts of reach; other firewall rules than those of netavark are not seen.',
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
    const networks = host.networks.filter(one => one.driver === 'bridge' && !one.internal && isInUse(view, one))
    if (host.rootless === true || networks.length === 0 || facts.forwarding?.ipv4 === false) return result
    const unknown = (because: string) => {
      result.unknown.push(`whether neighbours reach containers by route: ${because}`)
      return result
    }
    if (host.rootless === null) return unknown('whether the engine is rootless is not known')
    if (host.interfaces === null) return unknown(`the interfaces of the host: ${host.probe.reason ?? 'not read'}`)
    const { reached, segments, because } = byRoute(view, new Set(networks.map(one => one.name)))
    if (because !== '') unknown(because)
    if (segments.length === 0) return result
    const reachedBy = new Set(reached.flatMap(one => one.attachments.map(({ networkName }) => networkName)))
    const named = networks.filter(one => reachedBy.has(one.name))
    const open = unpublished(view, reached)
    result.hits.push({
      subject: hostSubject(view),
      severity: reachableByRoute.severity,
      confidence: facts.forwarding === null ? 'low' : 'medium',
      message: sentences(
        `A machine on the segment${segments.length > 1 ? 's' : ''} of ${listed(segments)} that routes container subnets ` +
          `through this host reaches every port on ${listed(named.map(one => one.name))}, published or not.`,
        'Measured on Podman 4.3, 5.4 and 6.1: reached, isolate=strict as well; only internal networks were not.',
        open.length > 0 ? `Listening there without being published: ${listed(open)}.` : '',
        'Other firewall rules than those of netavark were not examined.',
      ),
      evidence: [
        { field: 'net.ipv4.ip_forward', value: facts.forwarding === null ? 'not read' : '1' },
        ...named.map(one => ({
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

interface ByRoute {
  /** Namespaces that a machine outside reaches by routing, and not without. */
  reached: Namespace[]
  /** Interfaces from whose segments. */
  segments: string[]
  because: string
}

function byRoute(view: HostView, networks: ReadonlySet<string>): ByRoute {
  const reached: Namespace[] = []
  const segments = new Set<string>()
  const reasons = new Map<FromOutside, string>()
  for (const namespace of view.host.namespaces) {
    if (!view.isLive(namespace) || !namespace.attachments.some(one => networks.has(one.networkName))) continue
    const from = namespaceFromOutside(view, namespace, 'routed')
    if (from === null) continue
    if (from.because !== '' && !reasons.has(from))
      reasons.set(from, `${subjectOfNamespace(view, namespace).name}: ${from.because}`)
    if (from.open.length === 0) continue
    // Those who reach it without a route are told of by the rules about the segment.
    const plain = namespaceFromOutside(view, namespace)
    if (from.open.every(name => plain?.open.includes(name))) continue
    reached.push(namespace)
    for (const name of from.open) if (!plain?.open.includes(name)) segments.add(name)
  }
  return { reached, segments: [...segments], because: listed([...reasons.values()], 3) }
}

/** "db 5432/tcp": what listens there and no door leads to. */
function unpublished(view: HostView, namespaces: readonly Namespace[]): string[] {
  const found: string[] = []
  for (const namespace of namespaces) {
    if (namespace.listeners === null) continue
    const name = subjectOfNamespace(view, namespace).name
    let last = ''
    for (const one of namespace.listeners) {
      if (isLoopback(one.address) || hasDoor(namespace, one)) continue
      // Sorted by port: the sockets of one port follow each other.
      const port = `${name} ${one.port}/${one.protocol}`
      if (port !== last) found.push(port)
      last = port
    }
  }
  return found
}

const hasDoor = ({ published }: Namespace, { port, protocol }: Listener): boolean =>
  published.some(door => door.containerPort === port && door.protocol === protocol && door.forwarded !== 'no')
