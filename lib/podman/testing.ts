/** What the tests of this folder share: the recorded engines, and real servers on unix sockets. */
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createNetServer, type Server, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as z from 'zod'
import type { Connection } from './types'

export const recordingsDirectory = fileURLToPath(new URL('../../tests/recordings/', import.meta.url))

export const recordingNames = readdirSync(recordingsDirectory)
  .filter(name => name.endsWith('.json') && !name.includes('truth'))
  .toSorted()

const file = z.record(z.string(), z.unknown())
const answer = z.object({ status: z.number(), body: z.unknown() })
const rows = z.array(z.record(z.string(), z.unknown())).nullable()

const bodies = new Map<string, ReadonlyMap<string, string>>()

/** The bodies of a recording as text, by path below the version prefix. */
const bodiesOf = (name: string): ReadonlyMap<string, string> => {
  const known = bodies.get(name)
  if (known !== undefined) return known
  const all = file.parse(JSON.parse(readFileSync(join(recordingsDirectory, name), 'utf8')))
  const read = Object.entries(all).flatMap(([key, value]) => {
    const path = key.replace(/^GET \/v[\d.]+\/libpod/, '')
    return key.startsWith('GET ') ? [[path, JSON.stringify(answer.parse(value).body)] as const] : []
  })
  bodies.set(name, new Map(read))
  return new Map(read)
}

/** The recorded body for a path; a fresh copy each time, for parsers change what they parse. */
export const recordedBody = (name: string, path: string): unknown => JSON.parse(bodiesOf(name).get(path) ?? 'null')

/** The recorded rows of a list endpoint. */
export const recordedRows = (name: string, path: string): Record<string, unknown>[] =>
  rows.parse(recordedBody(name, path)) ?? []

export const containersPath = '/containers/json?all=true&namespace=true'

/** Ids of the recorded containers, in the order of the list. */
export const recordedIds = (name: string, path = containersPath): string[] =>
  recordedRows(name, path).map(row => z.string().parse(row['Id']))

export const connectionTo = (path: string, changes: Partial<Connection> = {}): Connection => ({
  id: 'test',
  name: 'test',
  uri: `unix://${path}`,
  transport: 'unix',
  path,
  foundBy: 'a test',
  ownerUid: null,
  ...changes,
})

/** A directory that goes with the test. */
export const temporaryDirectory = async (): Promise<{ path: string; remove: () => Promise<void> }> => {
  const path = await mkdtemp(join(tmpdir(), 'podwire-test-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

export interface TestServer {
  path: string
  /** Connections accepted so far, and those that are open now. */
  accepted: () => number
  open: () => number
  close: () => Promise<void>
}

const listening = async (server: Server): Promise<TestServer> => {
  const directory = await temporaryDirectory()
  const path = join(directory.path, 'podman.sock')
  const sockets = new Set<Socket>()
  let accepted = 0
  server.on('connection', (socket: Socket) => {
    accepted += 1
    sockets.add(socket)
    socket.on('error', () => {})
    socket.on('close', () => sockets.delete(socket))
  })
  await new Promise<void>(resolve => {
    server.listen(path, resolve)
  })
  return {
    path,
    accepted: () => accepted,
    open: () => sockets.size,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise(resolve => {
        server.close(resolve)
      })
      await directory.remove()
    },
  }
}

/** An HTTP server on a unix socket; answers carry libpod's header unless the handler removes it. */
export const httpServer = (handler: RequestListener): Promise<TestServer> =>
  listening(
    createServer((request, response) => {
      response.setHeader('Libpod-Api-Version', '5.4.2')
      handler(request, response)
    }),
  )

/** A server of bytes on a unix socket, for what no HTTP server would send. */
export const byteServer = (onConnection: (socket: Socket) => void): Promise<TestServer> =>
  listening(createNetServer(onConnection))
