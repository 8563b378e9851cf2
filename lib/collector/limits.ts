/** Every period and bound of a collector, in milliseconds where nothing else is said. */
export interface Limits {
  /** Inspects at the same time. */
  inspects: number
  /** See Pace in marks.ts. */
  minGap: number
  maxGap: number
  weakGap: number
  /** Full comparison, because events get lost. */
  resync: number
  /** All containers are inspected anew within so many resyncs, whatever their rows say. */
  resyncsPerRound: number
  /** So many containers, of which an earlier connection knew, are inspected again with the first read of a new one. */
  checkedAtOnce: number
  /** /info is read anew every so many resyncs: netavark may be upgraded under a running service. */
  resyncsPerInfo: number
  /** Without events. Not shorter: a service that exits when idle must be allowed to. */
  poll: number
  /** Networks, where Podman tells nothing of their making (before 5.4). */
  networkPoll: number
  /** How long a change that the resync found may wait for its event before the stream counts as dead. */
  eventGrace: number
  infoPatience: number
  /** The first list waits so long for the events stream to open. */
  streamPatience: number
  /** Waits between attempts to reach a lost engine. */
  retryMin: number
  retryMax: number
  /** Look at the socket file, and at the clock. */
  heartbeat: number
  /** A heartbeat that comes this much too late means that the machine slept. */
  slept: number
  /** The kernel's side: regularly, soon after a change (for what starts to listen late), and between two at least. */
  probe: number
  probeAfterChange: number
  probeGap: number
}

export const DEFAULT_LIMITS: Limits = {
  inspects: 8,
  minGap: 250,
  maxGap: 2_000,
  weakGap: 10_000,
  resync: 45_000,
  resyncsPerRound: 6,
  checkedAtOnce: 100,
  resyncsPerInfo: 12,
  poll: 30_000,
  networkPoll: 5_000,
  eventGrace: 1_000,
  infoPatience: 10_000,
  streamPatience: 250,
  retryMin: 500,
  retryMax: 15_000,
  heartbeat: 1_000,
  slept: 10_000,
  probe: 15_000,
  probeAfterChange: 3_000,
  probeGap: 1_000,
}
