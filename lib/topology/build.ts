/** Snapshot → model. Pure: the same snapshot gives the same JSON, whatever the order of its lists. */
import type { HostSnapshot } from '@/lib/collector/types'
import type { HostModel, Topology } from './types'

export interface BuildOptions {
  /** Age of the snapshot's data; the builder has no clock. Default 0. */
  ageSeconds?: number
}

/** The model of one host. */
export function buildTopology(snapshot: HostSnapshot, options: BuildOptions = {}): HostModel {
  throw new Error(`not built yet: ${snapshot.connection.id} ${options.ageSeconds}`)
}

/**
 * The contract's topology of several hosts, sorted by name then id. `ages` replaces ageSeconds by host id (seconds at
 * `generatedAt`, which is ISO 8601).
 */
export function assembleTopology(
  models: readonly HostModel[],
  revision: number,
  generatedAt: string,
  ages?: ReadonlyMap<string, number>,
): Topology {
  throw new Error(`not built yet: ${models.length} ${revision} ${generatedAt} ${ages?.size}`)
}
