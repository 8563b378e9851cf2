/** One stretch of being in touch with an engine, from the first ping to the loss. Reads one after the other, never two at once. */
import { setMaxListeners } from 'node:events'
import { PodmanError, toPodmanError } from '@/lib/podman/errors'
import type { PodmanClient } from '@/lib/podman/types'
import { createAlarm, pause, type Clock, type Timers } from './clock'
import type { Limits } from './limits'
import { createMarks } from './marks'
import { createNewcomers } from './newcomers'
import { EVERYTHING, readWorld, shareById, type Wants } from './read'
import { hintOf } from './relevance'
import type { SocketIdentity } from './socket-watch'
import { followEvents, type StreamState } from './stream'
import type { World } from './world'

export interface SessionOptions {
  client: PodmanClient
  signal: AbortSignal
  clock: Clock
  timers: Timers
  random: () => number
  limits: Limits
  socketIdentity: SocketIdentity
  /** What an earlier session read; details of unchanged containers are taken over and verified later. */
  before: World | null
  /** After every complete read, and when networks alone were read and are others. */
  onWorld: (world: World) => void
  /** After the first read, and when it changes: whether events are followed, and if not, why not. */
  onMode: (mode: 'live' | 'polling', error: PodmanError | null) => void
}

/** Why a session ended. `error` null: the machine slept, or the socket file was replaced; there is no reason to wait. */
export interface SessionEnd {
  error: PodmanError | null
  /** True when at least one read was complete. */
  wasComplete: boolean
}

/** A timer takes no more than 2³¹ ms, and infinity for none. */
const LONGEST_WAIT = 3_600_000

const NOTHING: Wants = {
  containers: new Set(),
  networks: false,
  pods: false,
  volumes: false,
  info: false,
  failed: false,
}

