import { describe, expect, it } from 'vitest'
import { detailOf, httpError, idOf, networkOf } from './fake-engine'
import { recordOf, running } from './testing'

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

  it('after a quiet time is handled at once, as are the next two; what follows is collected', async () => {
    const rig = await running(0)
    await rig.time.advance(1_000)
    rig.calls()
    const states = ['created', 'running', 'paused', 'exited'] as const
    const become = async (state: (typeof states)[number]) => {
      rig.engine.put('c1', { state }, { state })
      rig.engine.emit({ action: 'update', id: idOf('c1') })
      await rig.time.settle()
      return recordOf(rig, 'c1')?.summary.state
    }
    expect(await become('created')).toBe('created')
    expect(await become('running')).toBe('running')
    expect(await become('paused')).toBe('paused')
    expect(await become('exited')).toBe('paused')
    await rig.time.advance(250)
    expect(recordOf(rig, 'c1')?.summary.state).toBe('exited')
    expect(rig.published).toHaveLength(4)
    expect(rig.calls().filter(call => call === 'containers')).toHaveLength(4)
  })

  it('that is late is not waited for: who was just created is looked at again until it runs', async () => {
    const rig = await running(0)
    rig.engine.put('c1', { state: 'created' }, { state: 'created' })
    rig.engine.emit({ action: 'create', id: idOf('c1') })
    await rig.time.settle()
    rig.engine.put('c1', { state: 'running' })
    await rig.time.advance(100)
    expect(recordOf(rig, 'c1')?.summary.state).toBe('running')
    rig.calls()
    await rig.time.advance(5_000)
    expect(rig.calls()).toEqual([])
  })

  it('that never comes is not waited for long: who was only created stays so', async () => {
    const rig = await running(0)
    rig.engine.put('c1', { state: 'created' }, { state: 'created' })
    rig.engine.emit({ action: 'create', id: idOf('c1') })
    await rig.time.advance(10_000)
    expect(rig.calls().filter(call => call === 'containers').length).toBeLessThanOrEqual(12)
    expect(rig.published).toHaveLength(1)
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

it('a container of 1,000 that changes costs at most three calls besides the list', async () => {
  const rig = await running(1_000)
  rig.engine.put('c500', { startedAt: '2026-01-03T00:00:00Z', podId: null }, detailOf('c500'))
  rig.engine.emit({ action: 'start', id: idOf('c500') })
  await rig.time.settle()
  expect(rig.calls().filter(call => call !== 'containers').length).toBeLessThanOrEqual(3)
})
