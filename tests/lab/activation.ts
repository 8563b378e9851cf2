/** What systemd does for a socket unit: the socket is always there, and whoever connects finds the service started. */
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Engine } from './host'

export interface Activation {
  readonly path: string
  /** How often it has started the service. */
  starts: () => number
  /** Connections that are open now. */
  connections: () => number
  close: () => Promise<void>
}

/** `start` starts the service of `engine`, which may end when it likes. */
export async function startActivation(engine: Engine, start: () => Promise<void>): Promise<Activation> {
  const directory = await mkdtemp(join(tmpdir(), 'podwire-activation-'))
  const path = join(directory, 'podman.sock')
  const open = new Set<Socket>()
  let starts = 0
  let starting: Promise<void> | null = null

  /** One at a time, for all who wait. */
  const awake = async () => {
    if (starting === null && !engine.isServing()) {
      starts++
      starting = start().finally(() => (starting = null))
    }
    await starting
  }

  async function serve(near: Socket): Promise<void> {
    open.add(near)
    near.on('error', () => {})
    near.on('close', () => open.delete(near))
    await awake()
    const far = connect(engine.socket)
    far.on('error', () => near.destroy())
    far.on('close', () => near.destroy())
    near.on('close', () => far.destroy())
    near.pipe(far).pipe(near)
  }

  const server = createServer({ pauseOnConnect: true }, near => void serve(near).catch(() => near.destroy()))
  await once(server.listen(path), 'listening')
  return {
    path,
    starts: () => starts,
    connections: () => open.size,
    async close() {
      server.close()
      for (const near of open) near.destroy()
      await rm(directory, { recursive: true })
    },
  }
}
