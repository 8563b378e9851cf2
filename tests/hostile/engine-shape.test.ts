/** Answers of an engine that do not fit: they cost what they are about, and nothing else; and what is not understood is not clean. */
import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createCollector } from '@/lib/collector/collector'
import { readOnce } from '@/lib/collector/once'
import type { HostSnapshot } from '@/lib/collector/types'
import { createUnixClient } from '@/lib/podman/client'
import { discoverConnections } from '@/lib/podman/connections/discover'
import { localSystem } from '@/lib/podman/connections/system'
import { byteServer, connectionTo, httpServer } from '@/lib/podman/testing'
import { noProbe } from '@/lib/probe/facts'
import type { Namespace } from '@/lib/topology/types'
import { recordedContent } from '../engine/content'
import { startEngine } from '../engine/engine'
import { objectAt, type Json } from '../engine/json'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'
import { addTo, contentWith, type Draft, type Product, productOf, rulesAgainst, SUBJECT, subjectOf } from './product'

const cleanups: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const clean of cleanups.splice(0).toReversed()) await clean()
})

const namespaceOf = (product: Product): Namespace | undefined =>
  product.host.namespaces.find(one => one.id === subjectOf(product).namespaceId)

/** Ids of those that are told to be not read completely. */
const incomplete = ({ report }: Product) =>
  report.findings.filter(one => one.ruleId === 'inspect-incomplete').map(one => one.subject.id.slice(-64))

const joins = (target: string) => (draft: Draft) => {
  draft.hostConfig['NetworkMode'] = `container:${target}`
  objectAt(draft.inspect, 'NetworkSettings')['Networks'] = {}
  draft.row['Networks'] = []
  // Not running, so that no kernel says where it is.
  draft.row['State'] = 'created'
  draft.row['Pid'] = 0
  draft.row['Namespaces'] = {}
  objectAt(draft.inspect, 'State')['Status'] = 'created'
}

describe('who joins whom', () => {
  test('H55 a dangling container:ID, a self-join, a cycle of two, two infra containers in one pod', async () => {
    const content = contentWith(joins('f'.repeat(64)))
    addTo(content, 10, 'self', joins(containerId(10)))
    addTo(content, 11, 'ping', joins(containerId(12)))
    addTo(content, 12, 'pong', joins(containerId(11)))
    const product = await productOf(content)
    expect(incomplete(product)).toEqual(expect.arrayContaining([SUBJECT, ...[10, 11, 12].map(containerId)]))
    expect(rulesAgainst(product, SUBJECT)).toEqual(['inspect-incomplete'])

    const pods = recordedContent('5.4.2')
    const [podId, pod] = [...pods.pods].find(([, { row }]) => row['Name'] === 'shop') ?? ['', null]
    const members = [...pods.containers.values()].filter(({ row }) => row['Pod'] === podId)
    expect([pod !== null, members.length]).toEqual([true, 3])
    for (const { row, inspect } of members) {
      row['IsInfra'] = true
      inspect['IsInfra'] = true
    }
    const twice = await productOf(pods)
    expect(twice.host.containers).toHaveLength(pods.containers.size)
    expect(twice.host.namespaces.filter(one => one.podId?.endsWith(podId)).length).toBeGreaterThan(0)
    // However many call themselves infra, a published port is counted once.
    const doors = twice.host.namespaces.flatMap(one => one.published).filter(one => one.hostPort === 9090)
    expect(doors).toHaveLength(1)
  })
})

