import { afterEach, describe, expect, it } from 'vitest'
import { PodmanError } from '@/lib/podman/errors'
import { noProbe } from '@/lib/probe/facts'
import type { Probe, ProbeFacts, ProbeInput } from '@/lib/probe/types'
import { createCollector, type CollectorOptions } from './collector'
import {
  connectionOf,
  detailOf,
  fakeEngine,
  httpError,
  idOf,
  infoOf,
  networkOf,
  virtualTime,
  type FakeEngine,
  type VirtualTime,
} from './testing'
import type { Collector, HostSnapshot } from './types'

interface Rig {
  engine: FakeEngine
  time: VirtualTime
  collector: Collector
  /** Every published snapshot. */
  published: HostSnapshot[]
  log: string[]
  /** Identity of the socket file; null = there is none. */
  socket: { identity: string | null }
  status(): string
  names(): string[]
  /** Calls since the last time, without streams. */
  calls(): string[]
}

const rigs: Rig[] = []
afterEach(async () => {
  for (const { collector, time } of rigs.splice(0)) {
    const stopped = collector.stop()
    await time.advance(0)
    await stopped
    expect(time.pending()).toBe(0)
  }
})

const silentProbe: Probe = () => Promise.resolve(noProbe('not in this test'))

function rigOf(more: Partial<CollectorOptions> & { engine?: FakeEngine; time?: VirtualTime } = {}): Rig {
  const engine = more.engine ?? fakeEngine()
  const time = more.time ?? virtualTime()
  const socket: Rig['socket'] = { identity: 'disk:1' }
  const log: string[] = []
  const published: HostSnapshot[] = []
  const collector = createCollector({
    connection: engine.connection,
    connect: () => engine.client(),
    probe: silentProbe,
    clock: time.clock,
    timers: time.timers,
    random: () => 0,
    socketIdentity: () => Promise.resolve(socket.identity),
    localHostname: 'here',
    log: line => log.push(`${line.status}: ${line.problem}`),
    ...more,
  })
  collector.subscribe(snapshot => published.push(snapshot))
  const rig: Rig = {
    engine,
    time,
    collector,
    published,
    log,
    socket,
    status: () => collector.current().status,
    names: () =>
      collector
        .current()
        .containers.map(record => record.summary.name)
        .toSorted(),
    calls: () => engine.calls.splice(0).filter(call => call !== 'events'),
  }
  rigs.push(rig)
  return rig
}

/** A rig that has read an engine with containers c1 … cN. */
async function running(count = 2, more: Parameters<typeof rigOf>[0] = {}): Promise<Rig> {
  const rig = rigOf(more)
  for (let index = 1; index <= count; index++) rig.engine.put(`c${index}`)
  rig.collector.start()
  await rig.time.advance(300)
  expect(rig.status()).toBe('live')
  rig.calls()
  rig.published.length = 0
  return rig
}

const recordOf = ({ collector }: Rig, name: string) =>
  collector.current().containers.find(record => record.summary.name === name)

