/** What if: a change of one container's or pod's network settings, what it would gain and lose, and how to make it. */
import type { Finding } from '@/lib/exposure/types'
import type { Protocol } from '@/lib/podman/types'
import type { Verdict } from '@/lib/reach/types'
import type { PublishedPort } from '@/lib/topology/types'

/** What `Network=` would say. `private` is Podman's word for its default: a bridge for root, a user-mode uplink for others. */
export type NetworkChoice =
  | { kind: 'host' }
  | { kind: 'private' }
  | { kind: 'none' }
  /** `address` is a static one, without prefix length. */
  | { kind: 'network'; name: string; address: string | null }
  /** `isolate` as the option is written: "true", "false", "strict"; null leaves it out. */
  | { kind: 'new'; name: string; isolate: string | null; internal: boolean }

/** What `PublishPort=` would say of one host port. */
export interface PortChoice {
  hostPort: number
  protocol: Protocol
  /** "" = every address; null = published no longer. */
  hostIp: string | null
  /** null = where it leads now. */
  containerPort: number | null
}

export interface Target {
  kind: 'container' | 'pod'
  name: string
}

export interface Change {
  target: Target
  /** null = as it is. */
  network: NetworkChoice | null
  ports: readonly PortChoice[]
}

/** Part of the question that a refusal or a remark speaks of. */
export type Asked = 'container' | 'network' | 'publish' | 'unpublish'

/** Why a change cannot exist. */
export interface Refusal {
  code:
    | 'nothing-asked'
    | 'not-read'
    | 'joins-another'
    | 'in-pod'
    | 'unknown-network'
    | 'network-exists'
    | 'bad-network-name'
    | 'bad-isolate'
    | 'isolate-unsupported'
    | 'lan-rootless'
    | 'driver-unknown'
    | 'address-outside'
    | 'address-taken'
    | 'publishes-nothing'
    | 'not-published'
    | 'asked-twice'
    | 'address-not-here'
    | 'not-an-address'
    | 'port-taken'
    | 'port-privileged'
    | 'protocol-unsupported'
  asked: Asked
  /** One sentence. */
  because: string
}

/** What was not computed but taken to be so, or is not known. */
export interface Remark {
  code:
    | 'address'
    | 'subnet'
    | 'names'
    | 'listeners-move'
    | 'listeners-unknown'
    | 'listener-address'
    | 'listener-taken'
    | 'ports-discarded'
    | 'followers'
    | 'not-running'
    | 'mode'
    | 'forwarding'
    | 'addresses-unknown'
    | 'port-may-be-taken'
  kind: 'assumed' | 'unknown'
  /** One sentence. */
  text: string
}

/** One door before and after; null = it is not there. */
export interface DoorChange {
  /** "port:*:8080/tcp" */
  ref: string
  hostIp: string
  hostPort: number
  containerPort: number
  protocol: Protocol
  was: PublishedPort['forwarded'] | null
  is: PublishedPort['forwarded'] | null
  /** Of the door as it would be; as it is where it goes. */
  because: string
}

/** A socket of the host's own namespace that opens or closes. */
export interface ListenerChange {
  /** "listener:0.0.0.0:80/tcp" */
  ref: string
  address: string
  port: number
  protocol: Protocol
  process: string | null
}

/** How a connection gets there: any port that listens at the target's own addresses, a published port, a socket of the host. */
export type Way = { kind: 'direct' } | { kind: 'door' | 'listener'; ref: string }

/** Several others whose ways change alike. */
export interface ReachChange {
  /** `ref` is what GET /api/v1/reach takes. */
  others: { ref: string; name: string }[]
  ways: Way[]
  was: Verdict
  is: Verdict
  /** Why it would be so. */
  because: string[]
}

export interface Turned<T> {
  gained: T[]
  lost: T[]
  /** Was decided and would not be. */
  unknown: T[]
}

export type FindingChange = Pick<Finding, 'id' | 'ruleId' | 'severity' | 'subject' | 'title' | 'message'>

export interface DoorChanges extends Turned<DoorChange> {
  /** Published, and nothing gets through. */
  dead: DoorChange[]
}

export interface Difference {
  doors: DoorChanges
  listeners: { gained: ListenerChange[]; lost: ListenerChange[] }
  /** Who can reach it. */
  reachedBy: Turned<ReachChange>
  /** What it can reach. */
  reaches: Turned<ReachChange>
  findings: { gained: FindingChange[]; lost: FindingChange[] }
}

/** Lines that make the change; null where a name in them cannot be written safely. */
export interface Lines {
  podman: string | null
  /** The whole of what a file says of networks and ports. */
  quadlet: { file: string; text: string | null }[]
}

export interface Outcome {
  difference: Difference
  remarks: Remark[]
  lines: Lines
}

/** Of GET /api/v1/what-if. Exactly one of `refusals` (not empty) and `outcome` says something. */
export interface WhatIf {
  hostId: string
  /** "container:web", "pod:shop" */
  target: string
  refusals: Refusal[]
  outcome: Outcome | null
}

/** `private` and `host` by their difference on this very host. */
export interface PrivateAndHost {
  /** Where it stands now. */
  now: 'host' | 'private' | 'other'
  private: WhatIf
  host: WhatIf
}