describe('ports', () => {
  const publishing = (hostIp: Json, hostPort: Json) =>
    productOf(
      contentWith(({ row, hostConfig, inspect }) => {
        const bindings = {
          '80/tcp': [{ HostIp: hostIp, HostPort: typeof hostPort === 'number' ? String(hostPort) : hostPort }],
        }
        row['Ports'] = [{ host_ip: hostIp, container_port: 80, host_port: hostPort, range: 1, protocol: 'tcp' }]
        hostConfig['PortBindings'] = bindings
        objectAt(inspect, 'NetworkSettings')['Ports'] = bindings
      }),
    )

  test('H56 HostIp 0, ::ffff:0.0.0.0, [::], 127.1, localhost, fe80::1%eth0', async () => {
    const expected: [hostIp: string, scope: string | null][] = [
      ['::ffff:0.0.0.0', 'wildcard'],
      ['[::]', 'wildcard'],
      ['0:0:0:0:0:0:0:0', 'wildcard'],
      ['::', 'wildcard'],
      ['::1', 'loopback'],
      ['127.0.0.1', 'loopback'],
      ['fe80::1%eth0', 'private'],
      ['0', 'public'],
      ['127.1', 'public'],
      ['localhost', 'public'],
      ['0x7f000001', 'public'],
      ['2130706433', 'public'],
    ]
    for (const [hostIp, scope] of expected) {
      const product = await publishing(hostIp, 8080)
      const doors = namespaceOf(product)?.published ?? []
      expect([hostIp, doors.map(one => one.scope)]).toEqual([hostIp, [scope]])
      // What is no address is not said to be forwarded or not.
      if (scope === 'public') expect([hostIp, doors[0]?.forwarded]).toEqual([hostIp, 'unknown'])
    }
  })

  test('H57 HostPort 0, empty, 65536, 80-90, abc', async () => {
    for (const hostPort of [0, '', 65_536, '80-90', 'abc', -1, 1.5, null]) {
      const product = await publishing('', hostPort)
      const said = [hostPort, incomplete(product)]
      expect(said).toEqual([hostPort, [SUBJECT]])
      expect(namespaceOf(product)?.published ?? []).toEqual([])
      expect(product.host.containers).toHaveLength(4)
    }
  })
})

