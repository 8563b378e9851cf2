/** The inputs of every verdict, read once per host model: networks by name, groups of equal namespaces, doors. */
import type { Container, Host, HostModel, Interface, Namespace, Network } from '@/lib/topology/types'
import { type Family, familyOf } from './families'
import { sameAddress, within } from './subnets'
import type { Door, Endpoint, GroupAttachment, Judgement, NamespaceGroup } from './types'

export interface ReachContext {
  model: HostModel
  host: Host
  rootless: boolean
  /** [major, minor]; null when neither netavark's nor Podman's version is known. */
  netavark: readonly [number, number] | null
  networks: ReadonlyMap<string, Network>
  groups: readonly NamespaceGroup[]
  endpointByNamespace: ReadonlyMap<string, Endpoint>
  containersById: ReadonlyMap<string, Container>
  namespacesById: ReadonlyMap<string, Namespace>
  doors: readonly Door[]
  /** Host addresses without prefix and without loopback, by interface; null when unknown. */
  hostAddresses: readonly { address: string; prefix: number; interface: string }[] | null
  /** Internal networks with a member that has been running as long as anybody on another bridge. */
  startedFirst: ReadonlySet<string>
  /** The interface of the default route, from the probe. */
  defaultInterface: string | null
  /** Answers that many pairs ask for again; filled as they are asked. */
  memo: {
    between: Record<Family, Map<Network, Map<Network, Judgement>>>
    egress: Record<Family, Map<NamespaceGroup, Network[]>>
    toHost: Map<Endpoint, Judgement>
  }
}

type GrowingGroup = NamespaceGroup & { namespaceIds: string[] }

/** Ends are told apart by identity, so there is one object for the host and one per group. */
export const HOST: Endpoint = { kind: 'host' }

/** A container in this state has processes that can answer. */
export const answers = ({ state }: Container): boolean => state === 'running' || state === 'stopping'

/** Reads a host model for lib/reach. Cost: linear in containers. */
export function createContext(model: HostModel): ReachContext {
  const { host, facts } = model
  const networks = new Map(host.networks.map(network => [network.name, network]))
  const containersById = new Map(host.containers.map(container => [container.id, container]))
  const namespacesById = new Map(host.namespaces.map(namespace => [namespace.id, namespace]))
  const groups = new Map<string, { kind: 'namespace'; group: GrowingGroup }>()
  const endpointByNamespace = new Map<string, Endpoint>()
  const doors: Door[] = []

  for (const namespace of host.namespaces) {
    // The rootless namespace has no containers of its own: it is the way out of those behind it.
    if (namespace.kind === 'rootless') continue
    if (namespace.kind === 'host') endpointByNamespace.set(namespace.id, HOST)
    else {
      const made = groupOf(namespace, namespace.kind, model, networks, containersById)
      const known = groups.get(made.key)
      if (known) known.group.namespaceIds.push(namespace.id)
      else groups.set(made.key, { kind: 'namespace', group: made })
      endpointByNamespace.set(namespace.id, known ?? { kind: 'namespace', group: made })
    }
    const owner = endpointByNamespace.get(namespace.id)
    if (owner)
      for (const port of namespace.published) {
        const forwardedTo = forwardsOf(model, namespace, networks, port)
        doors.push({ port, owner, ownerNamespaceId: namespace.id, forwardedTo })
      }
  }

  return {
    model,
    host,
    rootless: host.rootless === true,
    netavark: netavarkVersion(host),
    networks,
    groups: [...groups.values()].map(({ group }) => group),
    endpointByNamespace,
    containersById,
    namespacesById,
    doors,
    startedFirst: startedFirst(host, networks, containersById),
    hostAddresses: addressesOf(host.interfaces),
    defaultInterface:
      facts.routes?.find(route => route.destination === '0.0.0.0/0' || route.destination === '::/0')?.interface ?? null,
    memo: {
      between: { ipv4: new Map(), ipv6: new Map() },
      egress: { ipv4: new Map(), ipv6: new Map() },
      toHost: new Map(),
    },
  }
}

function groupOf(
  namespace: Namespace,
  kind: NamespaceGroup['kind'],
  model: HostModel,
  networks: ReadonlyMap<string, Network>,
  containers: ReadonlyMap<string, Container>,
): GrowingGroup {
  const members = namespace.memberIds.map(id => containers.get(id)).filter(member => member !== undefined)
  const owner = namespace.ownerId === null ? undefined : containers.get(namespace.ownerId)
  const shown = members.find(member => !member.isInfra) ?? owner
  const facts = owner && model.facts.containers[owner.id]
  const attachments = namespace.attachments.map(
    (attachment): GroupAttachment => ({
      name: attachment.networkName,
      network: networks.get(attachment.networkName) ?? null,
      ipv4: attachment.addresses.some(address => !address.includes(':')),
      ipv6: attachment.addresses.some(address => address.includes(':')),
    }),
  )
  const running = members.some(answers)
  const stopped = running ? null : ((owner ?? shown)?.state ?? 'without members')
  // Without addresses nothing is known of where it is now; with them it is where it was, like a host that is stale.
  const isLost = running && namespace.attachments.some(one => one.addresses.length === 0)
  const incomplete = facts?.incomplete[0] ?? (isLost ? facts?.outdated : null) ?? null
  const userMode = facts?.userModeOptions ?? null
  const places = attachments.map(({ name, ipv4, ipv6 }) => `${name.length} ${name} ${ipv4} ${ipv6}`)
  const oddities = stopped || incomplete || userMode ? JSON.stringify([stopped, incomplete, userMode]) : ''
  const leavesBy = leavesByOf(model, namespace, attachments)
  const ways = attachments.length > 1 ? JSON.stringify(leavesBy) : ''
  const key = `${kind} ${places.join(' ')} ${oddities}${ways}`
  return { key, kind, stopped, incomplete, attachments, userMode, leavesBy, namespaceIds: [namespace.id] }
}

