/** Namespaces by what decides about them: those that no rule can tell apart are one group. */
import { indexHost } from '@/lib/topology/lookup'
import type { Container, HostModel, Namespace, Network } from '@/lib/topology/types'
import { type Family, familyOf } from './families'
import { within } from './subnets'
import type { Endpoint, GroupAttachment, NamespaceGroup } from './types'

/** A container in this state has processes that can answer. */
export const answers = ({ state }: Container): boolean => state === 'running' || state === 'stopping'

type GroupEnd = Extract<Endpoint, { kind: 'namespace' }> & { group: { namespaceIds: string[] } }

/** Collects the groups of one host. */
export class Grouping {
  readonly #ends = new Map<string, GroupEnd>()
  readonly #model: HostModel
  readonly #networks: ReadonlyMap<string, Network>
  readonly #containers: ReadonlyMap<string, Container>

  /** `networks`: the host's, by name. */
  constructor(model: HostModel, networks: ReadonlyMap<string, Network>) {
    this.#model = model
    this.#networks = networks
    this.#containers = indexHost(model.host).containers
  }

  /** The end that stands for this namespace's group, which counts it from now on. Each namespace is asked for once. */
  endOf(namespace: Namespace, kind: NamespaceGroup['kind']): Endpoint {
    const standing = standingOf(namespace, this.#model, this.#containers)
    const leavesBy = leavesByOf(this.#model, namespace, this.#networks)
    const key = keyOf(kind, namespace, standing, leavesBy)
    const known = this.#ends.get(key)
    if (known) {
      known.group.namespaceIds.push(namespace.id)
      return known
    }
    const attachments = namespace.attachments.map(one => groupAttachment(one, this.#networks))
    const group = { key, kind, ...standing, attachments, leavesBy, namespaceIds: [namespace.id] }
    const end: GroupEnd = { kind: 'namespace', group }
    this.#ends.set(key, end)
    return end
  }

  all(): NamespaceGroup[] {
    return Array.from(this.#ends.values(), ({ group }) => group)
  }
}

/** What of a namespace's containers decides. */
type Standing = Pick<NamespaceGroup, 'stopped' | 'incomplete' | 'userMode' | 'ownEngine'>

function standingOf(
  { memberIds, ownerId, attachments }: Namespace,
  { facts }: HostModel,
  containers: ReadonlyMap<string, Container>,
): Standing {
  const owner = ownerId === null ? undefined : containers.get(ownerId)
  const read = owner && facts.containers[owner.id]
  let running = false
  let shown: Container | undefined
  let ownEngine = false
  for (const id of memberIds) {
    const member = containers.get(id)
    if (member === undefined) continue
    if (answers(member)) running = true
    if (member.engine !== null) ownEngine = true
    if (!member.isInfra) shown ??= member
  }
  // Without addresses nothing is known of where it is now; with them it is where it was, like a host that is stale.
  const isLost = running && attachments.some(one => one.addresses.length === 0)
  return {
    stopped: running ? null : ((owner ?? shown)?.state ?? 'without members'),
    incomplete: read?.incomplete[0] ?? (isLost ? read?.outdated : null) ?? null,
    userMode: read?.userModeOptions ?? null,
    ...(ownEngine ? { ownEngine } : {}),
  }
}

/** Equal for namespaces that no rule tells apart. Lengths in front of names, so that no two lists of them read the same. */
function keyOf(
  kind: NamespaceGroup['kind'],
  { attachments }: Namespace,
  { stopped, incomplete, userMode, ownEngine }: Standing,
  leavesBy: NamespaceGroup['leavesBy'],
): string {
  let key: string = kind
  for (const { networkName, addresses } of attachments)
    key += ` ${networkName.length} ${networkName} ${addresses.some(isFour)} ${addresses.some(isSix)}`
  if (stopped !== null || incomplete !== null || userMode !== null)
    key += ` ${JSON.stringify([stopped, incomplete, userMode])}`
  if (ownEngine) key += ' engine'
  return leavesBy === NOT_ASKED ? key : `${key} ${JSON.stringify(leavesBy)}`
}

const isSix = (address: string): boolean => address.includes(':')
const isFour = (address: string): boolean => !isSix(address)

const groupAttachment = (
  { networkName, addresses }: Namespace['attachments'][number],
  networks: ReadonlyMap<string, Network>,
): GroupAttachment => ({
  name: networkName,
  network: networks.get(networkName) ?? null,
  ipv4: addresses.some(isFour),
  ipv6: addresses.some(isSix),
})

/** One network needs no choice, and equal namespaces shall stay equal. */
const NOT_ASKED: NamespaceGroup['leavesBy'] = { ipv4: null, ipv6: null }

/** Which networks the kernel's default routes lead by; null for a family where it was not asked, or leads elsewhere. */
function leavesByOf(
  { facts }: HostModel,
  { id, attachments }: Namespace,
  networks: ReadonlyMap<string, Network>,
): NamespaceGroup['leavesBy'] {
  const routes = attachments.length < 2 ? undefined : facts.defaultRoutes?.[id]
  if (routes === undefined) return NOT_ASKED
  const by = (family: Family): string[] | null => {
    const own = routes.filter(({ gateway }) => familyOf(gateway) === family)
    const lowest = Math.min(...own.map(({ metric }) => metric))
    // Of equal ones the kernel takes now this one, now that, by what it last heard of their gateways: fib_select_default in
    // https://github.com/torvalds/linux/blob/v6.12/net/ipv4/fib_semantics.c
    const equal = own.filter(({ metric }) => metric === lowest)
    const names = equal.map(({ gateway }) => {
      const via = attachments.find(({ networkName }) =>
        within(
          gateway,
          (networks.get(networkName)?.subnets ?? []).map(({ cidr }) => cidr),
        ),
      )
      return via?.networkName
    })
    const known = names.filter(name => name !== undefined)
    return known.length === names.length ? known : null
  }
  const ipv4 = by('ipv4')
  const ipv6 = by('ipv6')
  return ipv4 === null && ipv6 === null ? NOT_ASKED : { ipv4, ipv6 }
}