describe('shapes', () => {
  test('H58 Ports: null, Networks: null, no Mounts, new values, more fields', async () => {
    const changes: [string, (draft: Draft) => void, readonly string[]][] = [
      [
        'Ports: null',
        ({ row, inspect }) => void ([row['Ports'], objectAt(inspect, 'NetworkSettings')['Ports']] = [null, null]),
        [],
      ],
      ['Networks: null', ({ row }) => void (row['Networks'] = null), []],
      ['no Mounts', ({ inspect }) => void delete inspect['Mounts'], ['mounts']],
      ['a new state', ({ row }) => void (row['State'] = 'hibernated'), []],
      ['a new mode', ({ hostConfig }) => void (hostConfig['NetworkMode'] = 'teleport'), []],
      [
        'a new mount type',
        ({ inspect }) => void (inspect['Mounts'] = [{ Type: 'quantum', Source: 1, Destination: '/x' }]),
        [],
      ],
      ['more fields', ({ row, inspect }) => void ([row['New'], inspect['New']] = [{ deep: [1] }, 'x']), []],
      ['no HostConfig', ({ inspect }) => void delete inspect['HostConfig'], []],
    ]
    for (const [what, change, words] of changes) {
      const product = await productOf(contentWith(change))
      expect([what, product.snapshot.status, product.host.containers.length]).toEqual([what, 'live', 4])
      expect(product.elements.length, what).toBeGreaterThan(5)
      for (const word of words)
        expect(product.report.notExamined.join() + incomplete(product).join(), what).toMatch(
          new RegExp(`${word}|${SUBJECT}`),
        )
    }
    expect(incomplete(await productOf(contentWith(({ inspect }) => void delete inspect['HostConfig'])))).toEqual([
      SUBJECT,
    ])
  })

  test('H59 overlapping subnets, 0.0.0.0/0, a network and a pod of one name', async () => {
    const content = recordedContent('5.4.2')
    const subnets = ['10.89.0.0/16', '10.89.0.0/24', '0.0.0.0/0', '::/0', 'nonsense']
    for (const [index, subnet] of subnets.entries())
      content.networks.push({
        name: `wide-${index}`,
        id: containerId(500 + index),
        driver: 'bridge',
        network_interface: `podman9${index}`,
        subnets: [{ subnet, gateway: '10.89.0.1' }],
        internal: false,
        dns_enabled: true,
      })
    content.networks.push({
      name: 'shop',
      id: containerId(600),
      driver: 'bridge',
      network_interface: 'podman99',
      subnets: [],
    })
    const product = await productOf(content)
    expect(product.host.networks.map(one => one.name)).toEqual(
      expect.arrayContaining(['shop', 'wide-0', 'wide-2', 'wide-4']),
    )
    expect(product.host.pods.map(one => one.name)).toContain('shop')
    const ids = product.elements.map(one => one.data.id)
    expect(new Set(ids).size).toBe(ids.length)
    const refs = product.elements.flatMap(({ data }) =>
      data['ref'] && data['kind'] !== 'text' ? String(data['ref']) : [],
    )
    expect(refs).toEqual(expect.arrayContaining(['network:shop']))
    expect(product.report.notExamined.length).toBeGreaterThan(0)
  })

  test('H60 events of unknown types, with foreign ids, a megabyte of attributes, times before time', async () => {
    const engine = await startEngine(syntheticContent({ containers: 2, networks: 1 }))
    cleanups.push(() => engine.close())
    const connection = connectionTo(engine.path)
    const collector = createCollector({
      connection,
      connect: () => createUnixClient(connection),
      probe: () => Promise.resolve(noProbe('a fake engine')),
      limits: { minGap: 10, maxGap: 50 },
    })
    cleanups.push(() => collector.stop())
    const statuses = new Set<string>()
    const until = (fits: (snapshot: HostSnapshot) => boolean) =>
      new Promise<void>(resolve => {
        const stop = collector.subscribe(snapshot => {
          statuses.add(snapshot.status)
          if (!fits(snapshot)) return
          stop()
          resolve()
        })
      })
    const ready = until(({ status }) => status === 'live')
    collector.start()
    await ready
    const line = (changes: Record<string, Json>) =>
      `${JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: containerId(0), Attributes: { name: 'x' } }, time: 1, ...changes })}\n`
    for (const hostile of [
      line({ Type: 'spaceship' }),
      line({ Action: 'teleport' }),
      line({ Action: 'x'.repeat(1000) }),
      line({ Actor: { ID: 'f'.repeat(64), Attributes: {} } }),
      line({ Actor: { ID: '../../images/json', Attributes: {} } }),
      line({ Actor: { ID: containerId(0), Attributes: { name: 'x', big: 'y'.repeat(900_000) } } }),
      line({ Actor: { ID: containerId(0), Attributes: { big: 'y'.repeat(1_500_000) } } }),
      line({ time: -1, timeNano: -1.5 }),
      line({ time: 1e300 }),
      line({ Actor: null }),
      '{"Type":\n',
      '\u0000\n',
      '[]\nnull\n7\n""\n',
    ])
      engine.emit(hostile)
    const seen = until(({ containers }) => containers.some(one => one.summary.name === 'later'))
    engine.put(syntheticContainer({ index: 5, name: 'later', networks: ['net-000'] }))
    engine.emit({ action: 'start', id: containerId(5), name: 'later' })
    await seen
    expect([...statuses]).toEqual(['live'])
    expect(engine.requests.filter(path => path.includes('images') || path.includes('f'.repeat(64)))).toEqual([])
  })
})

const readAt = (path: string) => {
  const connection = connectionTo(path)
  const client = createUnixClient(connection, { maxBytes: 1_000_000, deadlines: { headers: 2000, total: 3000 } })
  return readOnce({ connection, client, probe: () => Promise.resolve(noProbe('nobody')) })
}