describe('the first read', () => {
  it('publishes nothing before it is complete, then everything at once', async () => {
    const rig = rigOf()
    rig.engine.put('c1', { podId: idOf('p') })
    rig.engine.put('c2')
    rig.engine.pods.set(idOf('p'), {
      summary: {
        id: idOf('p'),
        name: 'p',
        state: 'Running',
        createdAt: null,
        infraId: null,
        containerIds: [idOf('c1')],
        networks: [],
      },
      detail: { id: idOf('p'), sharedNamespaces: ['net'], hostNetwork: false, infraId: null, userModeOptions: null },
    })
    let release = () => {}
    rig.engine.before = call =>
      call === 'container c2' ? new Promise<void>(resolve => void (release = resolve)) : undefined
    expect(rig.collector.current()).toMatchObject({ status: 'unreachable', revision: 0, readAt: null, containers: [] })
    expect(rig.collector.ageSeconds()).toBeNull()
    rig.collector.start()
    await rig.time.advance(300)
    expect(rig.published).toEqual([])
    release()
    await rig.time.settle()
    expect(rig.published[0]).toMatchObject({
      status: 'live',
      problem: null,
      revision: 1,
      podmanVersion: '5.4.2',
      machine: 'lab',
      rootless: false,
      info: { netavarkVersion: '1.14.0' },
      networks: [{ name: 'podman' }],
      volumes: [],
    })
    expect(rig.names()).toEqual(['c1', 'c2'])
    expect(rig.collector.current().pods[0]).toMatchObject({ summary: { name: 'p' }, detail: { hostNetwork: false } })
  })

  it('asks each thing once, and inspects with bounded parallelism', async () => {
    const rig = rigOf()
    for (let index = 0; index < 40; index++) rig.engine.put(`c${index}`)
    rig.collector.start()
    await rig.time.advance(300)
    const calls = rig.calls()
    expect(new Set(calls).size).toBe(calls.length)
    expect(calls).toHaveLength(46)
    expect(calls[0]).toBe('ping')
    expect(rig.engine.busiest).toBe(8)
  })

  it('subscribes to events before it lists', async () => {
    const rig = rigOf()
    let open = () => {}
    rig.engine.before = call => (call === 'events' ? new Promise<void>(resolve => void (open = resolve)) : undefined)
    rig.collector.start()
    await rig.time.advance(100)
    expect(rig.engine.calls).not.toContain('containers')
    open()
    await rig.time.settle()
    expect(rig.engine.calls).toContain('containers')
    // An engine that sends headers with the first event only does not hold up the picture.
    const late = rigOf()
    late.engine.before = call => (call === 'events' ? new Promise<void>(() => {}) : undefined)
    late.collector.start()
    await late.time.advance(300)
    expect(late.status()).toBe('live')
  })

  it('does without /info, and knows what others tell', async () => {
    const rig = rigOf({ engine: fakeEngine(connectionOf({ ownerUid: 1000 })) })
    rig.engine.put('c1')
    rig.engine.before = call => {
      if (call === 'info') throw httpError(500)
    }
    rig.collector.start()
    await rig.time.advance(300)
    expect(rig.collector.current()).toMatchObject({
      status: 'live',
      info: null,
      podmanVersion: '5.4.2',
      rootless: true,
      machine: 'root',
    })
    rig.engine.before = () => {}
    await rig.time.advance(45_000)
    expect(rig.collector.current().info?.hostname).toBe('lab')
  })

  it('does not wait for ever for /info', async () => {
    const rig = rigOf()
    rig.engine.before = call =>
      call === 'info'
        ? rig.time.timers && new Promise<void>(resolve => rig.time.timers.after(12_000, resolve))
        : undefined
    rig.collector.start()
    await rig.time.advance(9_000)
    expect(rig.status()).toBe('unreachable')
    await rig.time.advance(4_000)
    expect(rig.status()).toBe('live')
  })

  it('does without volumes', async () => {
    const rig = rigOf()
    rig.engine.before = call => {
      if (call === 'volumes') throw httpError(500)
    }
    rig.collector.start()
    await rig.time.advance(300)
    expect(rig.collector.current()).toMatchObject({ status: 'live', volumes: null })
  })

  it.each(['containers', 'networks', 'pods', 'ping'])('is not complete without %s', async broken => {
    const rig = rigOf()
    rig.engine.before = call => {
      if (call === broken) throw httpError(500, '500 mismatch')
    }
    rig.collector.start()
    await rig.time.advance(300)
    expect(rig.collector.current()).toMatchObject({ status: 'unreachable', readAt: null })
    expect(rig.collector.current().problem).toContain('500 mismatch')
    rig.engine.before = () => {}
    await rig.time.advance(2_000)
    expect(rig.status()).toBe('live')
  })
})

describe('one container that cannot be inspected', () => {
  it('is retried twice, then shown with the problem, and the rest is whole', async () => {
    const rig = rigOf()
    rig.engine.put('c1')
    rig.engine.put('c2')
    rig.engine.before = call => {
      if (call === 'container c1') throw httpError(500, '500 network inspection mismatch')
    }
    rig.collector.start()
    await rig.time.advance(1_000)
    expect(rig.engine.calls.filter(call => call === 'container c1')).toHaveLength(3)
    expect(recordOf(rig, 'c1')).toMatchObject({
      detail: null,
      problem: 'inspect failed: 500 network inspection mismatch',
      summary: { name: 'c1' },
    })
    expect(recordOf(rig, 'c2')).toMatchObject({ problem: null, detail: { name: 'c2' } })
    rig.engine.before = () => {}
    await rig.time.advance(45_000)
    expect(recordOf(rig, 'c1')).toMatchObject({ problem: null, detail: { name: 'c1' } })
  })

  it('is fine when the second attempt answers', async () => {
    const rig = rigOf()
    rig.engine.put('c1')
    let failures = 1
    rig.engine.before = call => {
      if (call === 'container c1' && failures-- > 0) throw new PodmanError('reset', 'socket hang up')
    }
    rig.collector.start()
    await rig.time.advance(1_000)
    expect(recordOf(rig, 'c1')).toMatchObject({ problem: null, detail: { name: 'c1' } })
  })

  it('is dropped without a word when it is gone', async () => {
    const rig = rigOf()
    rig.engine.put('c1')
    rig.engine.put('c2')
    rig.engine.before = call => {
      if (call === 'container c1') throw httpError(404)
    }
    rig.collector.start()
    await rig.time.advance(1_000)
    expect(rig.names()).toEqual(['c2'])
    expect(rig.collector.current().problem).toBeNull()
  })
})

