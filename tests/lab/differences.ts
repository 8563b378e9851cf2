/** Everything in which a topology differs from the truth, in words; nothing missing, nothing twice, nothing invented. */
import type { Container, Host, Namespace, NamespaceKind } from '@/lib/topology/types'
import type { InspectedContainer } from './podman-json'
import type { Truth } from './truth'

/** Empty when `host` is exactly what is true. */
export function differences(host: Host, truth: Truth): string[] {
  const view = viewOf(host)
  return [
    ...view.problems,
    ...containers(view, truth),
    ...networks(host, truth),
    ...namespaces(view, truth),
    ...attachments(view, truth),
    ...doors(view, truth),
    ...pods(host, view, truth),
    ...interfaces(host, truth),
    ...listeners(view, truth),
  ]
}

interface View {
  /** By the engine's id. */
  containers: ReadonlyMap<string, Container>
  /** By the topology's id. */
  namespaces: ReadonlyMap<string, Namespace>
  problems: string[]
}

/** Ids of the topology end with the engine's. */
const engineId = (id: string) => id.slice(id.lastIndexOf(':') + 1)
const sorted = (list: Iterable<string>) => [...list].toSorted()

/** Looks things up by id, and finds ids that are there twice and references to nothing. */
function viewOf(host: Host): View {
  const problems: string[] = []
  const ids = [host.networks, host.namespaces, host.pods, host.containers].flat().map(one => one.id)
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index)))
    problems.push(`${id} is there twice`)
  const namespaces = new Map(host.namespaces.map(one => [one.id, one]))
  const members = host.namespaces.flatMap(one => one.memberIds.map(id => `${id} in ${one.id}`))
  const homes = host.containers.map(one => `${one.id} in ${one.namespaceId}`)
  problems.push(...compare('members of namespaces', homes, members))
  return { containers: new Map(host.containers.map(one => [engineId(one.id), one])), namespaces, problems }
}

/** Compares two lists as multisets. */
function compare(what: string, wanted: Iterable<string>, found: Iterable<string>): string[] {
  const missing = sorted(wanted)
  const extra: string[] = []
  for (const one of found) {
    const at = missing.indexOf(one)
    if (at === -1) extra.push(one)
    else missing.splice(at, 1)
  }
  return [...missing.map(one => `${what}: missing ${one}`), ...extra.map(one => `${what}: wrong or twice ${one}`)]
}

function containers({ containers: found }: View, truth: Truth): string[] {
  const line = (
    id: string,
    name: string,
    image: string,
    state: string,
    pod: string,
    infra: boolean,
    privileged: boolean,
  ) =>
    [id, name, image, state, pod && `pod ${pod}`, infra && 'infra', privileged && 'privileged']
      .filter(Boolean)
      .join(' ')
  return compare(
    'containers',
    [...truth.containers.values()].map(one =>
      line(
        one.Id,
        one.Name,
        one.IsInfra ? '' : one.ImageName,
        one.State.Status,
        one.Pod,
        one.IsInfra,
        one.HostConfig.Privileged,
      ),
    ),
    [...found].map(([id, one]) =>
      line(
        id,
        one.name,
        one.isInfra ? '' : one.image,
        one.state,
        engineId(one.podId ?? ''),
        one.isInfra,
        one.privileged,
      ),
    ),
  )
}

// https://github.com/containers/netavark/blob/v1.17.2/src/network/core_utils.rs#L259
const DEFAULT_MODES = new Map([
  ['macvlan', 'bridge'],
  ['ipvlan', 'l2'],
])

function networks(host: Host, truth: Truth): string[] {
  const line = (...parts: (string | number | boolean | null)[]) => JSON.stringify(parts)
  const number = (value: string | undefined) => (value === undefined ? null : Number(value))
  return compare(
    'networks',
    [...truth.networks.values()].map(one =>
      line(
        one.id,
        one.name,
        one.driver,
        one.network_interface || null,
        (one.subnets ?? []).map(({ subnet, gateway }) => `${subnet} via ${gateway || null}`).join(),
        one.internal,
        one.dns_enabled,
        one.name === 'podman',
        number(one.options?.vlan),
        number(one.options?.mtu),
        one.options?.mode ?? DEFAULT_MODES.get(one.driver) ?? null,
        one.options?.isolate ?? null,
      ),
    ),
    host.networks.map(one =>
      line(
        engineId(one.id),
        one.name,
        one.driver,
        one.interface,
        one.subnets.map(({ cidr, gateway }) => `${cidr} via ${gateway}`).join(),
        one.internal,
        one.dns,
        one.isDefault,
        one.vlan,
        one.mtu,
        one.mode,
        one.isolation.configured,
      ),
    ),
  )
}