describe('what is no engine', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwire-hostile-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('H61 a file, a directory, a FIFO, a dangling link, a TCP URL, another user’s socket', async () => {
    const at = (name: string) => join(folder, name)
    await writeFile(at('file'), '')
    await mkdir(at('directory'))
    execFileSync('mkfifo', [at('fifo')])
    await symlink(at('nowhere'), at('link'))
    for (const [name, words] of [
      ['file', /is not a socket: point CONTAINER_HOST/],
      ['directory', /is not a socket/],
      ['fifo', /is not a socket/],
      ['link', /^No Podman socket at .*podman system service/],
      ['nothing', /^No Podman socket at/],
    ] as const) {
      const { status, problem, containers } = await readAt(at(name))
      expect([name, status, containers.length]).toEqual([name, 'unreachable', 0])
      expect(problem).toMatch(words)
    }
    const { usable, unsupported } = await discoverConnections({ CONTAINER_HOST: 'tcp://127.0.0.1:1234' }, localSystem())
    expect([usable, unsupported.map(one => one.uri)]).toEqual([[], ['tcp://127.0.0.1:1234']])

    if (process.getuid?.() !== 0) return
    const engine = await startEngine(syntheticContent({ containers: 1, networks: 1 }), { path: at('others.sock') })
    cleanups.push(() => engine.close())
    await chmod(at('others.sock'), 0o600)
    await chmod(folder, 0o755)
    process.seteuid?.(65_534)
    try {
      const { status, problem } = await readAt(at('others.sock'))
      expect([status, problem]).toEqual(['unreachable', expect.stringMatching(/^No permission .*belongs to root/)])
    } finally {
      process.seteuid?.(0)
    }
  })

  test('H62 a redirect to a metadata address, a gzip bomb, an endless body, a line of 100 MB', async () => {
    let lured = 0
    const lure = createServer((_, response) => {
      lured += 1
      response.end('{}')
    })
    await once(lure.listen(0, '127.0.0.1'), 'listening')
    const address = lure.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    const redirecting = await httpServer((_, response) => {
      response.writeHead(302, { location: `http://127.0.0.1:${port}/latest/meta-data/` }).end()
    })
    const bomb = gzipSync(Buffer.alloc(20_000_000))
    const bombing = await httpServer((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'content-type': 'application/json' }).end(bomb)
    })
    const endless = await httpServer((request, response) => {
      if (request.url?.endsWith('/_ping')) return void response.end('OK')
      const chunk = `[${'"x",'.repeat(16_000)}`
      const more = () => {
        while (response.write(chunk));
        response.once('drain', more)
      }
      more()
    })
    const noHttp = await byteServer(socket => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'))
    cleanups.push(
      () => redirecting.close(),
      () => bombing.close(),
      () => endless.close(),
      () => noHttp.close(),
    )
    for (const [server, words] of [
      [redirecting, /error, 302|302/],
      [bombing, /compressed/],
      [endless, /too large/],
      [noHttp, /Something other than Podman/],
    ] as const) {
      const { status, problem } = await readAt(server.path)
      expect([status, problem]).toEqual(['unreachable', expect.stringMatching(words)])
    }
    expect(lured).toBe(0)
    lure.close()

    // A line of the events stream: told once, and what comes after it is read.
    const line = 'x'.repeat(1_000_000)
    const talking = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' })
      let left = 100
      const more = () => {
        while (left > 0) {
          left -= 1
          if (!response.write(line)) return void response.once('drain', more)
        }
        response.end(`\n${JSON.stringify({ Type: 'container', Action: 'start', Actor: { ID: containerId(1) } })}\n`)
      }
      more()
    })
    cleanups.push(() => talking.close())
    const client = createUnixClient(connectionTo(talking.path))
    const events: unknown[] = []
    for await (const event of client.events(new AbortController().signal)) events.push(event)
    await client.close()
    expect(events).toEqual(['malformed', expect.objectContaining({ id: containerId(1), action: 'start' })])
  })
})
