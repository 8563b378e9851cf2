import { describe, expect, test } from 'vitest'
import { PodmanError } from '@/lib/podman/errors'
import { noProbe } from '@/lib/probe/facts'
import type { ProbeInput } from '@/lib/probe/types'
import { connectionOf, fakeEngine } from './fake-engine'
import { readOnce } from './once'

const facts = { ...noProbe('x'), available: true, reason: null, hostNetns: '1', hostNetnsIsOwn: true }

async function once(engine = fakeEngine()) {
  const asked: ProbeInput[] = []
  const snapshot = await readOnce({
    connection: connectionOf(),
    client: engine.client(),
    probe: input => {
      asked.push(input)
      return Promise.resolve(facts)
    },
  })
  return { snapshot, asked }
}

describe('one look', () => {
  test('has everything, the kernel included', async () => {
    const engine = fakeEngine()
    engine.put('c1')
    engine.put('c2')
    const { snapshot, asked } = await once(engine)
    expect(snapshot).toMatchObject({
      status: 'live',
      problem: null,
      podmanVersion: '5.4.2',
      rootless: false,
      probe: facts,
    })
    expect(snapshot.readAt).toMatch(/^\d{4}-/)
    expect(snapshot.containers.map(({ summary }) => summary.name)).toEqual(['c1', 'c2'])
    expect(asked.map(({ containers }) => containers.length)).toEqual([2])
    expect(engine.calls.filter(call => call.startsWith('events'))).toEqual([])
  })

  test('of an engine that is not there says why', async () => {
    const engine = fakeEngine()
    engine.before = () => {
      throw new PodmanError('missing', 'no such file')
    }
    const { snapshot, asked } = await once(engine)
    expect(snapshot).toMatchObject({ status: 'unreachable', containers: [], readAt: null, probe: { available: false } })
    expect(snapshot.problem).toContain('No Podman socket')
    expect(asked).toEqual([])
  })

  test('at an engine that breaks one connection is taken again', async () => {
    const engine = fakeEngine()
    engine.put('c1')
    let failures = 0
    engine.before = () => {
      failures += 1
      if (failures === 1) throw new PodmanError('reset', 'gone')
      return undefined
    }
    expect((await once(engine)).snapshot).toMatchObject({ status: 'live', containers: [{ summary: { name: 'c1' } }] })
  })

  test('survives a probe that fails', async () => {
    const snapshot = await readOnce({
      connection: connectionOf(),
      client: fakeEngine().client(),
      probe: () => Promise.reject(new Error('no kernel')),
    })
    expect(snapshot).toMatchObject({ status: 'live', probe: { available: false } })
    expect(snapshot.probe.reason).toContain('no kernel')
  })
})