/** The one that made the namespace of a container: container:X joiners lead there, over several steps too. */
function ownerOf(container: InspectedContainer, truth: Truth): InspectedContainer {
  const target = /^container:(.+)$/.exec(container.HostConfig.NetworkMode)?.[1]
  const next = target === undefined ? undefined : truth.containers.get(target)
  return next === undefined ? container : ownerOf(next, truth)
}

function kindOf(owner: InspectedContainer): NamespaceKind {
  const [mode = ''] = owner.HostConfig.NetworkMode.split(':')
  const kinds = new Map<string, NamespaceKind>([
    ['host', 'host'],
    ['none', 'none'],
    ['ns', 'path'],
    ['pasta', 'pasta'],
    ['slirp4netns', 'slirp4netns'],
  ])
  return kinds.get(mode) ?? 'private'
}

function namespaces({ containers: found, namespaces: known }: View, truth: Truth): string[] {
  const problems: string[] = []
  // Who shares one, by what Podman was told: all containers.
  const owners = new Map<string, string>()
  for (const one of truth.containers.values()) {
    const place = found.get(one.Id)
    const namespace = place && known.get(place.namespaceId)
    if (!namespace) continue
    const owner = ownerOf(one, truth)
    const kind = kindOf(owner)
    if (namespace.kind !== kind)
      problems.push(`${one.Name} stands in a namespace of kind ${namespace.kind}, not ${kind}`)
    const key = kind === 'host' ? 'host' : kind === 'path' ? owner.HostConfig.NetworkMode : owner.Id
    owners.set(one.Id, key)
    if (kind !== 'host' && kind !== 'path' && engineId(namespace.ownerId ?? '') !== owner.Id)
      problems.push(`${one.Name}'s namespace belongs to ${namespace.ownerId}, not to ${owner.Name}`)
  }
  problems.push(...sameGroups('namespaces by mode', owners, found))
  // Who shares one, by what the kernel does: running containers.
  problems.push(...sameGroups('namespaces by inode', truth.inodes, found))
  for (const [id, inode] of truth.inodes) {
    const kind = known.get(found.get(id)?.namespaceId ?? '')?.kind
    if ((kind === 'host') !== (inode === truth.hostInode))
      problems.push(`${nameOf(truth, id)} is drawn in a ${kind} namespace`)
  }
  return problems
}

const nameOf = (truth: Truth, id: string) => truth.containers.get(id)?.Name ?? id

/** `groups` gives each container a key; containers with equal keys must share a namespace, and no others. */
function sameGroups(what: string, groups: ReadonlyMap<string, string>, found: View['containers']): string[] {
  const together = (key: (id: string) => string | undefined) => {
    const parts = new Map<string | undefined, string[]>()
    for (const id of groups.keys()) parts.set(key(id), [...(parts.get(key(id)) ?? []), found.get(id)?.name ?? id])
    return [...parts.values()].map(part => sorted(part).join(' + '))
  }
  return compare(
    what,
    together(id => groups.get(id)),
    together(id => found.get(id)?.namespaceId),
  )
}

function attachments({ containers: found, namespaces: known }: View, truth: Truth): string[] {
  const wanted: string[] = []
  const seen = new Set<string>()
  const problems: string[] = []
  for (const one of truth.containers.values()) {
    if (ownerOf(one, truth) !== one || kindOf(one) !== 'private') continue
    const namespace = known.get(found.get(one.Id)?.namespaceId ?? '')
    for (const [network, end] of Object.entries(one.NetworkSettings.Networks ?? {})) {
      const addresses = [
        end.IPAddress,
        end.GlobalIPv6Address,
        ...[...(end.SecondaryIPAddresses ?? []), ...(end.SecondaryIPv6Addresses ?? [])].map(({ Addr }) => Addr),
      ]
      wanted.push(`${one.Name} on ${network} ${sorted(addresses.filter(Boolean)).join()} ${end.MacAddress}`)
    }
    // The addresses that are really in there.
    const inode = truth.inodes.get(one.Id)
    const real = inode === undefined ? undefined : truth.live?.addresses.get(inode)
    if (real && namespace)
      problems.push(
        ...compare(
          `addresses of ${one.Name}`,
          real,
          namespace.attachments.flatMap(end => end.addresses),
        ),
      )
    if (namespace) seen.add(namespace.id)
  }
  const shown = [...known.values()].flatMap(namespace =>
    namespace.attachments.map(end => {
      const owner = [...found.values()].find(one => one.id === namespace.ownerId)
      return `${owner?.name ?? namespace.id} on ${end.networkName} ${sorted(end.addresses).join()} ${end.mac ?? ''}`
    }),
  )
  return [...problems, ...compare('attachments', wanted, shown)]
}

