import type { RequestListener } from 'node:http'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { type ClientOptions, createUnixClient } from './client'
import { callToOne, templates } from './endpoints'
import { PodmanError } from './errors'
import { byteServer, connectionTo, httpServer, recordedBody, type TestServer } from './testing'
import type { EngineEvent, PodmanClient } from './types'

const closing: (() => Promise<void>)[] = []

afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close()
})

const over = (server: TestServer, options?: ClientOptions): { server: TestServer; client: PodmanClient } => {
  const client = createUnixClient(connectionTo(server.path), options)
  closing.push(server.close, () => client.close())
  return { server, client }
}

const http = async (handler: RequestListener, options?: ClientOptions) => over(await httpServer(handler), options)

const failure = async (promise: Promise<unknown>): Promise<PodmanError> => {
  try {
    await promise
  } catch (thrown) {
    if (thrown instanceof PodmanError) return thrown
    throw thrown
  }
  throw new Error('it did not fail')
}

/** A server that sends `body` for everything, as what it is told to be. */
const answering = (status: number, headers: Record<string, string | null>, body: string) =>
  http((_, response) => {
    for (const [name, value] of Object.entries(headers)) {
      if (value === null) response.removeHeader(name)
      else response.setHeader(name, value)
    }
    response.writeHead(status).end(body)
  })

const foreign = { 'Libpod-Api-Version': null }

describe('who answers', () => {
  it.each([
    ['HTML with status 200', 200, foreign, '<!doctype html>', 'not-podman'],
    ['a text of status 404', 404, foreign, 'Not Found\n', 'not-podman'],
    ['a redirect', 302, { ...foreign, Location: 'http://169.254.169.254/' }, '', 'not-podman'],
    ['Docker, by its Server header', 404, { ...foreign, Server: 'Docker/27.0.0 (linux)' }, '{}', 'docker-only'],
    ['Docker, by its words for an unknown route', 404, foreign, '{"message":"page not found"}\n', 'docker-only'],
    ['Docker, by its API version', 200, { ...foreign, 'Api-Version': '1.45' }, '[]', 'docker-only'],
    ['a proxy that forbids', 403, foreign, '<html>', 'http'],
    ['a proxy that finds nobody', 503, foreign, '', 'http'],
    ['Podman, with HTML', 200, {}, '<!doctype html>', 'malformed'],
    ['Podman, with nothing', 200, {}, '', 'malformed'],
    ['Podman, with half an answer', 200, {}, '{"host": {"hostn', 'malformed'],
    ['Podman, with another type', 200, {}, '[]', 'malformed'],
    ['Podman, with a redirect', 302, { Location: 'http://169.254.169.254/' }, '', 'http'],
  ] as const)('%s', async (_, status, headers, body, code) => {
    const { client } = await answering(status, headers, body)
    expect((await failure(client.info())).code).toBe(code)
  })

  it('Podman, with an error in words', async () => {
    const { client } = await answering(500, {}, '{"cause":"x","message":"getting host info: denied","response":500}')
    expect(await failure(client.info())).toMatchObject({
      code: 'http',
      status: 500,
      template: '/info',
      message: '500 getting host info: denied',
    })
  })

  it('Podman, which says its version with every answer', async () => {
    const { client } = await answering(200, {}, 'OK')
    expect(await client.ping()).toEqual({ version: '5.4.2' })
  })
})

