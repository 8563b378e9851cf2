/** Answers of the engine: late, half, wrong, too many, too large. */
import { expect, test } from 'vitest'
import { buildScene } from '@/lib/graph/scene'
import { foldDoors } from '@/lib/topology/ranges'
import { containerNamed, recordedContent } from '../engine/content'
import { objectAt } from '../engine/json'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'
import { rigOf, type Rig } from './rig'
import { ONE_POLL, withstands } from './withstands'

const LIST = '/containers/json'
/** Something happened, of which the list has to be read. */
const poke = (rig: Rig) => rig.engine.emit({ action: 'died', id: containerNamed(rig.engine.content, 'web1').id })
const errorsOf = (rig: Rig, template: string) => rig.collector.counters()[template]?.errors ?? 0

test('F06 podman.service killed -9 in mid-reply: the part is discarded, the snapshot kept, then everything is read', async () => {
  const rig = await rigOf()
  await withstands(rig, {
    async strike() {
      rig.proxy.fault(LIST, { kind: 'cut', at: 700 }, 1)
      poke(rig)
      await rig.until('asked', () => rig.calls(LIST).length > 0)
      await rig.proxy.refuse()
    },
    seenAs: 'stale',
    says: 'Nobody listens',
    async mend() {
      rig.proxy.requests.length = 0
      await rig.proxy.listen()
    },
  })
  for (const path of [LIST, '/networks/json', '/pods/json', '/volumes/json', '/events'])
    expect(rig.calls(path).length, path).toBeGreaterThan(0)
})

test('F07 podman upgraded and restarted: version and info are read anew, and fields that nobody knows yet are no matter', async () => {
  const rig = await rigOf()
  // The same containers, as another Podman tells of them.
  const { version, info } = recordedContent('6.1.1')
  const next = { ...recordedContent('5.4.2'), version, info }
  for (const { row, inspect } of next.containers.values()) {
    Object.assign(row, { Novelty: { deep: [1, null] }, Mounts: 'another type' })
    Object.assign(inspect, { Novelty: [] })
  }
  Object.assign(objectAt(next.info.body, 'host'), { novelty: { a: 1 } })
  const names = rig.names()
  await withstands(rig, {
    strike: () => rig.proxy.refuse(),
    seenAs: 'stale',
    says: 'Nobody listens',
    async mend() {
      rig.engine.content = next
      await rig.proxy.listen()
    },
    // Netavark 2 keeps bridges apart.
    ends: ['network-believed-isolated frontend', 'network-believed-isolated isolated', 'networks-not-isolated root'],
  })
  expect(rig.host().engine).toMatchObject({ podman: '6.1.1', netavark: expect.stringMatching(/^2\./) })
  expect(rig.names()).toEqual(names)
  expect(rig.collector.current().containers.every(({ problem }) => problem === null)).toBe(true)
})

test('F09 slow API, a list of 30 s: one under way, a deadline, the age is shown, nothing piles up', async () => {
  // Just within the deadline: slow is no fault, and nothing is asked twice meanwhile.
  const rig = await rigOf()
  const mend = rig.proxy.fault(LIST, { kind: 'delay', milliseconds: 29_000 })
  await withstands(rig, {
    strike: () => poke(rig),
    seenAs: 'live',
    async meanwhile() {
      for (let second = 0; second < 25; second++) {
        poke(rig)
        await rig.time.advance(1000)
        expect(rig.proxy.held()).toBe(1)
      }
      expect(rig.calls(LIST)).toHaveLength(1)
      expect(rig.host().ageSeconds).toBeGreaterThanOrEqual(25)
    },
    mend,
    within: ONE_POLL,
  })
  // Beyond it: the state says so, and still there is one at a time.
  const late = rig.proxy.fault(LIST, { kind: 'delay', milliseconds: 31_000 })
  await withstands(rig, {
    strike: () => poke(rig),
    seenAs: 'stale',
    says: 'Podman is hanging',
    mend: late,
    within: 45_000,
  })
  expect(rig.proxy.busiest()).toBeLessThanOrEqual(9)
})