function doors({ containers: found, namespaces: known }: View, truth: Truth): string[] {
  const names = new Map([...found.values()].map(one => [one.id, one.name]))
  const shown = [...known.values()].flatMap(namespace =>
    namespace.published.map(door => {
      const at = door.hostIp === '' ? '0.0.0.0' : door.hostIp
      const inside = door.ownerId === namespace.ownerId ? '' : ' (not of its namespace)'
      return `${names.get(door.ownerId)}${inside} ${door.containerPort}/${door.protocol} -> ${at}:${door.hostPort}`
    }),
  )
  const configured = [...truth.containers.values()].flatMap(one =>
    Object.entries(one.HostConfig.PortBindings ?? {}).flatMap(([inner, bindings]) =>
      (bindings ?? []).map(({ HostIp, HostPort }) => `${one.Name} ${inner} -> ${HostIp || '0.0.0.0'}:${HostPort}`),
    ),
  )
  const problems = compare('published ports', configured, shown)
  // What `podman port` says of a running container must be a door of the namespace it is in.
  for (const [id, lines] of truth.live?.ports ?? []) {
    const one = truth.containers.get(id)
    const owner = one && ownerOf(one, truth).Name
    for (const line of lines) {
      const door = `${owner} ${line.replace('-> [', '-> ').replace(/]:(\d+)$/, ':$1')}`
      if (!shown.includes(door)) problems.push(`published ports: podman port of ${one?.Name} says ${line}`)
    }
  }
  return problems
}

function pods(host: Host, { containers: found }: View, truth: Truth): string[] {
  return compare(
    'pods',
    truth.pods.map(one => {
      const namespace = one.SharedNamespaces?.includes('net') ? found.get(one.InfraContainerID)?.namespaceId : null
      return `${one.Id} ${one.Name} in ${namespace ?? null}: ${sorted((one.Containers ?? []).map(({ Id }) => Id)).join()}`
    }),
    host.pods.map(
      one => `${engineId(one.id)} ${one.name} in ${one.namespaceId}: ${sorted(one.containerIds.map(engineId)).join()}`,
    ),
  )
}

function interfaces(host: Host, truth: Truth): string[] {
  if (host.interfaces === null) return host.probe.available ? ['interfaces: null although the probe is available'] : []
  return compare(
    'interfaces',
    truth.links.map(({ ifname, flags, master, addr_info }) => {
      const addresses = sorted(addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`))
      return `${ifname} ${flags.includes('UP') ? 'up' : 'down'} ${master ?? null} ${addresses.join()}`
    }),
    host.interfaces.map(one => `${one.name} ${one.up ? 'up' : 'down'} ${one.master} ${sorted(one.addresses).join()}`),
  )
}

function listeners({ containers: found, namespaces: known }: View, truth: Truth): string[] {
  if (truth.live === null) return []
  const problems: string[] = []
  const inodeOf = new Map([...truth.inodes].map(([id, inode]) => [found.get(id)?.namespaceId ?? '', inode]))
  for (const namespace of known.values()) {
    const inode = namespace.kind === 'host' ? truth.hostInode : inodeOf.get(namespace.id)
    const real = inode === undefined ? undefined : truth.live.listeners.get(inode)
    if (real === undefined || namespace.listeners === null) {
      if (namespace.listeners === null && namespace.listenersUnknownBecause === null)
        problems.push(`listeners of ${namespace.id}: unknown without a reason`)
      continue
    }
    const shown = namespace.listeners.map(one => {
      const address = one.address === '0.0.0.0' || one.address === '::' ? '*' : one.address
      return `${address}:${one.port}/${one.protocol}`
    })
    problems.push(...compare(`listeners of ${namespace.id}`, new Set(real), new Set(shown)))
  }
  return problems
}
