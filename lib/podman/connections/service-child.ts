import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { access, constants, mkdtemp, rm, stat } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { PodmanError } from '../errors'
import { cut } from '../text'
import type { Connection } from '../types'

export interface ServiceChild {
  connection: Connection
  /** Ends the service and removes its directory; the second call does nothing. */
  stop(): Promise<void>
}

/** Milliseconds: to show a socket, and to end by itself after SIGTERM. */
export interface ChildDeadlines {
  start: number
  stop: number
}

// Rootless Podman builds its namespaces first, and a store may need repair.
const defaultDeadlines: ChildDeadlines = { start: 20_000, stop: 5_000 }

/** The podman command on PATH, or null. */
export const findPodman = async (env: Readonly<Record<string, string | undefined>>): Promise<string | null> => {
  for (const directory of (env['PATH'] ?? '').split(delimiter).filter(Boolean)) {
    const binary = join(directory, 'podman')
    const executable = await access(binary, constants.X_OK)
      .then(() => stat(binary))
      .then(
        found => found.isFile(),
        () => false,
      )
    if (executable) return binary
  }
  return null
}

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

const end = async (child: ChildProcess, deadline: number): Promise<void> => {
  if (hasEnded(child)) return
  const exited = once(child, 'exit')
  child.kill('SIGTERM')
  const tooLong = setTimeout(() => child.kill('SIGKILL'), deadline)
  await exited
  clearTimeout(tooLong)
  // What it left behind may hold the pipe, which would keep this process alive.
  child.stderr?.destroy()
}

const accepts = (path: string): Promise<boolean> =>
  new Promise(resolve => {
    const socket = connect(path)
    const tell = (answer: boolean) => () => {
      socket.destroy()
      resolve(answer)
    }
    socket.once('connect', tell(true)).once('error', tell(false))
  })

/** Waits until the service accepts connections; rejects when the child ends or fails to start before. */
const untilListening = async (
  child: ChildProcess,
  path: string,
  deadline: number,
  lastWords: () => string,
): Promise<void> => {
  let failure: Error | null = null
  child.once('error', error => {
    failure = error
  })
  const giveUp = performance.now() + deadline
  while (performance.now() < giveUp) {
    if (await accepts(path)) return
    if (failure !== null) throw failure
    if (hasEnded(child)) throw new Error(lastWords() || `it ended with status ${child.exitCode ?? child.signalCode}`)
    await sleep(25)
  }
  throw new Error(`no socket after ${deadline / 1000} s`)
}

/**
 * Starts `podman system service` for this user as a child, on a socket in a private directory. It ends with `stop()` and
 * with this process. Throws PodmanError `missing` when it does not come up.
 */
export const startServiceChild = async (
  podmanBinary: string,
  deadlines: Partial<ChildDeadlines> = {},
): Promise<ServiceChild> => {
  const { start, stop: patience } = { ...defaultDeadlines, ...deadlines }
  const directory = await mkdtemp(join(tmpdir(), 'podwire-'))
  const path = join(directory, 'podman.sock')
  const child = spawn(podmanBinary, ['system', 'service', '--time=0', `unix://${path}`], {
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr = (stderr + text).slice(-2_000)
  })
  // Only what is synchronous happens in an exit handler.
  const onExit = () => {
    child.kill('SIGTERM')
    rmSync(directory, { recursive: true, force: true })
  }
  process.once('exit', onExit)
  const stop = async () => {
    process.off('exit', onExit)
    await end(child, patience)
    await rm(directory, { recursive: true, force: true })
  }
  try {
    await untilListening(child, path, start, () => cut(stderr.trim().split('\n').at(-1) ?? '', 200))
  } catch (cause) {
    if (child.pid === undefined) await rm(directory, { recursive: true, force: true })
    else await stop()
    process.off('exit', onExit)
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new PodmanError('missing', `podman system service did not start: ${reason}`, { cause })
  }
  const uid = process.getuid?.() ?? 0
  const connection: Connection = {
    // The ids that the usual sockets of this user would have, so that links outlive the change to one.
    id: uid === 0 ? 'root' : `user-${uid}`,
    name: uid === 0 ? 'root' : `user ${uid}`,
    uri: `unix://${path}`,
    transport: 'unix',
    path,
    foundBy: 'podman system service, started by Podwire',
    ownerUid: uid,
  }
  return { connection, stop }
}
