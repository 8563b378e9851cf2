/** Which engines are shown, and what happens when there is none. */
import { basename } from 'node:path'
import type { Collector } from '@/lib/collector/types'
import { ConfigProblem } from '@/lib/podman/connections/config-problem'
import { type Discovery, discoverConnections } from '@/lib/podman/connections/discover'
import { findPodman, startServiceChild } from '@/lib/podman/connections/service-child'
import { localSystem } from '@/lib/podman/connections/system'
import { PodmanError, toPodmanError } from '@/lib/podman/errors'
import { explain } from '@/lib/podman/explain'
import { type Recording, readRecording } from '@/lib/podman/recording'
import type { Connection } from '@/lib/podman/types'
import { ConfigError } from './config'
import type { About, Demo } from './types'

type Environment = Readonly<Record<string, string | undefined>>

/** What is shown, before anything of it is read. */
export interface Hosts<Source = Collector> {
  /** Not started. */
  collectors: Source[]
  demo: Demo | null
  unsupported: About['unsupported']
  /** Lines for the start message: files that could not be read, a service that did not start. */
  problems: string[]
  /** Ends what was started for them. */
  stop(): Promise<void>
}

/** The world outside; tests put their own. */
export interface HostParts<Source = Collector> {
  /** A recording when it is given, else the engine at the connection. */
  collect(connection: Connection, recording: Recording | null): Source
  discover?: (env: Environment) => Promise<Discovery>
  findPodman?: typeof findPodman
  startService?: typeof startServiceChild
}

const nothing = () => Promise.resolve()

const recordingConnection = (path: string, id: string): Connection => {
  const name = basename(path).replace(/\.json$/, '')
  return { id, name, uri: `recording:${name}`, transport: 'recording', path, foundBy: id, ownerUid: null }
}

async function readAsked(connection: Connection, path: string): Promise<Recording> {
  try {
    return await readRecording(path)
  } catch (error) {
    throw new ConfigError(`PODWIRE_RECORDING: ${explain(error, connection)}`)
  }
}

const discoverHere = async (env: Environment): Promise<Discovery> => {
  try {
    return await discoverConnections(env, localSystem())
  } catch (error) {
    if (error instanceof ConfigProblem) throw new ConfigError(error.message)
    throw error
  }
}

const describeUnsupported = (connections: readonly Connection[]): About['unsupported'] =>
  connections.map(connection => ({
    name: connection.name,
    uri: connection.uri,
    reason: explain(new PodmanError('unsupported', 'not yet supported'), connection),
  }))

const ENABLE =
  process.getuid?.() === 0 ? 'systemctl enable --now podman.socket' : 'systemctl --user enable --now podman.socket'
const HINT = `Enable Podman's socket with \`${ENABLE}\`, and Podwire shows the real host by itself.`

/**
 * In this order: the recording that was asked for; the engines that are found; a service of our own when there is a podman
 * command and no socket; the demo recording.
 * @throws ConfigError when what was asked for cannot be
 */
export async function findHosts<Source>(
  recording: string | null,
  env: Environment,
  demoPath: string,
  parts: HostParts<Source>,
): Promise<Hosts<Source>> {
  if (recording !== null) {
    const connection = recordingConnection(recording, 'recording')
    const read = await readAsked(connection, recording)
    const collectors = [parts.collect({ ...connection, ownerUid: read.ownerUid }, read)]
    return { collectors, demo: null, unsupported: [], problems: [], stop: nothing }
  }
  const found = await (parts.discover ?? discoverHere)(env)
  const unsupported = describeUnsupported(found.unsupported)
  const usable = (problems: string[]): Hosts<Source> => ({
    collectors: found.usable.map(connection => parts.collect(connection, null)),
    demo: null,
    unsupported,
    problems,
    stop: nothing,
  })
  if (found.found) return usable(found.problems)

  const podman = await (parts.findPodman ?? findPodman)(env)
  if (podman !== null) {
    try {
      const child = await (parts.startService ?? startServiceChild)(podman)
      const collectors = [parts.collect(child.connection, null)]
      return { collectors, demo: null, unsupported, problems: found.problems, stop: () => child.stop() }
    } catch (error) {
      // There is Podman, so a demo would mislead: its usual place is shown, with what is wrong there.
      return usable([...found.problems, toPodmanError(error).message])
    }
  }
  const connection = { ...recordingConnection(demoPath, 'demo'), name: 'demo' }
  return {
    collectors: [parts.collect(connection, await readRecording(demoPath))],
    demo: { recording: 'a host with Podman 5.4.2', hint: HINT },
    unsupported,
    problems: found.problems,
    stop: nothing,
  }
}

/**
 * While the demo is shown: looks every few seconds whether an engine is there by now, and calls back once with it.
 * Returns the way to stop looking.
 */
export function awaitEngine(
  env: Environment,
  parts: HostParts,
  onFound: (collectors: Collector[]) => void,
  everyMs = 5000,
): () => void {
  let busy = false
  let stopped = false
  const stop = () => {
    stopped = true
    clearInterval(timer)
  }
  const look = async () => {
    if (busy) return
    busy = true
    const found = await (parts.discover ?? discoverHere)(env).catch(() => null)
    busy = false
    if (!found?.found || found.usable.length === 0 || stopped) return
    stop()
    onFound(found.usable.map(connection => parts.collect(connection, null)))
  }
  const timer = setInterval(() => void look(), everyMs)
  timer.unref()
  return stop
}
