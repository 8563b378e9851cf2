/** A real server in front of a fake engine, and the raw bytes that clients may send to it. */
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { type RawAnswer, rawHead, sendRaw } from '@/lib/server/testing'
import type { EngineContent } from '../engine/content'
import { type FakeEngine, startEngine } from '../engine/engine'
import { type Podwire, startPodwire } from '../lab/server'

export const TOKEN = 'correct-horse-battery'
export const WALL_TOKEN = 'staple-on-the-wall'
/** For requests that are to get past the question who asks. */
export const BEARER = `Authorization: Bearer ${TOKEN}`

export interface HostileRig {
  port: number
  engine: FakeEngine
  podwire: Podwire
  /** One request and its whole answer; `host` null = none, undefined = our own. */
  get(target: string, headers?: readonly string[], host?: string | null): Promise<RawAnswer>
  send(method: string, target: string, headers?: readonly string[], body?: string): Promise<RawAnswer>
  /** Opens a stream and reads until `wanted` came; resolves to all that came, and hangs up. */
  streamUntil(headers: readonly string[], wanted: RegExp): Promise<string>
  stop(): Promise<void>
}

/** Resolves when the server has read the engine. */
export async function startRig(content: EngineContent, env: Record<string, string> = {}): Promise<HostileRig> {
  const engine = await startEngine(content)
  const podwire = await startPodwire(
    {
      env: {
        CONTAINER_HOST: `unix://${engine.path}`,
        PODWIRE_TOKEN: TOKEN,
        PODWIRE_WALL_TOKEN: WALL_TOKEN,
        ...env,
      },
    },
    false,
  )
  const rig = rigOf(engine, podwire)
  while ((await rig.get('/readyz', [BEARER])).status !== 200) await sleep(50)
  return rig
}

export function rigOf(engine: FakeEngine, podwire: Podwire): HostileRig {
  const port = Number(new URL(podwire.url).port)
  const own = `127.0.0.1:${port}`
  return {
    port,
    engine,
    podwire,
    get: (target, headers = [], host = own) => sendRaw(port, rawHead('GET', target, headers, host)),
    send: (method, target, headers = [], body = '') => sendRaw(port, rawHead(method, target, headers, own) + body),
    streamUntil: (headers, wanted) => streamUntil(port, rawHead('GET', '/api/v1/stream', headers, own), wanted),
    async stop() {
      await podwire.stop()
      await engine.close()
    },
  }
}

function streamUntil(port: number, head: string, wanted: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1')
    let text = ''
    socket.on('data', chunk => {
      text += chunk.toString('latin1')
      if (!wanted.test(text)) return
      socket.destroy()
      resolve(text)
    })
    socket.on('error', reject)
    socket.on('close', () => reject(new Error(`the stream ended before ${String(wanted)}: ${text.slice(0, 300)}`)))
    socket.write(head)
  })
}

/** What Podwire may ask an engine for, without the version prefix. */
const ALLOWED =
  /^\/(?:_ping|version|info|containers\/json\?all=true&namespace=true|containers\/[0-9a-f]{64}\/json|networks\/json|pods\/json|pods\/[0-9a-f]{64}\/json|volumes\/json|events\?stream=true&filters=%7B%22type%22%3A%5B%22container%22%2C%22pod%22%2C%22network%22%5D%7D)$/

/** Requests that are none of the ten. */
export const foreignRequests = (engine: FakeEngine): string[] => engine.requests.filter(path => !ALLOWED.test(path))
