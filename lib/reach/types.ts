/**
 * Who can open a TCP connection to whom, and why. A verdict is a claim about packets: `reachable` and `blocked` are only
 * said where the inputs decide, everything else is `unknown` with its reason.
 */
import type { Protocol } from '@/lib/podman/types'
import type { Interface, Namespace, Network, PublishedPort } from '@/lib/topology/types'
import type { Family } from './families'

export type Verdict = 'reachable' | 'blocked' | 'unknown'

/** A verdict, why, and the way that was judged. Reasons are data: `explain` puts them in words. */
export interface Judgement {
  verdict: Verdict
  reasons: readonly Reason[]
  /** Networks and interfaces between the two ends, in the order in which a packet passes them. */
  path: readonly PathStep[]
}

export type PathStep = { kind: 'network'; network: Network } | { kind: 'interface'; name: string } | { kind: 'host' }

/** Which of the two a reason speaks of; explain() is told their names. */
export type End = 'from' | 'to'

/** Everything that can decide a verdict. Names are plain text of the engine. */
export type Reason =
  | { code: 'same-namespace' }
  | { code: 'not-running'; end: End; state: string }
  | { code: 'no-network'; end: End }
  | { code: 'no-address'; end: End }
  | { code: 'incomplete'; end: End; detail: string }
  | { code: 'path-namespace'; end: End }
  | { code: 'same-network'; network: string }
  | { code: 'same-segment'; parent: string }
  | { code: 'macvlan-private'; network: string }
  | { code: 'macvlan-vepa'; network: string }
  | { code: 'macvlan-passthru'; network: string }
  | { code: 'ipvlan-routed'; network: string }
  | { code: 'own-parent'; network: string; parent: string | null }
  | { code: 'through-lan'; network: string }
  | { code: 'internal-from'; network: string }
  | { code: 'internal-to'; network: string }
  | { code: 'internal-open'; network: string; family: Family }
  | { code: 'internal-unknown'; network: string; family: Family }
  | { code: 'no-family'; end: End; family: Family }
  | { code: 'forwarding-off' }
  | { code: 'no-firewall' }
  | { code: 'isolation-open'; from: string; to: string; because: string }
  | { code: 'isolation-blocks'; from: string; to: string; because: string }
  | { code: 'isolation-unknown'; from: string; to: string; because: string }
  | { code: 'unmanaged-bridge'; network: string }
  | { code: 'shared-bridge'; from: string; to: string; bridge: string }
  | { code: 'vrf'; network: string }
  | { code: 'vlan-host'; network: string }
  | { code: 'unknown-driver'; network: string; driver: string }
  | { code: 'dangling-network'; network: string }
  | { code: 'no-route'; end: End }
  | { code: 'no-way-back'; end: End }
  | { code: 'answers-elsewhere'; end: End; network: string }
  | { code: 'unmanaged-open'; network: string }
  | { code: 'several-routes'; networks: readonly string[] }
  | { code: 'host-on-bridge'; network: string }
  | { code: 'host-not-on-bridge'; network: string }
  | { code: 'host-address-unknown'; network: string }
  | { code: 'gateway-is-host'; network: string }
  | { code: 'rootless-inside'; end: End }
  | { code: 'user-mode-inside'; end: End; mode: string }
  | { code: 'user-mode-out'; mode: string }
  | { code: 'shares-host-address'; because: 'no-other' | 'interfaces-unknown' }
  | { code: 'copied-address' }
  | { code: 'rootless-ipv6'; mode: string }
  | { code: 'rootless-ipv6-no-route' }
  | { code: 'host-loopback-option'; words: string }
  | { code: 'neighbour-no-route'; network: string }
  | { code: 'neighbour-routed'; network: string }
  | { code: 'neighbour-on-segment'; interface: string }
  | { code: 'neighbour-other-segment'; interface: string; network: string }
  | { code: 'neighbour-other-subnet'; network: string }
  | { code: 'host-without-address'; interface: string }
  | { code: 'door-dead'; because: string }
  | { code: 'door-unknown'; because: string }
  | { code: 'door-loopback'; address: string }
  | { code: 'door-elsewhere'; address: string; interface: string }
  | { code: 'door-address-unknown'; address: string }
  | { code: 'door-open'; address: string; port: number }
  | { code: 'door-other-family'; family: Family }
  | { code: 'door-behind-copy'; address: string }
  | { code: 'door-own' }
  | { code: 'door-own-several' }
  | { code: 'door-exempt' }
  | { code: 'door-process' }

/** One end of a connection. */
export type Endpoint =
  | { kind: 'host' }
  | { kind: 'neighbour'; interface: Interface; routed: boolean }
  | { kind: 'namespace'; group: NamespaceGroup }

/** Namespaces that no rule can tell apart; verdicts are computed between groups, so their number sets the cost. */
export interface NamespaceGroup {
  key: string
  kind: Exclude<Namespace['kind'], 'host' | 'rootless'>
  /** null when it runs. */
  stopped: string | null
  incomplete: string | null
  attachments: readonly GroupAttachment[]
  userMode: { mode: 'pasta' | 'slirp4netns'; words: readonly string[] } | null
  /** Names of the networks whose default routes are the best, as the kernel has them; null = it was not asked. */
  leavesBy: Readonly<Record<Family, readonly string[] | null>>
  namespaceIds: readonly string[]
  /** One of its containers runs an engine of its own, which makes networks in this very namespace. */
  ownEngine?: true
}

export interface GroupAttachment {
  name: string
  /** null = the network is not in the engine's list. */
  network: Network | null
  ipv4: boolean
  ipv6: boolean
}

export interface Door {
  port: PublishedPort
  /** The owner's end. */
  owner: Endpoint
  ownerNamespaceId: string
  /** The network that the kernel forwards it to, by family; null = not known, or there is only one. */
  forwardedTo: Readonly<Record<Family, string | null>>
}

/** Shapes of GET /api/v1/reach (docs/api.md). */
export interface ReachRow {
  from: string
  direct: { to: string; verdict: Verdict; because: string[] }[]
  published: {
    owner: string
    hostIp: string
    hostPort: number
    protocol: Protocol
    verdict: Verdict
    because: string[]
  }[]
}

export interface Hop {
  kind: 'namespace' | 'interface' | 'network' | 'host' | 'door'
  id: string
  label: string
}

export interface ReachPair extends ReachRow {
  hops: Hop[]
}