describe('an event', () => {
  it('costs the list and one inspect, and leaves every other record as it is', async () => {
    const rig = await running(20)
    const before = recordOf(rig, 'c7')
    rig.engine.put('c3', { state: 'exited', pid: null, netns: null }, { state: 'exited' })
    rig.engine.emit({ action: 'died', id: idOf('c3') })
    await rig.time.settle()
    expect(rig.calls().toSorted()).toEqual(['container c3', 'containers'])
    expect(rig.published).toHaveLength(1)
    expect(recordOf(rig, 'c3')).toMatchObject({ summary: { state: 'exited' }, detail: { state: 'exited' } })
    expect(recordOf(rig, 'c7')).toBe(before)
  })

  it.each(['exec', 'exec_died', 'attach'])('%s costs nothing', async action => {
    const rig = await running()
    rig.engine.emit({ action, id: idOf('c1') })
    await rig.time.advance(1_000)
    expect(rig.calls()).toEqual([])
  })

  it('that changes nothing publishes nothing', async () => {
    const rig = await running()
    rig.engine.emit({ action: 'sync', id: idOf('c1') })
    await rig.time.settle()
    expect(rig.calls()).toHaveLength(2)
    expect(rig.published).toEqual([])
    expect(rig.collector.current().revision).toBe(2)
  })

  it('after a quiet time is handled at once; what follows is collected', async () => {
    const rig = await running(0)
    rig.engine.put('c1', { state: 'created' }, { state: 'created' })
    rig.engine.emit({ action: 'create', id: idOf('c1') })
    await rig.time.settle()
    expect(recordOf(rig, 'c1')?.summary.state).toBe('created')
    rig.engine.put('c1', { state: 'running' })
    for (const action of ['init', 'start', 'start']) rig.engine.emit({ action, id: idOf('c1') })
    await rig.time.settle()
    expect(recordOf(rig, 'c1')?.summary.state).toBe('created')
    await rig.time.advance(250)
    expect(recordOf(rig, 'c1')?.summary.state).toBe('running')
    expect(rig.published).toHaveLength(2)
    expect(rig.calls().filter(call => call === 'containers')).toHaveLength(2)
  })

  it('during a read makes another read, so that the newest state wins', async () => {
    const rig = await running(1)
    let release = () => {}
    rig.engine.before = call =>
      call === 'container c1' ? new Promise<void>(resolve => void (release = resolve)) : undefined
    rig.engine.put('c1', { startedAt: '2026-01-02T00:00:00Z' }, { restartPolicy: 'first' })
    rig.engine.emit({ action: 'update', id: idOf('c1') })
    await rig.time.settle()
    rig.engine.emit({ action: 'update', id: idOf('c1') })
    rig.engine.before = () => {}
    release()
    rig.engine.put('c1', { startedAt: '2026-01-02T00:00:00Z' }, { restartPolicy: 'second' })
    await rig.time.advance(500)
    expect(recordOf(rig, 'c1')?.detail?.restartPolicy).toBe('second')
  })

  it('of a state that the parallel inspect did not see yet is inspected again', async () => {
    const rig = await running(1)
    const listed = new Promise<void>(resolve => rig.time.timers.after(10, resolve))
    rig.engine.before = call => (call === 'containers' ? listed : undefined)
    rig.engine.emit({ action: 'pause', id: idOf('c1') })
    await rig.time.settle()
    // Inspected by now, while the list is still on its way.
    rig.engine.put('c1', { state: 'paused' })
    await rig.time.advance(20)
    expect(recordOf(rig, 'c1')).toMatchObject({ summary: { state: 'paused' }, detail: { state: 'paused' } })
  })

  it('brings along what other rows of the list say', async () => {
    const rig = await running(5)
    rig.engine.put('c4', { state: 'exited', pid: null, netns: null })
    rig.engine.put('c5', { health: 'healthy' })
    rig.engine.emit({ action: 'sync', id: idOf('c1') })
    await rig.time.settle()
    expect(rig.calls().toSorted()).toEqual(['container c1', 'container c4', 'containers'])
    expect(recordOf(rig, 'c4')?.detail?.state).toBe('exited')
    expect(recordOf(rig, 'c5')?.summary.health).toBe('healthy')
  })

  it('create before the container can be inspected does not lose it', async () => {
    const rig = await running(0)
    let misses = 1
    rig.engine.before = call => {
      if (call === 'container c1' && misses-- > 0) throw httpError(404)
    }
    rig.engine.put('c1')
    rig.engine.emit({ action: 'create', id: idOf('c1') })
    await rig.time.settle()
    expect(rig.names()).toEqual(['c1'])
  })

  it('remove takes the container out', async () => {
    const rig = await running(2)
    rig.engine.drop('c1')
    rig.engine.emit({ action: 'remove', id: idOf('c1') })
    await rig.time.settle()
    expect(rig.names()).toEqual(['c2'])
  })

  it('disconnect inspects the container, whose row may look the same', async () => {
    const rig = await running(2)
    rig.engine.put('c1', {}, { attachments: [] })
    rig.engine.emit({ type: 'network', action: 'disconnect', id: idOf('c1') })
    await rig.time.settle()
    expect(recordOf(rig, 'c1')?.detail?.attachments).toEqual([])
  })

  it('connect to a network that is not known yet lists the networks', async () => {
    const rig = await running(1)
    rig.engine.networks.push(networkOf('app'))
    rig.engine.put('c1', { networks: ['app', 'podman'] })
    rig.engine.emit({ type: 'network', action: 'connect', id: idOf('c1') })
    await rig.time.settle()
    expect(rig.calls().toSorted()).toEqual(['container c1', 'containers', 'networks'])
    expect(
      rig.collector
        .current()
        .networks.map(network => network.name)
        .toSorted(),
    ).toEqual(['app', 'podman'])
  })

  it('network create and remove list the networks, and inspect nothing', async () => {
    const rig = await running(3)
    rig.engine.networks.push(networkOf('app'))
    rig.engine.emit({ type: 'network', action: 'create', id: idOf('net-app') })
    await rig.time.settle()
    expect(rig.calls().toSorted()).toEqual(['containers', 'networks'])
    expect(rig.collector.current().networks).toHaveLength(2)
    rig.engine.networks.pop()
    rig.engine.emit({ type: 'network', action: 'remove', id: idOf('net-app') })
    await rig.time.advance(250)
    expect(rig.collector.current().networks).toHaveLength(1)
  })

  it('of a pod member reads the pods, whose state follows from their members', async () => {
    const rig = await running(1)
    rig.engine.put('c2', { podId: idOf('p') })
    rig.engine.pods.set(idOf('p'), {
      summary: {
        id: idOf('p'),
        name: 'p',
        state: 'Degraded',
        createdAt: null,
        infraId: null,
        containerIds: [],
        networks: [],
      },
      detail: { id: idOf('p'), sharedNamespaces: [], hostNetwork: false, infraId: null, userModeOptions: null },
    })
    rig.engine.emit({ action: 'start', id: idOf('c2') })
    await rig.time.settle()
    expect(rig.calls().toSorted()).toEqual(['container c2', 'containers', 'pod p', 'pods'])
    expect(rig.collector.current().pods[0]?.summary.state).toBe('Degraded')

    const pod = rig.engine.pods.get(idOf('p'))
    if (pod !== undefined) pod.summary.state = 'Exited'
    rig.engine.put('c2', { podId: idOf('p'), state: 'exited' })
    rig.engine.emit({ action: 'died', id: idOf('c2') })
    await rig.time.advance(250)
    expect(rig.calls().toSorted()).toEqual(['container c2', 'containers', 'pods'])
    expect(rig.collector.current().pods[0]?.summary.state).toBe('Exited')
  })

  it('of a container with a volume that is not known yet lists the volumes', async () => {
    const rig = await running(1)
    rig.engine.volumes.push({ name: 'data', driver: 'local', options: { device: '/etc' } })
    const mount = { type: 'volume', source: 'data', destination: '/d', writable: true, propagation: null, name: 'data' }
    rig.engine.put('c2', {}, { mounts: [mount] })
    rig.engine.emit({ action: 'create', id: idOf('c2') })
    await rig.time.settle()
    expect(rig.calls()).toContain('volumes')
    expect(rig.collector.current().volumes).toMatchObject([{ name: 'data' }])
  })

  it('of 1,000 health checks costs one list in ten seconds, and shows who became unhealthy', async () => {
    const rig = await running(3)
    await rig.time.advance(9_000)
    rig.calls()
    rig.engine.put('c2', { health: 'unhealthy' })
    for (let index = 0; index < 1_000; index++) rig.engine.emit({ action: 'health_status', id: idOf('c2') })
    await rig.time.advance(11_000)
    expect(rig.calls()).toEqual(['containers'])
    expect(recordOf(rig, 'c2')?.summary.health).toBe('unhealthy')
  })

  it('that is malformed makes everything be compared', async () => {
    const rig = await running(2)
    rig.engine.drop('c1')
    rig.engine.networks.push(networkOf('app'))
    rig.engine.emit('malformed')
    await rig.time.settle()
    expect(rig.names()).toEqual(['c2'])
    expect(rig.collector.current().networks).toHaveLength(2)
  })

  it('a storm of changes is read at most four times a second, and ends with the truth', async () => {
    const rig = await running(0)
    for (let index = 0; index < 400; index++) {
      rig.engine.put(`c${index}`)
      rig.engine.emit({ action: 'create', id: idOf(`c${index}`) })
      if (index % 2 === 0) {
        rig.engine.drop(`c${index}`)
        rig.engine.emit({ action: 'remove', id: idOf(`c${index}`) })
      }
      await rig.time.advance(5)
    }
    expect(rig.published.length).toBeLessThanOrEqual(9)
    await rig.time.advance(2_000)
    expect(rig.collector.current().containers).toHaveLength(200)
  })
})