describe('P2 ids', () => {
  it('that are no full ids never become a request', async () => {
    const { server, client } = await answering(200, {}, '{}')
    const strange = [
      '',
      'web',
      'a'.repeat(63),
      'A'.repeat(64),
      `${'a'.repeat(64)}/archive`,
      `${'a'.repeat(64)}?size=true`,
      '../info',
    ]
    for (const id of strange) expect((await failure(client.container(id))).code).toBe('malformed')
    const nearly = fc.string({ unit: fc.constantFrom('a', 'F', '0', '/', '?'), minLength: 62, maxLength: 66 })
    fc.assert(
      fc.property(fc.oneof(fc.string(), nearly), id => {
        fc.pre(!/^[0-9a-f]{64}$/.test(id))
        expect(() => callToOne('pod', id)).toThrow(PodmanError)
      }),
    )
    expect(server.accepted()).toBe(0)
  })

  it('must be those of the answer', async () => {
    const id = 'a'.repeat(64)
    const { client } = await answering(200, {}, JSON.stringify({ Id: 'b'.repeat(64), HostConfig: {} }))
    expect((await failure(client.container(id))).code).toBe('malformed')
  })
})

describe('P1 the ten calls', () => {
  it('go to these paths and to no other', async () => {
    const paths = new Set<string>()
    const { client } = await http((request, response) => {
      paths.add(request.url ?? '')
      response.end('x')
    })
    const id = '0'.repeat(64)
    await Promise.allSettled([
      client.ping(),
      client.version(),
      client.info(),
      client.containers(),
      client.container(id),
      client.networks(),
      client.pods(),
      client.pod(id),
      client.volumes(),
    ])
    for await (const _ of client.events(AbortSignal.timeout(30_000))) break
    expect([...paths].toSorted()).toEqual(
      [
        '/v4.0.0/libpod/_ping',
        `/v4.0.0/libpod/containers/${id}/json`,
        '/v4.0.0/libpod/containers/json?all=true&namespace=true',
        '/v4.0.0/libpod/events?stream=true&filters=%7B%22type%22%3A%5B%22container%22%2C%22pod%22%2C%22network%22%5D%7D',
        '/v4.0.0/libpod/info',
        '/v4.0.0/libpod/networks/json',
        '/v4.0.0/libpod/pods/json',
        `/v4.0.0/libpod/pods/${id}/json`,
        '/v4.0.0/libpod/version',
        '/v4.0.0/libpod/volumes/json',
      ].toSorted(),
    )
    expect(Object.keys(client.counters).toSorted()).toEqual([...templates].toSorted())
    expect(client.counters['/info']).toEqual({ calls: 1, errors: 1 })
    expect(client.counters['/_ping']).toEqual({ calls: 1, errors: 0 })
  })

  it('read a recorded engine over the wire as from the file', async () => {
    const { client } = await http((request, response) => {
      const path = (request.url ?? '').replace('/v4.0.0/libpod', '')
      response.end(JSON.stringify(recordedBody('podman-5.4.2.json', path)))
    })
    expect(await client.containers()).toHaveLength(30)
    expect(await client.networks()).toHaveLength(10)
    expect((await client.info()).netavarkVersion).toBe('1.14.0')
  })
})

const id = 'a'.repeat(64)
const line = (name: string): string =>
  `${JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: id, Attributes: { name } } })}\n`

const collect = async (
  client: PodmanClient,
  count: number,
  onOpen?: () => void,
): Promise<(EngineEvent | 'malformed')[]> => {
  const events: (EngineEvent | 'malformed')[] = []
  const stop = new AbortController()
  for await (const event of client.events(stop.signal, onOpen)) {
    events.push(event)
    if (events.length === count) stop.abort()
  }
  return events
}

const names = (events: readonly (EngineEvent | 'malformed')[]) =>
  events.map(event => (event === 'malformed' ? event : event.name))

const wait = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

