/** The inputs of every verdict, read once per host model: networks by name, groups of equal namespaces, doors. */
import { indexHost } from '@/lib/topology/lookup'
import type { Container, Host, HostModel, Interface, Namespace, Network } from '@/lib/topology/types'
import type { Family } from './families'
import { Grouping } from './groups'
import { sameAddress } from './subnets'
import type { Door, Endpoint, Judgement, NamespaceGroup } from './types'

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
  /** The interface of the default route, from the probe. */
  defaultInterface: string | null
  /** Answers that many pairs ask for again; filled as they are asked. */
  memo: {
    between: Record<Family, Map<Network, Map<Network, Judgement>>>
    egress: Record<Family, Map<NamespaceGroup, Network[]>>
    toHost: Map<Endpoint, Judgement>
    startedFirst: ReadonlySet<string> | null
  }
}

/** Ends are told apart by identity, so there is one object for the host and one per group. */
export const HOST: Endpoint = { kind: 'host' }

/** Reads a host model for lib/reach. Cost: linear in containers. */
export function createContext(model: HostModel): ReachContext {
  const { host, facts } = model
  const networks = new Map(host.networks.map(network => [network.name, network]))
  const { containers: containersById, namespaces: namespacesById } = indexHost(host)
  const groups = new Grouping(model, networks)
  const endpointByNamespace = new Map<string, Endpoint>()
  const doors: Door[] = []

  for (const namespace of host.namespaces) {
    // The rootless namespace has no containers of its own: it is the way out of those behind it.
    if (namespace.kind === 'rootless') continue
    const owner = namespace.kind === 'host' ? HOST : groups.endOf(namespace, namespace.kind)
    endpointByNamespace.set(namespace.id, owner)
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
    groups: groups.all(),
    endpointByNamespace,
    containersById,
    namespacesById,
    doors,
    hostAddresses: addressesOf(host.interfaces),
    defaultInterface:
      facts.routes?.find(route => route.destination === '0.0.0.0/0' || route.destination === '::/0')?.interface ?? null,
    memo: {
      between: { ipv4: new Map(), ipv6: new Map() },
      egress: { ipv4: new Map(), ipv6: new Map() },
      toHost: new Map(),
      startedFirst: null,
    },
  }
}

/** Whether a member of this internal network has been running as long as anybody on another bridge. */
export function hasStartedFirst(context: ReachContext, { name }: Network): boolean {
  context.memo.startedFirst ??= startedFirst(context)
  return context.memo.startedFirst.has(name)
}

function startedFirst({ host, networks, containersById }: ReachContext): Set<string> {
  // ISO 8601, which sorts as text.
  const earliest = new Map<string, string>()
  let turnedOn: string | null = null
  for (const { attachments, ownerId } of host.namespaces) {
    const owner = ownerId === null ? undefined : containersById.get(ownerId)
    if (!owner?.startedAt) continue
    // Podman lists the start by the second, and nobody starts before being created.
    const created = owner.createdAt ?? ''
    const since = created > owner.startedAt ? created : owner.startedAt
    for (const { networkName } of attachments) {
      const network = networks.get(networkName)
      if (network?.driver !== 'bridge') continue
      if (network.internal) earliest.set(networkName, earlier(since, earliest.get(networkName) ?? since))
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