describe('the slow comparison', () => {
  it('corrects what no event told, and opens the silent stream again', async () => {
    const rig = await running(2)
    rig.engine.mute = true
    rig.engine.drop('c1')
    rig.engine.put('c3')
    await rig.time.advance(45_000)
    expect(rig.names()).toEqual(['c2', 'c3'])
    const opened = rig.engine.calls.filter(call => call === 'events').length
    await rig.time.advance(1_500)
    expect(rig.engine.calls.filter(call => call === 'events')).toHaveLength(opened + 1)
    expect(rig.engine.openStreams()).toBe(1)
    expect(rig.status()).toBe('live')
  })

  it('leaves a stream alone whose event only came late', async () => {
    const rig = await running(2)
    rig.engine.drop('c1')
    await rig.time.advance(45_000)
    rig.engine.emit({ action: 'remove', id: idOf('c1') })
    rig.calls()
    await rig.time.advance(5_000)
    expect(rig.engine.calls).not.toContain('events')
  })

  it('without a change publishes nothing, and makes the data young again', async () => {
    const rig = await running(5)
    await rig.time.advance(30_000)
    expect(rig.collector.ageSeconds()).toBeGreaterThan(29)
    const { readAt, revision } = rig.collector.current()
    await rig.time.advance(16_000)
    expect(rig.collector.ageSeconds()).toBeLessThan(2)
    expect(rig.published).toEqual([])
    expect(rig.collector.current().revision).toBe(revision)
    expect(rig.collector.current().readAt).not.toBe(readAt)
  })

  it('is not deceived by an order that Podman makes up each time', async () => {
    const rig = await running(1)
    rig.engine.put('c1', { networks: ['b', 'a'] })
    rig.engine.networks = [networkOf('b'), networkOf('a')]
    await rig.time.advance(45_000)
    rig.published.length = 0
    rig.calls()
    rig.engine.put('c1', { networks: ['a', 'b'] })
    rig.engine.networks.reverse()
    rig.engine.emit({ action: 'create', id: idOf('other') })
    await rig.time.advance(1_000)
    expect(rig.calls()).not.toContain('container c1')
    await rig.time.advance(45_000)
    expect(rig.published).toEqual([])
  })

  it('inspects every container again within a round', async () => {
    const rig = await running(13)
    rig.engine.put('c9', {}, { attachments: [] })
    await rig.time.advance(6 * 45_000 + 1_000)
    const inspected = rig.calls().filter(call => call.startsWith('container '))
    expect(new Set(inspected).size).toBe(13)
    expect(inspected.length).toBeLessThanOrEqual(18)
    expect(recordOf(rig, 'c9')?.detail?.attachments).toEqual([])
  })

  it('sees a network prune, of which Podman never tells', async () => {
    const rig = await running(1)
    rig.engine.networks = []
    await rig.time.advance(45_000)
    expect(rig.collector.current().networks).toEqual([])
  })

  it('reads networks every five seconds where Podman does not tell of them', async () => {
    const old = await running(0, { engine: Object.assign(fakeEngine(), { version: '5.3.2' }) })
    await old.time.advance(19_000)
    expect(old.calls()).toEqual(['networks', 'networks', 'networks'])
    expect(old.published).toEqual([])
    old.engine.networks.push(networkOf('app'))
    await old.time.advance(5_000)
    expect(old.published).toHaveLength(1)
    expect(old.collector.current().networks).toHaveLength(2)
    const recent = await running(0)
    await recent.time.advance(40_000)
    expect(recent.calls()).toEqual([])
  })

  it('notices another Podman behind the same socket, and reads everything anew', async () => {
    const rig = await running(2)
    rig.engine.version = '6.1.1'
    rig.engine.info = infoOf({ netavarkVersion: '2.0.0' })
    await rig.time.advance(45_000)
    expect(rig.collector.current()).toMatchObject({ podmanVersion: '6.1.1', info: { netavarkVersion: '2.0.0' } })
    expect(rig.calls().filter(call => call.startsWith('container '))).toHaveLength(2)
  })
})

