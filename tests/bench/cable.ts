/** A way to a server on loopback that can be cut, which also takes the stream of a worker that no page's tools reach. */
import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

export interface Cable {
  /** "127.0.0.1:PORT", the name by which browsers come; the server must know it. */
  readonly host: string
  /** Where connections lead from now on. */
  lead(url: string): void
  /** Ends every connection and takes no other until `mend`. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function startCable(): Promise<Cable> {
  let to: URL | null = null
  const held = new Set<Socket>()
  let isCut = false
  const hold = (socket: Socket) => {
    held.add(socket)
    socket.on('error', () => {}).on('close', () => held.delete(socket))
    return socket
  }
  const server = createServer(near => {
    hold(near)
    if (isCut || to === null) return void near.destroy()
    const far = hold(connect({ host: to.hostname, port: Number(to.port) }))
    near.pipe(far).pipe(near)
    near.on('close', () => far.destroy())
    far.on('close', () => near.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  const drop = () => {
    for (const socket of held) socket.destroy()
  }
  return {
    host: `127.0.0.1:${address.port}`,
    lead(url) {
      to = new URL(url)
    },
    cut() {
      isCut = true
      drop()
    },
    mend() {
      isCut = false
    },
    async close() {
      drop()
      server.close()
      await once(server, 'close')
    },
  }
}
