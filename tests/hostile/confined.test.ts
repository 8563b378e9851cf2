import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod'
import { type Confined, startConfined } from './confined'
import { routes } from './routes'

let server: Confined
beforeAll(async () => {
  server = await startConfined({
    PODWIRE_LISTEN: '127.0.0.1:0',
    PODWIRE_RECORDING: 'tests/recordings/podman-5.4.2.json',
  })
})
afterAll(() => server?.stop())

/** Asks for each argument over a connection of its own; prints status, type, size and beginning of each answer. */
const ASK = `
import { get } from 'node:http'
const [port, ...paths] = process.argv.slice(1)
const ask = path => new Promise((resolve, reject) => {
  const request = get({ host: '127.0.0.1', port, path, agent: false }, response => {
    let body = ''
    response.setEncoding('utf8')
    response.on('data', chunk => {
      body += chunk
      // A stream does not end by itself.
      if (!/event-stream/.test(response.headers['content-type']) || !/event: findings/.test(body)) return
      request.destroy()
      resolve([path, response.statusCode, body])
    })
    response.on('end', () => resolve([path, response.statusCode, body]))
  })
  request.on('error', reject)
})
const answers = []
for (const path of paths) answers.push(await ask(path))
console.log(JSON.stringify(answers))
`
const asked = z.array(z.tuple([z.string(), z.number(), z.string()]))

const ask = (...paths: string[]) => server.run(ASK, [String(server.port), ...paths], asked)

test('P12 it runs as its unit confines it: an ordinary user, no capability, no new privilege, nothing to write to', async () => {
  const status = await server.status()
  for (const kind of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'])
    expect([kind, status.get(kind)]).toEqual([kind, '0'.repeat(16)])
  expect(status.get('NoNewPrivs')).toBe('1')
  expect(status.get('Uid')).toMatch(/^(65534\s*){4}$/)
  expect(await server.writable()).toEqual([])
})

test('P9 it works whole where there is nobody else, and begins no connection: every packet is counted', async () => {
  expect(await server.counters()).toEqual({ connections: 0, datagrams: 0, left: 0 })
  const [[, , page] = ['', 0, '']] = await ask('/')
  const files = [...page.matchAll(/(?:src|href)="(\/_next\/static\/[^"]+)"/g)].map(([, path = '']) => path)
  expect(files.length).toBeGreaterThan(3)
  const paths = [...routes('web1'), ...files]
  const answers = await ask(...paths)
  const statusOf = new Map(answers.map(([path, status]) => [path, status]))
  for (const path of ['/', '/wall', '/readyz', '/metrics', '/api/v1/stream', '/api/v1/containers/web1', ...files])
    expect([path, statusOf.get(path)]).toEqual([path, 200])
  expect(answers.filter(([, status]) => status >= 500)).toEqual([])
  const [[, , topology] = ['', 0, '']] = await ask('/api/v1/topology')
  expect(JSON.parse(topology)).toMatchObject({ hosts: [{ status: 'live' }] })
  // Ours, and none of its own.
  expect(await server.counters()).toEqual({ connections: 1 + paths.length + 1, datagrams: 0, left: 0 })
  expect(server.output()).not.toMatch(/EROFS|EACCES|telemetry/i)
})

test('P4 it listens on the loopback address alone', async () => {
  const listening = await server.run(
    "import { readFileSync } from 'node:fs'\nconsole.log(JSON.stringify([...['tcp', 'tcp6', 'udp', 'udp6']].flatMap(name => readFileSync('/proc/net/' + name, 'utf8').trim().split('\\n').slice(1).map(line => line.trim().split(/\\s+/)).filter(([, , , state]) => state === '0A' || name.startsWith('udp')).map(([, local]) => name + ' ' + local))))",
    [],
    z.array(z.string()),
  )
  expect(listening).toEqual([`tcp 0100007F:${server.port.toString(16).toUpperCase().padStart(4, '0')}`])
})

test('what leaves is seen', async () => {
  const before = await server.counters()
  await server.run(
    "import { createSocket } from 'node:dgram'\nimport { connect } from 'node:net'\nconst socket = createSocket('udp4')\nsocket.send('x', 53, '198.51.100.1', () => { socket.close(); const tcp = connect(80, '198.51.100.1'); tcp.on('error', () => {}); setImmediate(() => setImmediate(() => { tcp.destroy(); console.log('[]') })) })",
    [],
    z.array(z.string()),
  )
  const after = await server.counters()
  expect(after.datagrams - before.datagrams).toBe(1)
  expect(after.connections - before.connections).toBe(1)
  expect(after.left - before.left).toBeGreaterThanOrEqual(2)
})
