/** Layer 2 segments: who hears whom without a router, and so may not share an address. */
import { namespaceName } from '@/lib/topology/lookup'
import type { Interface, Namespace, Network } from '@/lib/topology/types'
import { canonical } from './addresses'
import { isLanDriver } from './path'
import { type HostView, perView } from './view'

/** Two networks on one segment: equal bridge and VLAN, or equal parent. A network without an interface is its own. */
function segmentOf(network: Network): string {
  if (network.interface === null) return `network ${network.id}`
  return `${isLanDriver(network.driver) ? 'parent' : 'bridge'} ${network.interface} ${network.vlan ?? ''}`
}

/**
 * The host's own interfaces on a network's segment: the parent or bridge, and the bridge that the parent is a port of. Empty
 * when rootless, where equal names are other interfaces in another namespace. null when they are not known, and matter:
 * in a managed bridge the host has the gateway's address, which Podman gives to nobody else.
 */
function hostInterfacesOn(view: HostView, network: Network): readonly Interface[] | null {
  if (network.interface === null || view.host.rootless === true) return []
  const { interfaces, rootless } = view.host
  const shared = isLanDriver(network.driver) || network.mode === 'unmanaged'
  if (interfaces === null || rootless === null) return shared ? null : []
  const own = interfaces.find(one => one.name === network.interface)
  if (!own) return []
  const master = own.master === null ? undefined : interfaces.find(one => one.name === own.master)
  return master ? [own, master] : [own]
}

export interface Holder {
  network: Network
  /** The namespace, or the host's own interface. */
  by: Namespace | Interface
}

export const isNamespace = (by: Holder['by']): by is Namespace => 'memberIds' in by

/** "web", "the host's eth0" */
export const nameOf = (view: HostView, { by }: Holder): string =>
  isNamespace(by) ? namespaceName(view.host, by) : `the host's ${by.name}`

/** Where it was read. */
export const fieldOf = (view: HostView, holder: Holder): string =>
  isNamespace(holder.by)
    ? `${nameOf(view, holder)} NetworkSettings.Networks.${holder.network.name}.IPAddress`
    : `ip addr ${holder.by.name}`

/** Holders of each address of a segment, in one spelling. */
export type AddressBook = ReadonlyMap<string, readonly Holder[]>

interface AddressBooks {
  books: ReadonlyMap<string, AddressBook>
  hostUnknown: readonly Network[]
}

/**
 * Every address in use, by segment, of live containers and of the host's interfaces there; and the networks of which the
 * host's own addresses are not known. pasta and slirp4netns have no attachment, so the host's address in them is none.
 */
export const addressBooks = perView((view): AddressBooks => {
  const books = new Map<string, Map<string, Holder[]>>()
  const hostUnknown: Network[] = []
  const seenInterfaces = new Set<string>()
  const enter = (segment: string, address: string, holder: Holder) => {
    const book = books.get(segment) ?? new Map<string, Holder[]>()
    books.set(segment, book)
    const holders = book.get(address)
    if (holders) holders.push(holder)
    else book.set(address, [holder])
  }
  for (const network of view.host.networks) {
    const segment = segmentOf(network)
    const members = view.attachedTo(network.name).filter(({ namespace }) => view.isLive(namespace))
    if (members.length === 0) continue
    const own = hostInterfacesOn(view, network)
    if (own === null) hostUnknown.push(network)
    for (const one of own ?? []) {
      // Two networks on one parent would enter the host's address twice.
      const key = `${segment} ${one.name}`
      if (seenInterfaces.has(key)) continue
      seenInterfaces.add(key)
      for (const cidr of one.addresses) {
        const address = canonical(cidr)
        if (address !== null) enter(segment, address, { network, by: one })
      }
    }
    for (const { namespace, attachment } of members) {
      for (const given of attachment.addresses) {
        const address = canonical(given)
        if (address !== null) enter(segment, address, { network, by: namespace })
      }
    }
  }
  return { books, hostUnknown }
})