describe('without events', () => {
  it('polls, says so, and goes on trying', async () => {
    const rig = rigOf()
    rig.engine.put('c1')
    rig.engine.info = infoOf({ eventLogger: 'none' })
    rig.engine.before = call => {
      if (call === 'events') throw httpError(500, '500 cannot read events with the "none" backend')
    }
    rig.collector.start()
    await rig.time.advance(300)
    expect(rig.status()).toBe('polling')
    expect(rig.collector.current().problem).toBe(
      'Podman gives no events (500 cannot read events with the "none" backend), so changes are seen every 30 s; set events_logger="file" in containers.conf.',
    )
    rig.calls()
    rig.engine.put('c2')
    await rig.time.advance(29_000)
    expect(rig.calls()).toEqual([])
    await rig.time.advance(1_500)
    expect(rig.names()).toEqual(['c1', 'c2'])
    rig.engine.before = () => {}
    await rig.time.advance(36_000)
    expect(rig.status()).toBe('live')
    expect(rig.collector.current().problem).toBeNull()
  })

  it('a stream that breaks again and again is not trusted, and the picture stays whole meanwhile', async () => {
    const rig = await running(1)
    rig.engine.before = call => {
      if (call === 'events') throw new PodmanError('reset', 'cut')
    }
    rig.engine.endStreams(new PodmanError('reset', 'cut'))
    await rig.time.advance(4_000)
    expect(rig.status()).toBe('polling')
    expect(rig.names()).toEqual(['c1'])
  })
})

