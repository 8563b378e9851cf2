/** The seam between the server process (bin/) and Next's route handlers: one hub per process, found on globalThis. */
import type { ReportPatch } from '@/lib/exposure/report-patch'
import type { HostSnapshot } from '@/lib/collector/types'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Container, Host, HostModel, Network, Pod, PublishedPort, Topology } from '@/lib/topology/types'

/** Frames are serialised once and shared by every stream. `id` is the revision. */
export interface StreamFrame {
  event: 'topology' | 'patch' | 'findings' | 'findings-patch' | 'ping' | 'bye'
  id: number | null
  /** The complete SSE text of this frame, encoded. */
  bytes: Uint8Array
}

/** Data of the `ping` event. */
export interface Ping {
  revision: number
  serverTime: string
  /** Changes when the server was updated: the page then offers a reload. */
  build: string
  hosts: { id: string; status: Topology['hosts'][number]['status']; ageSeconds: number }[]
}

/** Data of the `findings` event: the whole report, as of a revision. */
export interface FindingsEvent extends FindingsReport {
  revision: number
}

/** Data of the `findings-patch` event: what changed since the last report of this stream. */
export interface FindingsPatchEvent extends ReportPatch {
  revision: number
}

/** GET /api/v1/about: what a page has to say beside the picture. */
export interface About {
  version: string
  /** The same as in pings. */
  build: string
  /** Banner for every screen: running on the demo recording, and how to enable the socket. */
  demo: Demo | null
  /** Connections that were found and cannot be used yet (ssh, tcp). */
  unsupported: { name: string; uri: string; reason: string }[]
}
export interface Demo {
  recording: string
  hint: string
}

export interface Hub {
  /** Current picture with ages of now. */
  topology(): Topology
  /** Of the current picture. */
  revision(): number
  models(): readonly HostModel[]
  /** What the models are made from, as it is now. */
  snapshots(): readonly HostSnapshot[]
  findings(): FindingsReport
  /** What keeps the picture from being one, a sentence each; empty when it can be relied on. */
  unready(): string[]
  about(): About
  /**
   * Adds a stream client. First chunk: `topology`, or the missed patches when `lastEventId` is recent enough.
   * `push` returns false when the client does not keep up: it is then dropped. `end` is called once, by the hub, when the
   * stream is over. Returns the way to leave, or null when there are too many clients.
   */
  subscribe(lastEventId: number | null, push: (bytes: Uint8Array) => boolean, end: () => void): (() => void) | null
  /** Prometheus text. */
  metrics(): Promise<string>
}

/** A container beside another, with its addresses on what they share. */
export interface Neighbour {
  id: string
  name: string
  addresses: string[]
}

/** Who stands next to an object, of GET /api/v1/{containers,networks,pods}/{id}. */
interface Neighbours {
  /** Of a container or pod: those in the same namespace. Of a network: those attached to it. */
  members: Neighbour[]
  /** Of a container or pod: its networks and who else is there. Of a network: other networks, and which of its members are there too.
   *  `id` is null for a network that is named and does not exist. */
  networks: { id: string | null; name: string; members: Neighbour[] }[]
}

/** What every drill-down answers beside the object itself. `namespace` is null for networks and for pods without one. */
export interface Surroundings {
  host: Pick<Host, 'id' | 'name' | 'status' | 'ageSeconds' | 'problem'>
  namespace: Host['namespaces'][number] | null
  neighbours: Neighbours
  /** Published ports that lead here; none for a container in the host's namespace, which is reached without. */
  doors: PublishedPort[]
  findings: FindingsReport['findings']
}

export interface ContainerAnswer extends Surroundings {
  container: Container
}
export interface NetworkAnswer extends Surroundings {
  network: Network
}
export interface PodAnswer extends Surroundings {
  pod: Pod
}
