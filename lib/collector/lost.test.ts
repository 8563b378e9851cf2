import { describe, expect, it } from 'vitest'
import { PodmanError } from '@/lib/podman/errors'
import { connectionOf, fakeEngine, httpError, idOf, infoOf } from './fake-engine'
import { rigOf, running } from './testing'

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