describe('a stream that ends', () => {
  it('is opened again without a flicker, and what happened in between is read', async () => {
    const rig = await running(1)
    await rig.time.advance(10_000)
    rig.engine.put('c2')
    rig.engine.endStreams()
    await rig.time.advance(1)
    expect(rig.names()).toEqual(['c1', 'c2'])
    expect(rig.published.map(snapshot => snapshot.status)).toEqual(['live'])
    expect(rig.engine.openStreams()).toBe(1)
  })
})

describe('an engine that is lost', () => {
  const missing = () => new PodmanError('missing', 'ENOENT')

  it('keeps the last picture with its age and the problem, and comes back', async () => {
    const rig = await running(2)
    const before = rig.collector.current()
    await rig.time.advance(10_000)
    rig.engine.before = () => {
      throw new PodmanError('refused', 'ECONNREFUSED')
    }
    rig.engine.endStreams(new PodmanError('reset', 'killed'))
    await rig.time.settle()
    expect(rig.collector.current()).toMatchObject({ status: 'stale', podmanVersion: '5.4.2' })
    expect(rig.collector.current().problem).toContain('Nobody listens on /run/podman/podman.sock')
    expect(rig.collector.current().containers).toBe(before.containers)
    await rig.time.advance(60_000)
    expect(rig.collector.ageSeconds()).toBeGreaterThan(60)
    // One line per change of state, not per attempt.
    expect(rig.log).toHaveLength(2)
    rig.engine.before = () => {}
    rig.engine.put('c3')
    await rig.time.advance(15_000)
    expect(rig.collector.current()).toMatchObject({ status: 'live', problem: null })
    expect(rig.names()).toEqual(['c1', 'c2', 'c3'])
    expect(rig.engine.openStreams()).toBe(1)
  })

  it('is found again within a second of its socket appearing', async () => {
    const rig = rigOf()
    rig.socket.identity = null
    rig.engine.before = () => {
      throw missing()
    }
    rig.collector.start()
    await rig.time.advance(100_000)
    expect(rig.collector.current()).toMatchObject({ status: 'unreachable', readAt: null })
    expect(rig.collector.current().problem).toContain('No Podman socket at /run/podman/podman.sock')
    // Whatever the back-off has come to.
    rig.calls()
    await rig.time.advance(1_000)
    rig.engine.before = () => {}
    rig.socket.identity = 'disk:2'
    await rig.time.advance(1_400)
    expect(rig.status()).toBe('live')
  })

  it('is not asked more often than the back-off says', async () => {
    const rig = rigOf({ random: () => 0.999 })
    rig.engine.before = () => {
      throw missing()
    }
    rig.socket.identity = null
    rig.collector.start()
    await rig.time.advance(600_000)
    expect(rig.calls().length).toBeLessThan(50)
  })

  it('whose socket file goes away or is replaced is left for the new one', async () => {
    const rig = await running(1)
    rig.socket.identity = 'disk:2'
    await rig.time.advance(1_500)
    expect(rig.published.map(each => each.status)).toEqual(['stale', 'live'])
    rig.published.length = 0
    rig.socket.identity = null
    rig.engine.before = () => {
      throw missing()
    }
    await rig.time.advance(4_000)
    expect(rig.status()).toBe('stale')
    expect(rig.collector.current().problem).toContain('No Podman socket')
  })

  it('with another version is read from the beginning', async () => {
    const rig = await running(2)
    rig.engine.version = '5.8.2'
    rig.engine.info = infoOf({ podmanVersion: '5.8.2' })
    rig.socket.identity = 'disk:2'
    await rig.time.advance(2_000)
    expect(rig.collector.current()).toMatchObject({ podmanVersion: '5.8.2', info: { podmanVersion: '5.8.2' } })
  })

  it('after an accident nobody hears of is not called stale', async () => {
    const rig = await running(2)
    let failures = 1
    rig.engine.before = call => {
      if (call === 'containers' && failures-- > 0) throw new PodmanError('malformed', 'not JSON')
    }
    rig.engine.drop('c1')
    rig.engine.emit({ action: 'remove', id: idOf('c1') })
    await rig.time.advance(1_000)
    expect(rig.names()).toEqual(['c2'])
    expect(rig.published.map(snapshot => snapshot.status)).toEqual(['live'])
  })

  it.each([
    ['500 on the list', httpError(500, '500 no such layer')],
    ['HTML', new PodmanError('malformed', 'not JSON')],
    ['an answer too large', new PodmanError('too-large', 'more than 64 MB')],
    ['a broken connection', new PodmanError('reset', 'socket hang up')],
    ['a hanging engine', new PodmanError('timeout', 'no answer within 30000 ms')],
    ['no permission any more', new PodmanError('denied', 'EACCES')],
    ['Docker', new PodmanError('docker-only', 'Docker')],
  ])('answering with %s keeps the last picture as stale', async (_, error) => {
    const rig = await running(2)
    const before = rig.collector.current().containers
    rig.engine.before = call => {
      if (call === 'containers') throw error
    }
    rig.engine.drop('c1')
    rig.engine.emit({ action: 'remove', id: idOf('c1') })
    await rig.time.advance(3_000)
    expect(rig.status()).toBe('stale')
    expect(rig.collector.current().containers).toBe(before)
    rig.engine.before = () => {}
    await rig.time.advance(15_000)
    expect(rig.collector.current()).toMatchObject({ status: 'live', problem: null })
    expect(rig.names()).toEqual(['c2'])
  })

  it('that cannot even be dialled is explained', async () => {
    const rig = rigOf({
      connect: () => {
        throw new PodmanError('unsupported', 'ssh connections are not yet supported')
      },
      engine: fakeEngine(connectionOf({ transport: 'ssh', uri: 'ssh://core@host/run/podman.sock', path: null })),
    })
    rig.collector.start()
    await rig.time.advance(1_000)
    expect(rig.collector.current()).toMatchObject({ status: 'unreachable' })
    expect(rig.collector.current().problem).toContain('not yet supported')
  })
})