test('F10 accepts, and never answers: the deadline ends it, and the state is "hanging"', async () => {
  const rig = await rigOf()
  await withstands(rig, {
    strike() {
      rig.proxy.deaf = true
      rig.proxy.breakAll()
    },
    seenAs: 'stale',
    says: /^Podman is hanging on .*, with no answer within 30000 ms/,
    meanwhile: () => expect(rig.proxy.connections()).toBeLessThanOrEqual(3),
    mend() {
      rig.proxy.deaf = false
    },
    // The attempt that hangs has its deadline first.
    within: 46_000,
  })
})

test('F11 trickle, a byte each second: ended by a deadline of the whole answer, though bytes keep coming', async () => {
  const rig = await rigOf()
  const mend = rig.proxy.fault(LIST, { kind: 'trickle', bytesPerSecond: 1 })
  await withstands(rig, {
    strike: () => poke(rig),
    seenAs: 'stale',
    says: /^Podman is hanging on .*, with no complete answer within 60000 ms/,
    meanwhile: () => expect(rig.proxy.held()).toBeLessThanOrEqual(1),
    mend,
    within: 76_000,
  })
})

test('F12 half-written JSON, then the end: counted, the old snapshot stays, and it is tried again', async () => {
  const rig = await rigOf()
  const body = JSON.stringify([...rig.engine.content.containers.values()].map(({ row }) => row))
  const mend = rig.proxy.fault(LIST, { kind: 'replace', body: body.slice(0, body.length / 2) })
  const errors = errorsOf(rig, LIST)
  await withstands(rig, {
    strike: () => poke(rig),
    seenAs: 'stale',
    says: /^The answer to \/containers\/json from .* is malformed \(not JSON\)/,
    meanwhile: () => expect(errorsOf(rig, LIST)).toBeGreaterThan(errors),
    mend,
  })
  // Once is an accident of which nobody hears.
  rig.proxy.fault(LIST, { kind: 'replace', body: '[{"Id":' }, 1)
  await withstands(rig, { strike: () => poke(rig), seenAs: 'live' })
})

test.each([
  ['200 with HTML', { kind: 'replace', body: '<html>Sign in</html>', type: 'text/html' }, 'malformed'],
  ['an empty body', { kind: 'replace', body: '' }, 'malformed'],
  ['the wrong type', { kind: 'replace', body: '{"message":"no list"}' }, 'malformed'],
  ['a truncated chunk', { kind: 'half-chunk' }, 'broke the connection'],
  ['a cut connection', { kind: 'cut', at: 100 }, /malformed|broke the connection/],
  ['a closed connection', { kind: 'close' }, 'broke the connection'],
  ['no HTTP', { kind: 'bytes', bytes: Buffer.from('SSH-2.0-OpenSSH_9.2\r\n') }, /malformed|other than Podman/],
  ['an answer without end', { kind: 'oversize' }, 'too large'],
] as const)('F13 %s: as half of an answer', async (_, fault, says) => {
  const rig = await rigOf({ client: { maxBytes: 4_000_000 } })
  const mend = rig.proxy.fault(LIST, fault)
  await withstands(rig, { strike: () => poke(rig), seenAs: 'stale', says, mend })
})

test('F14 500 "network inspection mismatch": two more tries with jitter, then that container alone is "inspect-incomplete"', async () => {
  const rig = await rigOf()
  const { id } = containerNamed(rig.engine.content, 'proxy')
  const body = '{"cause":"x","message":"network inspection mismatch","response":500}'
  const mend = rig.proxy.fault(id, { kind: 'replace', status: 500, body })
  await withstands(rig, {
    strike: () => rig.engine.emit({ action: 'update', id }),
    seenAs: 'live',
    async meanwhile() {
      await rig.time.advance(2_000)
      expect(rig.calls(`/containers/${id}`)).toHaveLength(3)
      expect(rig.findings().filter(line => line.startsWith('inspect-incomplete'))).toEqual(['inspect-incomplete proxy'])
      const record = rig.collector.current().containers.find(({ summary }) => summary.id === id)
      expect(record).toMatchObject({ problem: 'inspect failed: 500 network inspection mismatch' })
      // What it was found to be, and where, stays.
      expect(record?.detail?.attachments).not.toEqual([])
    },
    mend,
  })
  await rig.until('read again', () => !rig.findings().includes('inspect-incomplete proxy'), ONE_POLL)
})

