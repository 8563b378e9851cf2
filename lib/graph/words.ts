/** The words of the picture, all of one kind in one place. */
import type { Container, Host, Namespace, Network } from '@/lib/topology/types'
import type { MapWords } from './map-words'
import type { Door } from './doors'
import type { HostPlan, Item } from './plan'
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
export function whereabouts(item: Item, networkName: string | null, words: MapWords): string | null {
  const namespace = item.namespace
  const first = item.members[0]
  if (namespace === null) return words.namespaceUnknown
  const addresses = namespace.attachments
    .filter(attachment => networkName === null || attachment.networkName === networkName)
    .flatMap(attachment => attachment.addresses)
  const text = shortAddresses(addresses)
  if (text !== null) return text
  if (item.isDeclared) return words.declared
  if (item.shape === 'chip' && first !== undefined && !isRunning(first)) return words.runs[first.state]
  switch (namespace.kind) {
    case 'pasta':
    case 'slirp4netns':
      return namespace.kind
    case 'none':
      return words.noNetwork
    case 'path':
      return words.byPath
    case 'host':
      return first === undefined ? null : shortImage(first.image)
    case 'private':
    case 'rootless':
      return null
  }
}

/** What a lane says of its network beside its name. */
export function networkBadges(network: Network, { badges: words }: MapWords): Badge[] {
  const badges: Badge[] = []
  if (network.driver !== 'bridge')
    badges.push({ text: network.mode === null ? network.driver : `${network.driver} ${network.mode}`, tone: 'plain' })
  else if (network.mode !== null) badges.push({ text: network.mode, tone: 'plain' })
  if (network.vlan !== null) badges.push({ text: `vlan ${network.vlan}`, tone: 'plain' })
  if (network.internal) badges.push({ text: words.internal, tone: 'good' })
  switch (network.isolation.effective) {
    case 'isolated':
      badges.push({ text: words.isolated, tone: 'good' })
      break
    case 'strict':
      badges.push({ text: words.strict, tone: 'good' })
      break
    case 'unknown':
      if (network.driver === 'bridge') badges.push({ text: words.isolationUnknown, tone: 'unknown' })
      break
    case 'none':
      break
  }
  if (!network.dns && network.driver === 'bridge') badges.push({ text: words.noDns, tone: 'caution' })
  return badges
}

/** "podman1 · 10.89.0.0/24" */
export const networkMeta = (network: Network): string[] => [
  ...(network.interface === null ? [] : [network.interface]),
  ...network.subnets.map(subnet => subnet.cidr),
]

export function hostMeta(host: Host, words: MapWords): string {
  const parts = [host.engine === null ? words.versionUnknown : `Podman ${host.engine.podman}`]
  if (host.rootless !== null) parts.push(host.rootless ? 'rootless' : 'rootful')
  if (host.status === 'stale' || host.status === 'unreachable') parts.push(words.statuses[host.status])
  return parts.join(' · ')
}

export const boxWord = (item: Item, words: MapWords): string =>
  item.podName === null ? words.kinds.namespace : words.pod

export const isAlive = (namespace: Namespace | null, members: readonly Container[]): boolean =>
  members.length === 0 ? namespace !== null : members.some(isRunning)

/** One sentence for who cannot see the picture. */
export function summarise(
  plans: readonly { host: Host; counts: HostPlan['counts']; doors: readonly Door[] }[],
  words: MapWords,
): string {
  if (plans.length === 0) return words.noHost
  const sentences = plans.flatMap(({ host, counts, doors }) => [
    words.summary(host.name, counts.containers, counts.networks, doors.filter(({ isDeclared }) => !isDeclared).length),
    ...(counts.declared === 0 ? [] : [words.declaredOnly(counts.declared)]),
  ])
  return `${sentences.join('. ')}.`
}