/** Follows the engine until it is lost or `signal` aborts. Never rejects. */
export async function runSession(options: SessionOptions): Promise<SessionEnd> {
  const { client, clock, timers, limits } = options
  const over = new AbortController()
  // Every call in flight listens for its end.
  setMaxListeners(0, over.signal)
  const alarm = createAlarm(timers)
  const stop = () => {
    over.abort()
    alarm.ring()
  }
  options.signal.addEventListener('abort', stop, { once: true })
  if (options.signal.aborted) stop()

  const marks = createMarks(limits)
  const newcomers = createNewcomers()
  let end: SessionEnd | null = null
  let wasComplete = false
  const finish = (error: PodmanError | null) => {
    end ??= { error, wasComplete }
    stop()
  }

  let mode: StreamState = 'opening'
  let modeError: PodmanError | null = null
  let lastEventAt = -Infinity
  let isListed = false
  let opened = () => {}
  // Subscribe first, list then: otherwise what happens in between is told by neither.
  const listAfter = new Promise<void>(resolve => {
    opened = resolve
  }).then(() => {
    isListed = true
  })
  void pause(timers, limits.streamPatience, over.signal).then(opened)
  const stream = followEvents({
    ...options,
    signal: over.signal,
    onEvent(event) {
      lastEventAt = clock.elapsed()
      const hint = hintOf(event)
      if (hint === null) return
      marks.add(hint, lastEventAt)
      alarm.ring()
    },
    onChange(state, error) {
      // What happened before it was open was not told.
      if (state === 'open' && mode !== 'open' && isListed) marks.add({ kind: 'everything' }, clock.elapsed())
      mode = state
      modeError = error
      if (state !== 'opening') opened()
      if (wasComplete && state !== 'opening') tellMode()
      alarm.ring()
    },
    onLost: finish,
  })
  const tellMode = () => options.onMode(mode === 'unavailable' ? 'polling' : 'live', modeError)
  const heart = watch(options, over.signal, finish)

  let world = options.before
  let version = world?.podmanVersion ?? null
  let resyncs = 0
  let lastFull = -Infinity
  let lastNetworks = -Infinity
  /** A change that no event has told of, and when it was found. */
  let untold: number | null = null

  async function read(wants: Wants): Promise<void> {
    const before = world
    const started = clock.elapsed()
    world = await readWorld(
      {
        client,
        signal: over.signal,
        concurrency: limits.inspects,
        pause: (milliseconds, signal) => pause(timers, milliseconds, signal),
        random: options.random,
        infoPatience: limits.infoPatience,
        listAfter,
      },
      version,
      before,
      wants,
    )
    if (end !== null) return
    wasComplete = true
    newcomers.saw(before, world, clock.elapsed(), clock.elapsed() - started)
    options.onWorld(world)
  }

  async function resync(containers: ReadonlySet<string>, isRegular: boolean): Promise<void> {
    const { version: now } = await client.ping(over.signal)
    const isOther = now !== version
    version = now ?? version
    // Another Podman may answer differently about the very same containers.
    if (isOther) world = null
    const before = world
    const isInfoDue = isRegular && resyncs % limits.resyncsPerInfo === 0
    await read({ ...EVERYTHING, info: isInfoDue || world?.info == null, containers })
    if (isRegular) resyncs++
    lastFull = lastNetworks = clock.elapsed()
    if (before !== null && world !== null && mode === 'open' && isOtherList(before, world)) {
      if (clock.elapsed() - lastEventAt > limits.eventGrace) untold ??= clock.elapsed()
    }
  }

  /** A part of the containers, so that all have had their turn after a round of resyncs. */
  function nextSlice(): ReadonlySet<string> {
    const ids = [...(world?.containers.keys() ?? [])].toSorted()
    // What an earlier session read may be old in ways that no row tells; few are checked at once, many in their turn.
    if (resyncs === 0 && ids.length <= limits.checkedAtOnce) return new Set(ids)
    const size = Math.ceil(ids.length / limits.resyncsPerRound)
    const first = (resyncs % limits.resyncsPerRound) * size
    return new Set(ids.slice(first, first + size))
  }

  async function regularResync(): Promise<void> {
    const marked = marks.take(clock.elapsed())
    await resync(new Set([...nextSlice(), ...marked.containers]), true)
    marks.finished(clock.elapsed())
  }

  // What was recorded does not change any more.
  const isRecording = client.connection.transport === 'recording'

  /** Does what is due; returns in how many milliseconds something will be. */
  async function step(): Promise<number> {
    const now = clock.elapsed()
    const every = isRecording ? Infinity : mode === 'unavailable' ? limits.poll : limits.resync
    if (now - lastFull >= every) {
      await regularResync()
      return 0
    }
    const due = marks.dueAt()
    if (due !== null && due <= now) {
      const marked = marks.take(now)
      if (marked.everything) await resync(marked.containers, false)
      else await read({ ...NOTHING, ...marked })
      marks.finished(clock.elapsed())
      return 0
    }
    if (now >= newcomers.dueAt()) {
      await read(NOTHING)
      return 0
    }
    const networksAt =
      mode !== 'unavailable' && !isRecording && tellsNoNetworks(version) ? lastNetworks + limits.networkPoll : Infinity
    if (now >= networksAt && world !== null) {
      lastNetworks = now
      const networks = shareById(world.networks, await client.networks(over.signal))
      if (networks !== world.networks) {
        world = { ...world, networks }
        options.onWorld(world)
      }
      return 0
    }
    if (untold !== null && now - untold >= limits.eventGrace) {
      if (lastEventAt < untold) stream.reopen()
      untold = null
    }
    const untoldAt = untold === null ? Infinity : untold + limits.eventGrace
    return Math.max(0, Math.min(lastFull + every, due ?? Infinity, newcomers.dueAt(), networksAt, untoldAt) - now)
  }

  try {
    await regularResync()
    tellMode()
    while (!over.signal.aborted) {
      const wait = await step()
      if (wait > 0) await alarm.wait(Math.min(wait, LONGEST_WAIT))
    }
  } catch (thrown) {
    finish(toPodmanError(thrown))
  }
  stop()
  options.signal.removeEventListener('abort', stop)
  await Promise.all([stream.done, heart])
  return end ?? { error: null, wasComplete }
}

/** Network create and remove make events since 5.4: https://github.com/containers/podman/pull/24032 */
export function tellsNoNetworks(version: string | null): boolean {
  const [major = 0, minor = 0] = (version ?? '').split('.').map(Number)
  return major < 5 || (major === 5 && minor < 4)
}

/** Whether containers came, went, or changed state: each of these makes an event in every Podman. */
function isOtherList(before: World, now: World): boolean {
  if (before.containers.size !== now.containers.size) return true
  for (const [id, { summary }] of now.containers)
    if (before.containers.get(id)?.summary.state !== summary.state) return true
  return false
}

/** Ends the session when its socket file is gone or another one, and when the machine slept. */
async function watch(
  { socketIdentity, clock, timers, limits }: SessionOptions,
  signal: AbortSignal,
  finish: (error: PodmanError | null) => void,
): Promise<void> {
  const first = await socketIdentity()
  let missing = 0
  let last = clock.elapsed()
  while (!signal.aborted) {
    await pause(timers, limits.heartbeat, signal)
    if (signal.aborted) return
    const now = clock.elapsed()
    if (now - last > limits.heartbeat + limits.slept) return finish(null)
    last = now
    if (first === null) continue
    const identity = await socketIdentity()
    if (identity !== null && identity !== first) return finish(null)
    missing = identity === null ? missing + 1 : 0
    // Once may be the moment of a restart.
    if (missing === 2) return finish(new PodmanError('missing', 'the socket file was removed'))
  }
}
