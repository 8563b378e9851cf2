/** One complete look at an engine and its kernel, for those who do not follow it. */
import { hostname } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { type PodmanError, toPodmanError } from '@/lib/podman/errors'
import { explain } from '@/lib/podman/explain'
import type { Connection, PodmanClient } from '@/lib/podman/types'
import { noProbe } from '@/lib/probe/facts'
import type { Probe } from '@/lib/probe/types'
import { DEFAULT_LIMITS } from './limits'
import { EVERYTHING, readWorld } from './read'
import { probeInput, provenBy, snapshotOf, unitsInput } from './snapshot'
import type { HostSnapshot } from './types'
import type { ReadUnits } from './units'
import type { World } from './world'

interface Source {
  connection: Connection
  /** Closed at the end. */
  client: PodmanClient
  probe: Probe
  units?: ReadUnits
}

/**
 * Reads everything once, without following events. Never rejects: an engine that cannot be read is a snapshot with the
 * status "unreachable" and the reason as its problem.
 */
export async function readOnce({ connection, client, probe, units }: Source): Promise<HostSnapshot> {
  const localHostname = hostname()
  const unread = {
    connection,
    revision: 1,
    status: 'unreachable',
    readAt: null,
    world: null,
    provenHost: null,
    localHostname,
  } as const
  try {
    const world = await readTwice(client)
    const read = { ...unread, status: 'live', problem: null, readAt: new Date().toISOString(), world } as const
    const facts = await probe(probeInput(snapshotOf({ ...read, probe: noProbe('not read') }))).catch(
      (thrown: unknown) =>
        noProbe(`The kernel's side could not be read: ${thrown instanceof Error ? thrown.message : String(thrown)}.`),
    )
    const snapshot = snapshotOf({ ...read, probe: facts, provenHost: provenBy(facts) })
    return units === undefined ? snapshot : { ...snapshot, units: await units(unitsInput(snapshot)) }
  } catch (thrown) {
    const problem = explain(thrown, connection)
    return snapshotOf({ ...unread, problem, probe: noProbe('The engine was not read.') })
  } finally {
    await client.close().catch(() => {})
  }
}

/** A service that is just being activated or replaced breaks one connection, and answers the next. */
async function readTwice(client: PodmanClient): Promise<World> {
  try {
    return await read(client)
  } catch (thrown) {
    const error: PodmanError = toPodmanError(thrown)
    if (error.code !== 'reset' && error.code !== 'http') throw error
    await sleep(DEFAULT_LIMITS.retryMin)
    return await read(client)
  }
}

async function read(client: PodmanClient): Promise<World> {
  const over = new AbortController()
  try {
    const { version } = await client.ping(over.signal)
    return await readWorld(
      {
        client,
        signal: over.signal,
        concurrency: DEFAULT_LIMITS.inspects,
        pause: (milliseconds, signal) => sleep(milliseconds, undefined, { signal, ref: false }).catch(() => {}),
        random: Math.random,
        infoPatience: DEFAULT_LIMITS.infoPatience,
        listAfter: Promise.resolve(),
      },
      version,
      null,
      EVERYTHING,
    )
  } finally {
    // Whatever is still in flight when the first list fails.
    over.abort()
  }
}
