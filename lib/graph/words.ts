/** The words of the picture, all of one kind in one place. */
import type { Container, Host, Namespace, Network } from '@/lib/topology/types'
import type { Item } from './plan'
import type { Badge } from './types'

const isIPv6 = (address: string) => address.includes(':')

/** "10.89.0.4", "10.89.0.4 +1"; the rest is in the inspector. */
export function shortAddresses(addresses: readonly string[]): string | null {
  const first = addresses.find(address => !isIPv6(address)) ?? addresses[0]
  if (first === undefined) return null
  return addresses.length > 1 ? `${first} +${addresses.length - 1}` : first
}

/** "quay.io/org/app:1.2@sha256:…" → "app:1.2" */
export function shortImage(image: string): string {
  const path = image.split('@')[0] ?? image
  const last = path.slice(path.lastIndexOf('/') + 1)
  return last === '' ? image.slice(0, 24) : last.replace(/:latest$/, '')
}

export const isRunning = (container: Container): boolean =>
  container.state === 'running' || container.state === 'paused' || container.state === 'stopping'

/** What stands under a container's name: its address here, or why it has none. */
export function whereabouts(item: Item, networkName: string | null): string | null {
  const namespace = item.namespace
  const first = item.members[0]
  if (namespace === null) return 'namespace unknown'
  const addresses = namespace.attachments
    .filter(attachment => networkName === null || attachment.networkName === networkName)
    .flatMap(attachment => attachment.addresses)
  const text = shortAddresses(addresses)
  if (text !== null) return text
  if (item.shape === 'chip' && first !== undefined && !isRunning(first)) return first.state
  switch (namespace.kind) {
    case 'pasta':
    case 'slirp4netns':
      return namespace.kind
    case 'none':
      return 'no network'
    case 'path':
      return 'joined by path'
    case 'host':
      return first === undefined ? null : shortImage(first.image)
    case 'private':
    case 'rootless':
      return null
  }
}

/** What a lane says of its network beside its name. */
export function networkBadges(network: Network): Badge[] {
  const badges: Badge[] = []
  if (network.driver !== 'bridge')
    badges.push({ text: network.mode === null ? network.driver : `${network.driver} ${network.mode}`, tone: 'plain' })
  else if (network.mode !== null) badges.push({ text: network.mode, tone: 'plain' })
  if (network.vlan !== null) badges.push({ text: `vlan ${network.vlan}`, tone: 'plain' })
  if (network.internal) badges.push({ text: 'internal', tone: 'good' })
  switch (network.isolation.effective) {
    case 'isolated':
      badges.push({ text: 'isolated', tone: 'good' })
      break
    case 'strict':
      badges.push({ text: 'strict', tone: 'good' })
      break
    case 'unknown':
      if (network.driver === 'bridge') badges.push({ text: 'isolation ?', tone: 'unknown' })
      break
    case 'none':
      break
  }
  if (!network.dns && network.driver === 'bridge') badges.push({ text: 'no DNS', tone: 'caution' })
  return badges
}

/** "podman1 · 10.89.0.0/24" */
export const networkMeta = (network: Network): string[] => [
  ...(network.interface === null ? [] : [network.interface]),
  ...network.subnets.map(subnet => subnet.cidr),
]

export function hostMeta(host: Host): string {
  const parts = [host.engine === null ? 'version unknown' : `Podman ${host.engine.podman}`]
  if (host.rootless !== null) parts.push(host.rootless ? 'rootless' : 'rootful')
  if (host.status === 'stale' || host.status === 'unreachable') parts.push(host.status)
  return parts.join(' · ')
}

export const GROUP_WORDS: Record<'pivots' | 'uplinks' | 'none' | 'path' | 'unplaced', string> = {
  pivots: 'on several networks',
  uplinks: 'own uplink',
  none: 'no network',
  path: 'namespace by path',
  unplaced: 'no known network',
}

export const boxWord = (item: Item): string => (item.podName === null ? 'shared namespace' : 'pod')

export const isAlive = (namespace: Namespace | null, members: readonly Container[]): boolean =>
  members.length === 0 ? namespace !== null : members.some(isRunning)

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

/** One sentence for who cannot see the picture. */
export function summarise(plans: readonly { host: Host; containerCount: number; doors: readonly unknown[] }[]): string {
  if (plans.length === 0) return 'No host yet.'
  return `${plans
    .map(
      ({ host, containerCount, doors }) =>
        `Host ${host.name}: ${count(containerCount, 'container')} in ${count(host.networks.length, 'network')}, ` +
        `${count(doors.length, 'door')} on the host's edge`,
    )
    .join('. ')}.`
}
