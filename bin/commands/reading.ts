/** Finds the hosts that are asked for, the way the server finds them, and reads each of them once. */
import { fileURLToPath } from 'node:url'
import { readOnce } from '@/lib/collector/once'
import { unitsOfRecording } from '@/lib/collector/recorded-units'
import type { HostSnapshot } from '@/lib/collector/types'
import { createUnixClient } from '@/lib/podman/client'
import { createRecordingClient, type Recording } from '@/lib/podman/recording'
import type { Connection } from '@/lib/podman/types'
import { createHostProbe } from '@/lib/probe/probe'
import { probeRecording } from '@/lib/probe/recording'
import { type Config, ConfigError, loadConfig } from '@/lib/server/config'
import { findHosts } from '@/lib/server/hosts'
import { buildTopology } from '@/lib/topology/build'
import type { HostModel } from '@/lib/topology/types'
import { localUnits } from '../local-units'
import { CommandError } from './input'
import { nestedSources } from './nested-sources'

export interface Source {
  connection: Connection
  recording: Recording | null
}

export interface Reading {
  model: HostModel
  recordedAt: string | null
}

/** A connection that cannot be used, and why. */
export interface Unusable {
  name: string
  reason: string
}

export interface Sources {
  sources: readonly Source[]
  /** Asked for, and of a kind that is not supported. */
  unusable: readonly Unusable[]
  /** What stands in the way of finding more. */
  problems: readonly string[]
  stop(): Promise<void>
}

export interface Asked {
  host?: string[] | undefined
  recording?: string | undefined
  config?: string | undefined
}

const asCommandError = (thrown: unknown): unknown =>
  thrown instanceof ConfigError ? new CommandError(thrown.message) : thrown

/** The configuration of the server, with the file that --config names. */
export function readConfig({ config, recording }: Asked): Config {
  try {
    return loadConfig({
      ...process.env,
      ...(config && { PODWIRE_CONFIG: config }),
      ...(recording && { PODWIRE_RECORDING: recording }),
    })
  } catch (thrown) {
    throw asCommandError(thrown)
  }
}

/** @throws CommandError when there is no host, or not the one that was asked for */
export async function findSources(
  asked: Asked,
  recording: string | null,
  nested: readonly string[] = [],
): Promise<Sources> {
  if (asked.recording !== undefined && asked.host !== undefined)
    throw new CommandError('--recording and --host exclude each other: a recording is one host')
  // A live host that is asked for by name is meant, whatever the environment says.
  const file = asked.host === undefined ? recording : null
  const collect = (connection: Connection, of: Recording | null): Source => ({ connection, recording: of })
  const found = await findHosts(file, process.env, DEMO, { collect }).catch((thrown: unknown) => {
    throw asCommandError(thrown)
  })
  if (found.demo !== null) throw new CommandError(`no Podman is found here. ${found.demo.hint}`)
  const outer = nested.length === 0 ? [] : await Promise.all(found.collectors.map(snapshotOf))
  const inner = await nestedSources(nested, outer)
  const stop = async () => {
    await Promise.all([found.stop(), inner.close()])
  }
  const all = [...found.collectors, ...inner.sources]
  const unusable = [...found.unsupported, ...inner.unusable]
  const chosen = chosenAmong(all, unusable, asked.host)
  if (chosen === null) {
    await stop()
    const names = [...all.map(({ connection }) => connection), ...unusable].map(({ name }) => name)
    throw new CommandError(
      `there is no host ${(asked.host ?? []).map(name => JSON.stringify(name)).join(' and ')}: accepted are ${names.join(', ')}`,
    )
  }
  return { ...chosen, problems: found.problems, stop }
}

/** Shipped with Podwire, and never shown as somebody's host here. */
const DEMO = fileURLToPath(new URL('../public/demo.json', import.meta.url))

/** null when one of the names is that of no host. */
function chosenAmong(
  sources: readonly Source[],
  unsupported: readonly Unusable[],
  names: readonly string[] | undefined,
): Pick<Sources, 'sources' | 'unusable'> | null {
  if (names === undefined) return { sources, unusable: unsupported }
  const isNamed = ({ connection }: Source) => names.some(name => name === connection.id || name === connection.name)
  const usable = sources.filter(isNamed)
  const unusable = unsupported.filter(({ name }) => names.includes(name))
  const known = new Set([
    ...usable.flatMap(({ connection }) => [connection.id, connection.name]),
    ...unusable.map(({ name }) => name),
  ])
  return names.every(name => known.has(name)) ? { sources: usable, unusable } : null
}

export const snapshotOf = ({ connection, recording }: Source): Promise<HostSnapshot> => {
  if (recording === null)
    return readOnce({
      connection,
      client: createUnixClient(connection),
      probe: createHostProbe(),
      units: localUnits(connection.nestedIn !== undefined),
    })
  const facts = probeRecording(recording.kernel)
  const client = createRecordingClient(connection, recording)
  return readOnce({
    connection,
    client,
    probe: () => Promise.resolve(facts),
    units: ({ podman }) => Promise.resolve(unitsOfRecording(recording, podman)),
  })
}

/** Reads all of them at the same time. One that cannot be read is a model with the status "unreachable". */
export const readAll = (sources: readonly Source[]): Promise<Reading[]> =>
  Promise.all(
    sources.map(async source => ({
      model: buildTopology(await snapshotOf(source), { ageSeconds: 0 }),
      recordedAt: source.recording?.recordedAt ?? null,
    })),
  )

/** The one host that is meant. @throws CommandError when there are several, or it could not be read */
export async function readOneSnapshot(asked: Asked): Promise<HostSnapshot> {
  const { recording, nested } = readConfig(asked)
  const found = await findSources(asked, recording, nested)
  try {
    const { unusable } = found
    // Engines inside of containers are meant where they are named.
    const sources = found.sources.filter(
      ({ connection }) => asked.host !== undefined || connection.nestedIn === undefined,
    )
    const [source, second] = sources
    if (second !== undefined)
      throw new CommandError(
        `there are several hosts: say which with --host: accepted are ${sources.map(one => one.connection.name).join(', ')}`,
      )
    if (source === undefined) throw new CommandError(unusable[0]?.reason ?? 'there is no host to read')
    const snapshot = await snapshotOf(source)
    if (snapshot.status === 'unreachable')
      throw new CommandError(`${source.connection.name} was not read: ${snapshot.problem ?? 'no answer'}`)
    return snapshot
  } finally {
    await found.stop()
  }
}