describe('events', () => {
  it('come one by one, also when a character arrives in two parts', async () => {
    const bytes = Buffer.from(line('grün') + line('b'))
    const split = bytes.indexOf(0xc3) + 1
    const { client } = await http((_, response) => {
      response.write(bytes.subarray(0, split))
      setTimeout(() => response.write(bytes.subarray(split)), 20)
    })
    expect(names(await collect(client, 2))).toEqual(['grün', 'b'])
  })

  it('go on behind a line that is malformed or too long', async () => {
    const { client } = await http(
      (_, response) => void response.write(`${line('a')}{"Type":\n\n${'x'.repeat(500)}\n${line('b')}`),
      { maxEventLine: 300 },
    )
    expect(names(await collect(client, 4))).toEqual(['a', 'malformed', 'malformed', 'b'])
  })

  it('are open when the engine says so', async () => {
    const { client } = await http((_, response) => response.flushHeaders(), { eventsGrace: 10_000 })
    const stop = new AbortController()
    let opened = 0
    for await (const event of client.events(stop.signal, () => {
      opened += 1
      stop.abort()
    })) {
      throw new Error(`an event: ${JSON.stringify(event)}`)
    }
    expect(opened).toBe(1)
  })

  it('are open after a grace period when the engine says nothing before the first event', async () => {
    let first = () => {}
    const { client } = await http(
      (_, response) => {
        first = () => void setTimeout(() => response.write(line('late')), 60)
      },
      // The deadlines of other calls are not those of a stream.
      { eventsGrace: 20, deadlines: { headers: 30, total: 40 } },
    )
    let opened = 0
    // The first event comes only after the stream counts as open.
    const events = await collect(client, 1, () => {
      opened += 1
      first()
    })
    expect([names(events), opened]).toEqual([['late'], 1])
  })

  it('never count as open when the engine refuses', async () => {
    const message = 'cannot read events with the "none" backend'
    const { client } = await http((_, response) => void response.writeHead(500).end(JSON.stringify({ message })), {
      eventsGrace: 1,
    })
    let opened = 0
    const error = await failure(collect(client, 1, () => (opened += 1)))
    expect(error).toMatchObject({ code: 'http', status: 500, template: '/events', message: `500 ${message}` })
    expect(client.counters['/events']).toEqual({ calls: 1, errors: 1 })
  })

  it('are refused by a line that tells of a failure, after a 200, as Podman 4 does it', async () => {
    const message = 'cannot read events with the "none" backend'
    const body = `${JSON.stringify({ cause: message, message, response: 500 })}\n`
    const { client } = await http((_, response) => void response.writeHead(200).end(body))
    const error = await failure(collect(client, 1))
    expect(error).toMatchObject({ code: 'http', status: 500, template: '/events', message: `500 ${message}` })
    expect(client.counters['/events']).toEqual({ calls: 1, errors: 1 })
  })

  it('end quietly when the engine closes the stream', async () => {
    const { client } = await http((_, response) => void response.end(line('last')))
    expect(names(await collect(client, 99))).toEqual(['last'])
  })

  it('end with an error when the connection breaks', async () => {
    const { client } = over(
      await byteServer(socket => {
        socket.on('data', () => {
          socket.write(`HTTP/1.1 200 OK\r\nLibpod-Api-Version: 5.4.2\r\nTransfer-Encoding: chunked\r\n\r\n`)
          setTimeout(() => socket.destroy(), 20)
        })
      }),
    )
    expect((await failure(collect(client, 1))).code).toBe('reset')
  })

  it('give up their connection when the reader stops, and leave the other calls theirs', async () => {
    const { server, client } = await http((request, response) => {
      if (request.url?.includes('events')) response.write(line('a'))
      else response.end('OK')
    })
    await client.ping()
    expect(await collect(client, 1)).toHaveLength(1)
    while (server.open() > 1) await wait(5)
    await client.ping()
    expect(server.accepted()).toBe(2)
    for await (const _ of client.events(new AbortController().signal)) break
    while (server.open() > 1) await wait(5)
  })

  it('are not asked for by a reader that is gone already', async () => {
    const { client } = await http((_, response) => response.flushHeaders())
    const events: unknown[] = []
    for await (const event of client.events(AbortSignal.abort())) events.push(event)
    expect(events).toEqual([])
  })
})

describe('createUnixClient', () => {
  it('refuses what is no unix socket', () => {
    expect(() => createUnixClient(connectionTo('x', { transport: 'ssh', path: null }))).toThrow(PodmanError)
  })
})
