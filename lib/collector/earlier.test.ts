/** What was known of a part stays while that part cannot be read. */
import { describe, expect, it } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { reachOf } from '@/lib/reach/reach'
import { buildTopology } from '@/lib/topology/build'
import { httpError, idOf } from './fake-engine'
import { recordOf, running, type Rig } from './testing'

const address = (value: string) => ({
  networkName: 'podman',
  networkId: null,
  addresses: [value],
  mac: null,
  gateway: null,
  aliases: [],
})

const modelOf = ({ collector }: Rig) => buildTopology(collector.current())
const findingsOf = (rig: Rig) =>
  examine([modelOf(rig)]).findings.map(({ ruleId, subject }) => `${ruleId} ${subject.name}`)

/** Two containers, c1 privileged; from now on c1 cannot be inspected. */
async function broken(): Promise<Rig> {
  const rig = await running(2)
  rig.engine.put('c1', { netns: '4026532001' }, { privileged: true, attachments: [address('10.88.0.7')] })
  rig.engine.emit({ action: 'update', id: idOf('c1') })
  await rig.time.advance(1_000)
  expect(findingsOf(rig)).toContain('privileged c1')
  rig.engine.before = call => {
    if (call === 'container c1') throw httpError(500, '500 network inspection mismatch')
  }
  return rig
}

describe('a container that cannot be inspected any more', () => {
  it('keeps its findings and addresses, and its reader is told that they are old', async () => {
    const rig = await broken()
    rig.engine.emit({ action: 'update', id: idOf('c1') })
    await rig.time.advance(2_000)
    expect(recordOf(rig, 'c1')).toMatchObject({
      detail: { privileged: true, attachments: [address('10.88.0.7')] },
      problem: 'inspect failed: 500 network inspection mismatch',
    })
    expect(findingsOf(rig)).toContain('privileged c1')
    expect(findingsOf(rig)).toContain('inspect-incomplete c1')
    rig.engine.before = () => {}
    await rig.time.advance(46_000)
    expect(recordOf(rig, 'c1')?.problem).toBeNull()
    expect(findingsOf(rig)).not.toContain('inspect-incomplete c1')
  })

  it('and was started anew keeps what it was made with, but no address of its former run', async () => {
    const rig = await broken()
    rig.engine.put('c1', { pid: 200, netns: '4026532009' }, { attachments: [address('10.88.0.8')] })
    rig.engine.emit({ action: 'start', id: idOf('c1') })
    await rig.time.advance(2_000)
    expect(recordOf(rig, 'c1')?.detail).toMatchObject({ privileged: true, pid: 200, attachments: null })
    expect(findingsOf(rig)).toContain('privileged c1')
    const model = modelOf(rig)
    const reach = reachOf(model)
    const namespaces = model.host.namespaces.filter(({ kind }) => kind === 'private')
    expect(namespaces.find(({ id }) => id.endsWith(idOf('c1')))?.attachments).toMatchObject([
      { networkName: 'podman', addresses: [] },
    ])
    const row = reach.row({ kind: 'container', name: 'c2' })
    expect(row?.direct.find(({ to }) => to === 'container:c1')).toMatchObject({ verdict: 'unknown' })
  })

  it('is tried again at every comparison, however often it failed', async () => {
    const rig = await broken()
    rig.engine.emit({ action: 'update', id: idOf('c1') })
    await rig.time.advance(100_000)
    rig.calls()
    await rig.time.advance(46_000)
    expect(rig.calls()).toContain('container c1')
  })
})

it('volumes that cannot be read any more stay, and are not called complete', async () => {
  const rig = await running(0)
  rig.engine.volumes.push({ name: 'etc', driver: 'local', options: { o: 'bind', device: '/etc' } })
  const mount = { type: 'volume', source: 'etc', destination: '/d', writable: true, propagation: null, name: 'etc' }
  rig.engine.put('c1', {}, { mounts: [mount] })
  rig.engine.emit({ action: 'create', id: idOf('c1') })
  await rig.time.advance(1_000)
  const before = findingsOf(rig)
  expect(before.some(line => line.endsWith(' c1'))).toBe(true)
  rig.engine.before = call => {
    if (call === 'volumes') throw httpError(500)
  }
  await rig.time.advance(46_000)
  expect(findingsOf(rig)).toEqual(before)
  expect(modelOf(rig).facts.volumesUnknown).toBe(true)
  rig.engine.before = () => {}
  await rig.time.advance(46_000)
  expect(modelOf(rig).facts.volumesUnknown).toBe(false)
})