describe('time', () => {
  it('that somebody sets does not change the age', async () => {
    const rig = await running(1)
    const age = rig.collector.ageSeconds()
    rig.time.setWall(Date.UTC(2031, 0, 1))
    expect(rig.collector.ageSeconds()).toBe(age)
    rig.time.setWall(0)
    await rig.time.advance(5_000)
    expect(rig.collector.ageSeconds()).toBeCloseTo((age ?? 0) + 5, 1)
    expect(rig.status()).toBe('live')
    expect(rig.published).toEqual([])
  })

  it('spent asleep makes the picture stale at once, and then new', async () => {
    const rig = await running(1)
    rig.time.sleep(8 * 3_600_000)
    expect(rig.collector.ageSeconds()).toBeGreaterThan(28_000)
    rig.engine.put('c2')
    await rig.time.advance(1_500)
    expect(rig.published.map(snapshot => snapshot.status)).toEqual(['stale', 'live'])
    expect(rig.names()).toEqual(['c1', 'c2'])
    expect(rig.collector.ageSeconds()).toBeLessThan(2)
  })
})

describe('a recording', () => {
  it('is read once, is live, and grows old', async () => {
    const connection = connectionOf({
      transport: 'recording',
      uri: 'recording:demo',
      path: '/demo.json',
      ownerUid: null,
    })
    const rig = await running(2, { engine: fakeEngine(connection), socketIdentity: () => Promise.resolve(null) })
    await rig.time.advance(600_000)
    expect(rig.calls()).toEqual([])
    expect(rig.status()).toBe('live')
    expect(rig.collector.ageSeconds()).toBeGreaterThan(599)
  })
})

