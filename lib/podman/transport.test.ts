/** The transport against real servers on unix sockets that do what a broken engine does. */
import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import { callTo } from './endpoints'
import { PodmanError } from './errors'
import { byteServer, httpServer, type TestServer } from './testing'
import { type Transport, type TransportOptions, unixTransport } from './transport'

const call = callTo('info')
const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const over = (server: TestServer, options?: TransportOptions): { server: TestServer; transport: Transport } => {
  const transport = unixTransport(server.path, options)
  closing.push(server.close, () => transport.close())
  return { server, transport }
}

const http = async (handler: RequestListener, options?: TransportOptions) => over(await httpServer(handler), options)
const bytes = async (onConnection: (socket: Socket) => void, options?: TransportOptions) =>
  over(await byteServer(onConnection), options)

const failure = async (promise: Promise<unknown>): Promise<PodmanError> => {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof PodmanError) return thrown
    throw thrown
  }
  throw new Error('it did not fail')
}

const head = 'HTTP/1.1 200 OK\r\nLibpod-Api-Version: 5.4.2\r\n'
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise(resolve => setTimeout(resolve, 5))
}

describe('a request', () => {
  it('P1 is a plain GET: no body, no compression asked for, nothing of the caller', async () => {
    const seen: unknown[] = []
    const { transport } = await http((request, response) => {
      seen.push(request.method, request.url, Object.keys(request.headers).toSorted())
      response.end('{}')
    })
    const answer = await transport.get(call)
    expect(answer).toMatchObject({ status: 200, text: '{}' })
    expect(answer.header('libpod-api-version')).toBe('5.4.2')
    expect(seen).toEqual(['GET', '/v4.0.0/libpod/info', ['connection', 'host']])
  })

  it('uses one connection again, and no more than eight at once', async () => {
    const { server, transport } = await http((_, response) => void setTimeout(() => response.end('{}'), 10))
    for (let count = 0; count < 3; count += 1) await transport.get(call)
    // Two, when the second is sent before the first connection has come to rest.
    expect(server.accepted()).toBeLessThanOrEqual(2)
    await Promise.all(Array.from({ length: 40 }, () => transport.get(call)))
    expect(server.accepted()).toBe(8)
  })
})

describe('a connection that breaks', () => {
  it('is replaced once, when it was kept and the engine closed it', async () => {
    let requests = 0
    const { server, transport } = await bytes(socket => {
      socket.on('data', () => {
        requests += 1
        if (requests === 2) socket.destroy()
        else socket.write(`${head}Content-Length: 2\r\n\r\n{}`)
      })
    })
    await transport.get(call)
    expect((await transport.get(call)).text).toBe('{}')
    expect([requests, server.accepted()]).toEqual([3, 2])
  })

  it('is not tried a third time', async () => {
    const { server, transport } = await bytes(socket => void socket.on('data', () => socket.destroy()))
    expect((await failure(transport.get(call))).code).toBe('reset')
    expect(server.accepted()).toBe(2)
  })

  it('is not tried again once an answer has begun', async () => {
    const { server, transport } = await bytes(socket => {
      socket.on('data', () => socket.end(`${head}Content-Length: 100\r\n\r\n{"a":`))
    })
    expect(['reset', 'malformed']).toContain((await failure(transport.get(call))).code)
    expect(server.accepted()).toBe(1)
  })

  it('and is no HTTP any more is malformed', async () => {
    const { transport } = await bytes(socket => {
      socket.on('data', () => void socket.write(`${head}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\nzz\r\n`))
    })
    expect((await failure(transport.get(call))).code).toBe('malformed')
  })

  it('in the middle of a chunk is no answer', async () => {
    const { transport } = await bytes(socket => {
      socket.on('data', () => socket.end(`${head}Transfer-Encoding: chunked\r\n\r\n20\r\n{"a":1}`))
    })
    expect((await failure(transport.get(call))).code).toBe('reset')
  })
})

