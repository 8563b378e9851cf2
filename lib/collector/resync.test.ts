import { describe, expect, it } from 'vitest'
import { PodmanError } from '@/lib/podman/errors'
import { fakeEngine, httpError, idOf, infoOf, networkOf } from './fake-engine'
import { recordOf, rigOf, running } from './testing'

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
