import { describe, expect, it } from 'vitest'
import { PodmanError } from '@/lib/podman/errors'
import { noProbe } from '@/lib/probe/facts'
import type { ProbeFacts, ProbeInput } from '@/lib/probe/types'
import { connectionOf, fakeEngine, idOf } from './fake-engine'
import { running, virtualTime } from './testing'

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