describe('P11 deadlines', () => {
  it('end a request that is never answered', async () => {
    const { server, transport } = await bytes(socket => void socket.resume(), { deadlines: { headers: 60 } })
    const error = await failure(transport.get(call))
    expect([error.code, error.template]).toEqual(['timeout', '/info'])
    await until(() => server.open() === 0)
  })

  it('end an answer that trickles in, though bytes keep coming', async () => {
    const { server, transport } = await bytes(
      socket => {
        socket.on('data', () => {
          socket.write(`${head}Content-Length: 100000\r\n\r\n`)
          const drip = setInterval(() => socket.write('x'), 5)
          socket.on('close', () => clearInterval(drip))
        })
      },
      { deadlines: { headers: 10_000, total: 150 } },
    )
    expect((await failure(transport.get(call))).code).toBe('timeout')
    await until(() => server.open() === 0)
  })

  it('do not touch the next request', async () => {
    let requests = 0
    const deadlines = new Set<() => void>()
    const { transport } = await http(
      (_, response) => {
        requests += 1
        if (requests > 1) response.end('{}')
      },
      {
        after(_, expire) {
          deadlines.add(expire)
          return () => deadlines.delete(expire)
        },
      },
    )
    const late = failure(transport.get(call))
    await until(() => requests === 1)
    for (const expire of deadlines) expire()
    expect((await late).code).toBe('timeout')
    expect((await transport.get(call)).status).toBe(200)
  })

  it('let an aborted caller go at once', async () => {
    const { transport } = await bytes(() => {})
    const stop = new AbortController()
    const request = failure(transport.get(call, stop.signal))
    setTimeout(() => stop.abort(), 20)
    expect((await request).code).toBe('aborted')
    expect((await failure(transport.get(call, stop.signal))).code).toBe('aborted')
  })
})

describe('P11 answers that are refused', () => {
  it('are too large, when they say so', async () => {
    const { server, transport } = await http(
      (_, response) => void response.writeHead(200, { 'content-length': 5_000 }).write('x'),
      { maxBytes: 1_000 },
    )
    expect((await failure(transport.get(call))).code).toBe('too-large')
    await until(() => server.open() === 0)
  })

  it('are too large, when they never end', async () => {
    let sent = 0
    const { server, transport } = await bytes(
      socket => {
        socket.on('data', () => {
          socket.write(`${head}\r\n`)
          const flood = () => {
            while (socket.writable && socket.write('x'.repeat(10_000))) sent += 10_000
          }
          socket.on('drain', flood)
          flood()
        })
      },
      { maxBytes: 1_000_000 },
    )
    expect((await failure(transport.get(call))).code).toBe('too-large')
    await until(() => server.open() === 0)
    expect(sent).toBeLessThan(5_000_000)
  })

  it('are compressed, which nobody asked for', async () => {
    const { transport } = await http(
      (_, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('bomb'),
    )
    expect((await failure(transport.get(call))).code).toBe('malformed')
  })

  it('are not HTTP', async () => {
    const { transport } = await bytes(socket => void socket.write('SSH-2.0-OpenSSH_9.2\r\n'))
    expect((await failure(transport.get(call))).code).toBe('not-podman')
  })

  it('have headers without end', async () => {
    const { transport } = await bytes(socket => {
      socket.on('data', () => void socket.write(`${head}${'X-Junk: y\r\n'.repeat(10_000)}\r\n`))
    })
    expect((await failure(transport.get(call))).code).toBe('malformed')
  })

  it('leave the process and the next request alone', async () => {
    let requests = 0
    const { transport } = await http((_, response) => {
      requests += 1
      if (requests === 1) response.writeHead(200, { 'content-encoding': 'br' })
      response.end('{}')
    })
    await failure(transport.get(call))
    expect((await transport.get(call)).text).toBe('{}')
  })
})

describe('redirects', () => {
  it('are not followed', async () => {
    const paths: unknown[] = []
    const { transport } = await http((request, response) => {
      paths.push(request.url)
      response.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data' }).end()
    })
    expect((await transport.get(call)).status).toBe(302)
    expect(paths).toHaveLength(1)
  })
})