test('F15 404 between list and inspect: the container is dropped in silence', async () => {
  const rig = await rigOf()
  const gone = syntheticContainer({ index: 900, name: 'short-lived', networks: ['podman'] })
  rig.proxy.fault(containerId(900), { kind: 'replace', status: 404, body: '{"message":"no such container"}' })
  await withstands(rig, {
    strike() {
      rig.engine.put(gone)
      rig.engine.emit({ action: 'create', id: containerId(900) })
    },
    seenAs: 'live',
    async meanwhile() {
      await rig.until('asked for', () => rig.calls(`/containers/${containerId(900)}`).length > 0)
      await rig.time.advance(1_000)
      expect(rig.names()).not.toContain('short-lived')
      expect(rig.findings().filter(line => line.endsWith('short-lived'))).toEqual([])
    },
  })
})

test('F16 a list of 60 MB, a thousand containers in a hundred networks: eight inspects at a time, boxes fold, memory is bounded', async () => {
  const content = syntheticContent({ containers: 1_000, networks: 100 })
  for (const { row } of content.containers.values()) row['Padding'] = 'x'.repeat(58_000)
  const listed = JSON.stringify([...content.containers.values()].map(({ row }) => row)).length
  expect(listed).toBeGreaterThan(58_000_000)
  const before = process.memoryUsage().rss
  const rig = await rigOf({ content, isDirect: true, start: false })
  // An engine that answers each inspect at once would never be asked for two.
  rig.engine.fault('/containers/c0', { delay: 0 })
  rig.collector.start()
  await rig.until('live', () => rig.host().status === 'live')
  await rig.time.advance(1_000)
  rig.settled()
  expect(rig.host().containers).toHaveLength(1_000)
  expect(rig.engine.busiest()).toBeLessThanOrEqual(8)
  expect(rig.engine.busiest()).toBeGreaterThan(4)
  // Proxy, engine and this test hold the answers as well.
  expect(process.memoryUsage().rss - before).toBeLessThan(2_000_000_000)
  const scene = buildScene(rig.hub.topology(), rig.hub.findings(), { aspect: 16 / 9 })
  expect(scene.nodes.length).toBeLessThan(1_000)
  await withstands(rig, {
    strike: () => rig.engine.emit({ action: 'died', id: containerId(3) }),
    seenAs: 'live',
    meanwhile: () => rig.time.advance(3_000),
  })
})

test('F17 one container with 65,535 ports and 10,000 labels: folded, cut, and shown', async () => {
  const rig = await rigOf()
  const wide = syntheticContainer({ index: 901, name: 'wide', networks: ['podman'] })
  wide.row['Ports'] = [{ host_ip: '', container_port: 1, host_port: 1, range: 65_535, protocol: 'tcp' }]
  wide.row['Labels'] = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`label-${n}`, 'x'.repeat(100)]))
  await withstands(rig, {
    strike() {
      rig.engine.put(wide)
      rig.engine.emit({ action: 'create', id: containerId(901) })
    },
    seenAs: 'live',
    async meanwhile() {
      await rig.until('shown', () => rig.names().includes('wide'))
      const owner = rig.host().containers.find(({ name }) => name === 'wide')
      expect(owner?.labels).toEqual({})
      const doors = rig.host().namespaces.flatMap(({ published }) => published)
      const own = doors.filter(({ ownerId }) => ownerId === owner?.id)
      expect(own).toHaveLength(65_535)
      expect(foldDoors(own)).toHaveLength(1)
      expect(rig.findings()).toContain('wide-port-range wide')
    },
  })
})
