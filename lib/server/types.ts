/** The seam between the server process (bin/) and Next's route handlers: one hub per process, found on globalThis. */
import type { FindingsReport } from '@/lib/exposure/types'
import type { HostModel, Topology, TopologyPatch } from '@/lib/topology/types'

/** Frames are serialised once and shared by every stream. `id` is the revision. */
export interface StreamFrame {
  event: 'topology' | 'patch' | 'findings' | 'ping'
  id: number | null
  /** The complete SSE text of this frame. */
  text: string
}

/** Data of the `ping` event. */
export interface Ping {
  revision: number
  serverTime: string
  /** Changes when the server was updated: the page then offers a reload. */
  build: string
  hosts: { id: string; status: Topology['hosts'][number]['status']; ageSeconds: number }[]
}

export interface Hub {
  /** Current picture with ages of now. */
  topology(): Topology
  models(): readonly HostModel[]
  findings(): FindingsReport
  /** True when every host was read once. */
  ready(): boolean
  /** Banner for every screen: running on the demo recording, and how to enable the socket. */
  demo(): { recording: string; hint: string } | null
  /** Connections that were found and cannot be used yet (ssh, tcp), for the page and the start message. */
  unsupported(): { name: string; uri: string; reason: string }[]
  /**
   * Adds a stream client. First frame: `topology`, or the missed patches when `lastEventId` is recent enough.
   * A client that does not read is dropped. Returns null when there are too many clients.
   */
  subscribe(lastEventId: number | null, push: (text: string) => boolean, end: () => void): (() => void) | null
  metrics(): Promise<string>
}

export type { TopologyPatch }