describe('the probe', () => {
  const factsOf = (more: Partial<ProbeFacts> = {}): ProbeFacts => ({
    ...noProbe('x'),
    available: true,
    reason: null,
    hostNetns: '4026531840',
    hostNetnsIsOwn: true,
    ...more,
  })

  it('is told what the engine says, and its facts come with a snapshot of their own', async () => {
    const inputs: ProbeInput[] = []
    const rig = await running(1, {
      probe: input => {
        inputs.push(input)
        return Promise.resolve(factsOf())
      },
    })
    expect(inputs[0]).toEqual({
      socketPath: '/run/podman/podman.sock',
      rootless: false,
      containers: [{ id: idOf('c1'), networkMode: 'bridge', pid: 100, conmonPid: 99, netns: '4026532000' }],
    })
    expect(rig.collector.current()).toMatchObject({ revision: 2, probe: { available: true } })
  })

  it('runs soon after a change, once more when that has settled, and regularly', async () => {
    let runs = 0
    const rig = await running(1, {
      probe: () => {
        runs++
        return Promise.resolve(factsOf())
      },
    })
    await rig.time.advance(20_000)
    runs = 0
    rig.engine.put('c2')
    rig.engine.emit({ action: 'start', id: idOf('c2') })
    await rig.time.settle()
    await rig.time.advance(0)
    expect(runs).toBe(1)
    await rig.time.advance(3_000)
    expect(runs).toBe(2)
    await rig.time.advance(30_000)
    expect(runs).toBe(4)
  })

  it('does not run more than once a second, and never twice at once', async () => {
    let runs = 0
    let atOnce = 0
    let most = 0
    const time = virtualTime()
    const rig = await running(0, {
      time,
      probe: async () => {
        runs++
        most = Math.max(most, ++atOnce)
        await new Promise<void>(resolve => time.timers.after(50, resolve))
        atOnce--
        return factsOf()
      },
    })
    runs = 0
    for (let index = 0; index < 100; index++) {
      rig.engine.put(`c${index}`)
      rig.engine.emit({ action: 'create', id: idOf(`c${index}`) })
      await rig.time.advance(100)
    }
    expect(runs).toBeLessThanOrEqual(11)
    expect(runs).toBeGreaterThan(5)
    expect(most).toBe(1)
    await rig.time.advance(100)
  })

  it('that changes is published without a call to the engine', async () => {
    let facts = factsOf()
    const rig = await running(1, { probe: () => Promise.resolve(facts) })
    facts = factsOf({ hostListeners: { known: true, value: [], source: 'x' } })
    await rig.time.advance(16_000)
    expect(rig.published).toHaveLength(1)
    expect(rig.calls()).toEqual([])
    const again = rig.collector.current()
    facts = structuredClone(facts)
    await rig.time.advance(16_000)
    expect(rig.collector.current().probe).toBe(again.probe)
    expect(rig.published).toHaveLength(1)
  })

  it('that throws harms nothing else', async () => {
    const rig = await running(1, {
      probe: () => Promise.reject(new Error('no /proc')),
    })
    expect(rig.collector.current()).toMatchObject({
      status: 'live',
      probe: { available: false, reason: "The kernel's side could not be read: no /proc." },
    })
  })

  it('that proves another host’s namespace keeps hosts of one name apart, also when it fails later', async () => {
    let facts = factsOf({ hostNetnsIsOwn: false })
    const rig = await running(1, { probe: () => Promise.resolve(facts) })
    expect(rig.collector.current().machine).toBe('lab#4026531840')
    facts = noProbe('gone')
    await rig.time.advance(16_000)
    expect(rig.collector.current()).toMatchObject({ machine: 'lab#4026531840', probe: { available: false } })
  })

  it('rests while the engine is lost', async () => {
    let runs = 0
    const rig = await running(1, {
      probe: () => {
        runs++
        return Promise.resolve(factsOf())
      },
    })
    await rig.time.advance(20_000)
    rig.engine.before = () => {
      throw new PodmanError('missing', 'ENOENT')
    }
    rig.engine.endStreams()
    await rig.time.advance(100)
    runs = 0
    await rig.time.advance(60_000)
    expect(runs).toBe(0)
    rig.engine.before = () => {}
    await rig.time.advance(20_000)
    expect(runs).toBeGreaterThan(0)
  })
})

describe('stop', () => {
  it('ends every call and every timer, and nothing is published any more', async () => {
    const rig = await running(2)
    const stopped = rig.collector.stop()
    await rig.time.advance(0)
    await stopped
    rig.engine.put('c9')
    rig.engine.emit({ action: 'create', id: idOf('c9') })
    await rig.time.advance(120_000)
    expect(rig.calls()).toEqual([])
    expect(rig.published).toEqual([])
    expect(rig.engine.openStreams()).toBe(0)
    expect(rig.time.pending()).toBe(0)
  })
})

it('calls are counted over all reconnections', async () => {
  const rig = await running(1)
  rig.socket.identity = 'disk:2'
  await rig.time.advance(2_000)
  const calls = rig.collector.counters()['/containers/json']?.calls ?? 0
  expect(calls).toBeGreaterThanOrEqual(2)
})

it('a container of 1,000 that changes costs at most three calls besides the list', async () => {
  const rig = await running(1_000)
  rig.engine.put('c500', { startedAt: '2026-01-03T00:00:00Z', podId: null }, detailOf('c500'))
  rig.engine.emit({ action: 'start', id: idOf('c500') })
  await rig.time.settle()
  expect(rig.calls().filter(call => call !== 'containers').length).toBeLessThanOrEqual(3)
})