function startedFirst(
  host: Host,
  networks: ReadonlyMap<string, Network>,
  containers: ReadonlyMap<string, Container>,
): Set<string> {
  // ISO 8601, which sorts as text.
  const earliest = new Map<string, string>()
  let turnedOn: string | null = null
  for (const { attachments, ownerId } of host.namespaces) {
    const owner = ownerId === null ? undefined : containers.get(ownerId)
    if (!owner?.startedAt) continue
    // Podman lists the start by the second, and nobody starts before being created.
    const created = owner.createdAt ?? ''
    const since = created > owner.startedAt ? created : owner.startedAt
    const bridges = attachments.flatMap(({ networkName }) => networks.get(networkName) ?? [])
    for (const { name, internal, driver } of bridges) {
      if (driver !== 'bridge') continue
      if (internal) earliest.set(name, earlier(since, earliest.get(name) ?? since))
      else turnedOn = earlier(since, turnedOn ?? since)
    }
  }
  const from = turnedOn
  return new Set([...earliest].flatMap(([name, since]) => (from === null || since <= from ? [name] : [])))
}

const earlier = (a: string, b: string): string => (a < b ? a : b)

const NOWHERE: Door['forwardedTo'] = { ipv4: null, ipv6: null }

/** The first rule for a port decides: https://github.com/containers/podman/issues/12850 */
function forwardsOf(
  { facts }: HostModel,
  { attachments }: Namespace,
  networks: ReadonlyMap<string, Network>,
  { hostIp, hostPort, protocol }: Door['port'],
): Door['forwardedTo'] {
  const rules = facts.portForwards
  if (rules === undefined || attachments.length < 2) return NOWHERE
  const address = hostIp === '' || hostIp === '0.0.0.0' || hostIp === '::' ? null : hostIp
  const first = (family: Family): string | null => {
    for (const rule of rules) {
      if (rule.family !== family || rule.protocol !== protocol || hostPort < rule.first || hostPort > rule.last)
        continue
      if (rule.address === null ? address !== null : address === null || !sameAddress(rule.address, address)) continue
      const own = attachments.find(({ networkName }) => {
        if (rule.networkName !== null) return rule.networkName === networkName
        const id = networks.get(networkName)?.id.split(':').at(-1) ?? ''
        return rule.networkId !== null && id.startsWith(rule.networkId)
      })
      if (own) return own.networkName
    }
    return null
  }
  return { ipv4: first('ipv4'), ipv6: first('ipv6') }
}

/** Which networks the kernel's default routes lead by; null for a family where it was not asked, or leads elsewhere. */
function leavesByOf(
  { facts }: HostModel,
  namespace: Namespace,
  attachments: readonly GroupAttachment[],
): NamespaceGroup['leavesBy'] {
  const routes = facts.defaultRoutes?.[namespace.id]
  // One network needs no choice, and equal namespaces shall stay equal.
  if (routes === undefined || attachments.length < 2) return { ipv4: null, ipv6: null }
  const by = (family: Family): string[] | null => {
    const own = routes.filter(({ gateway }) => familyOf(gateway) === family)
    const lowest = Math.min(...own.map(({ metric }) => metric))
    // Of equal ones the kernel takes now this one, now that, by what it last heard of their gateways: fib_select_default in
    // https://github.com/torvalds/linux/blob/v6.12/net/ipv4/fib_semantics.c
    const equal = own.filter(({ metric }) => metric === lowest)
    const names = equal.map(({ gateway }) => {
      const via = attachments.find(({ network }) =>
        within(
          gateway,
          (network?.subnets ?? []).map(({ cidr }) => cidr),
        ),
      )
      return via?.name
    })
    const known = names.filter(name => name !== undefined)
    return known.length === names.length ? known : null
  }
  return { ipv4: by('ipv4'), ipv6: by('ipv6') }
}

/** The host's addresses without loopback; `null` in, `null` out. */
function addressesOf(interfaces: readonly Interface[] | null): ReachContext['hostAddresses'] {
  if (interfaces === null) return null
  return interfaces
    .filter(one => one.kind !== 'loopback')
    .flatMap(one =>
      one.addresses.map(cidr => {
        const [address = cidr, prefix = ''] = cidr.split('/')
        return { address, prefix: Number(prefix), interface: one.name }
      }),
    )
    .filter(({ address }) => !address.startsWith('fe80:'))
}

/**
 * netavark's version; by Podman's where /info does not say it (before 4.6): 4.x and 5.x came with netavark 1, Podman 6 needs 2.
 * https://github.com/containers/podman/blob/v6.0.0-rc1/RELEASE_NOTES.md
 */
function netavarkVersion(host: Host): ReachContext['netavark'] {
  if (host.engine === null) return null
  const match = /^(\d+)\.(\d+)/.exec(host.engine.netavark ?? '')
  if (match) return [Number(match[1]), Number(match[2])]
  const podman = Number.parseInt(host.engine.podman, 10)
  if (Number.isNaN(podman)) return null
  return podman >= 6 ? [2, 0] : [1, 0]
}

/** The value under `key`, made once. */
export function once<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}
