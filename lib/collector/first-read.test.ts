import { describe, expect, it } from 'vitest'
import { PodmanError } from '@/lib/podman/errors'
import { connectionOf, fakeEngine, httpError, idOf } from './fake-engine'
import { recordOf, rigOf } from './testing'

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

  it('inspects while other lists are on their way, and asks no further once one of them has failed', async () => {
    const rig = rigOf()
    for (let index = 0; index < 40; index++) rig.engine.put(`c${index}`)
    let fail: (error: unknown) => void = () => {}
    let inspected = 0
    rig.engine.before = call => {
      if (call === 'networks') return new Promise<void>((_, reject) => void (fail = reject))
      if (!call.startsWith('container ')) return undefined
      inspected += 1
      return inspected > 10 ? new Promise<void>(() => {}) : undefined
    }
    rig.collector.start()
    await rig.time.advance(100)
    expect(inspected).toBe(18)
    fail(httpError(500))
    await rig.time.settle()
    expect(rig.status()).toBe('unreachable')
    expect(inspected).toBe(18)
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
