/** The walk over networks, and which bridges netavark keeps apart. */
import type { HostFacts, Network } from '@/lib/topology/types'
import { networkSubject, type Verdict } from './subjects'
import type { Confidence, RuleResult, Subject } from './types'
import { type HostView, perView } from './view'

type NetworkFacts = HostFacts['networks'][string]

export interface Netted {
  network: Network
  facts: NetworkFacts
  subject: Subject
  /** Somebody who runs is on it. */
  live: boolean
}

const nettedOf = perView(view => {
  const all: Netted[] = []
  const unread: string[] = []
  for (const network of view.host.networks) {
    const facts = networkFacts(view, network)
    if (facts === null) unread.push(`network ${network.name}: its options were not read`)
    else all.push({ network, facts, subject: networkSubject(network), live: isInUse(view, network) })
  }
  return { all, unread }
})

/** Asks about every network; one whose options were not read is unknown. */
export function eachNetwork(view: HostView, examine: (netted: Netted) => Verdict): RuleResult {
  const { all, unread } = nettedOf(view)
  const result: RuleResult = { hits: [], unknown: [...unread] }
  for (const netted of all) {
    const verdict = examine(netted)
    if (verdict === null) continue
    if ('unknown' in verdict) result.unknown.push(verdict.unknown)
    else result.hits.push(verdict)
  }
  return result
}

const networkFacts = (view: HostView, network: Network): NetworkFacts | null =>
  Object.hasOwn(view.facts.networks, network.id) ? (view.facts.networks[network.id] ?? null) : null

export const isInUse = (view: HostView, network: Network): boolean =>
  view.attachedTo(network.name).some(({ namespace }) => view.isLive(namespace))

/** Bridges in use by what they let through; internal and unmanaged ones follow other rules and are in none of these. */
export interface BridgeClasses {
  /** Open to each other, and to the isolated ones. */
  open: Network[]
  /** isolate=true: shut to each other, open to the open ones. */
  isolated: Network[]
  undecided: Network[]
}

/**
 * Two-way traffic between two bridges is open unless both are isolated or one is strict, see design of netavark's chains:
 * https://github.com/containers/netavark/blob/v1.17.2/src/firewall/nft.rs#L317-L405. So classes decide, not pairs. From the
 * topology's `isolation` alone: what routes and other firewalls do on top is lib/reach's to say.
 */
export const bridgeClasses = perView((view): BridgeClasses => {
  const classes: BridgeClasses = { open: [], isolated: [], undecided: [] }
  const bridges = new Map<string, number>()
  for (const { driver, interface: bridge } of view.host.networks) {
    if (driver === 'bridge' && bridge !== null) bridges.set(bridge, (bridges.get(bridge) ?? 0) + 1)
  }
  for (const network of view.host.networks) {
    if (network.driver !== 'bridge' || network.internal || network.mode === 'unmanaged' || !isInUse(view, network))
      continue
    const apart = networkFacts(view, network)?.options['vrf'] !== undefined
    // Networks on one bridge differ by VLAN, and how the host routes between those is not netavark's to say.
    const shared = network.interface !== null && (bridges.get(network.interface) ?? 0) > 1
    if (apart || shared) {
      classes.undecided.push(network)
      continue
    }
    switch (network.isolation.effective) {
      case 'none':
        classes.open.push(network)
        break
      case 'isolated':
        classes.isolated.push(network)
        break
      case 'unknown':
        classes.undecided.push(network)
        break
      case 'strict':
        break
    }
  }
  return classes
})

/** Forwarding between bridges is switched off on the host, which separates them more than netavark does. */
export const forwardingOff = (view: HostView): boolean =>
  view.host.rootless === false && view.facts.forwarding?.ipv4 === false && !view.facts.forwarding.ipv6

/** netavark's rules were looked for and are not there. A rootless engine's are in the user's own namespace, unseen. */
export const rulesGone = (view: HostView): boolean => view.host.rootless === false && view.facts.firewall === 'none'

/** How sure it is that nothing else filters between bridges: netavark's rules were seen, or their absence was. */
export const betweenBridgesConfidence = (view: HostView): Confidence =>
  view.host.rootless === false && view.facts.firewall !== null ? 'high' : 'medium'

/** What packets did, by the state that the host is in. */
export const measuredBetweenBridges = (view: HostView): string =>
  rulesGone(view)
    ? "Measured on Podman 5.4 without netavark's rules: a container on another bridge reached it, isolate=strict as well."
    : 'Measured on Podman 4.3, 5.4 and 5.8: a container on another bridge reached it.'

/** Writes netavark's rules again, where they are gone. */
export const RELOAD = 'podman network reload --all'
