/**
 * Live hosts of every generation, rootful and rootless: the topology is what podman and the kernel say there, what changes
 * is seen in the stream, and what is secret in no answer.
 */
import { Agent, request } from 'undici'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Host, NamespaceKind } from '@/lib/topology/types'
import { getHost, getProbedHost, getText } from './api'
import { foreignTo } from './asked'
import { commandTests } from './commands'
import { differences } from './differences'
import { type LabHost, startLabHost } from './host'
import { eachLane, type Lane, LANES } from './lanes'
import { LIVE_CHANGES } from './live-changes'
import { type Podwire, startPodwire } from './server'
import { TopologyStream } from './stream'
import { GENERATIONS } from './suites'
import { note } from './times'
import { truthOf } from './truth'

/** What a scenario must have brought about, else a comparison of two empty things would pass. */
const KINDS: Record<Lane['scenario'], (generation: number) => NamespaceKind[]> = {
  varied: generation => ['host', 'none', 'path', 'private', ...(generation < 6 ? (['slirp4netns'] as const) : [])],
  rootless: generation => ['host', 'none', 'private', generation < 5 ? 'slirp4netns' : 'pasta'],
}

/** Network changes make no event before Podman 5.4; then they are found within the next look. */
const LIMIT = 20_000

eachLane(LANES, ({ suite, user, scenario, title }) => {
  const canary = `canary-${Math.random().toString(36).slice(2, 12)}`
  let lab: LabHost
  let podwire: Podwire
  let host: Host
  beforeAll(async () => {
    lab = await startLabHost({ suite, user, scenario, env: { CANARY: canary } })
    podwire = await startPodwire({ on: lab, as: user })
    host = await getProbedHost(podwire)
  })
  afterAll(async () => {
    await podwire?.stop()
    await lab?.stop()
  })

  test('the engine is of the generation that the lane is there for', () => {
    expect(host.engine?.podman.startsWith(GENERATIONS[suite])).toBe(true)
    expect(host.rootless).toBe(user === 'dev')
    expect(host.status).toBe('live')
  })

  test('the topology is what podman and the kernel say', async () => {
    expect(differences(host, await truthOf(lab, lab.engine))).toEqual([])
  })

  test('there is something of every kind', () => {
    const kinds = new Set(host.namespaces.map(one => one.kind))
    expect([...kinds]).toEqual(expect.arrayContaining(KINDS[scenario](Number(GENERATIONS[suite][0]))))
    expect(host.namespaces.filter(one => one.memberIds.length > 1).length).toBeGreaterThanOrEqual(2)
    expect(host.namespaces.filter(one => one.attachments.length > 1).length).toBeGreaterThanOrEqual(1)
    expect(host.namespaces.flatMap(one => one.published).length).toBeGreaterThanOrEqual(5)
    expect(new Set(host.containers.map(one => one.state)).size).toBeGreaterThanOrEqual(3)
    expect(host.interfaces?.length).toBeGreaterThanOrEqual(3)
  })

  test('P3 what is secret is in no answer', async () => {
    // That it is there to be found: Podman itself tells it to everyone who may ask.
    expect(await lab.engine.podman('inspect', 'canary')).toContain(`${canary}-env`)
    const paths = [
      '/',
      '/healthz',
      '/readyz',
      '/metrics',
      ...['topology', 'findings', 'schema', 'about'].map(path => `/api/v1/${path}`),
      ...host.containers.map(one => `/api/v1/containers/${encodeURIComponent(one.id)}`),
      ...host.pods.map(one => `/api/v1/pods/${encodeURIComponent(one.id)}`),
      ...host.networks.map(one => `/api/v1/networks/${encodeURIComponent(one.name)}`),
      ...host.containers.map(one => `/api/v1/reach?from=${encodeURIComponent(`container:${one.name}`)}`),
    ]
    const leaks: string[] = []
    for (const path of paths) if ((await getText(podwire, path)).includes(canary)) leaks.push(path)
    expect(leaks).toEqual([])
    expect(podwire.output()).not.toContain(canary)
  })

  describe('on the command line', () => commandTests(() => ({ lab, user, podwire, canary })))

  describe('what changes is seen in the stream', () => {
    let stream: TopologyStream
    beforeAll(async () => {
      stream = new TopologyStream(podwire.url)
      await stream.until('the topology', () => true)
    })
    afterAll(() => stream?.close())

    test.each(LIVE_CHANGES)('$what', async ({ what, make, shown }) => {
      const seen = stream.until(what, shown, LIMIT).then(() => performance.now())
      await make(lab.engine)
      const returned = performance.now()
      note(title, what, Math.max(0, (await seen) - returned))
    })

    test('podman system service killed and started again', async () => {
      await lab.engine.killService()
      await stream.until('that the host is not live', one => one.status !== 'live', LIMIT)
      // Made while nobody served: only a new reading can find it.
      await lab.engine.podman('run', '-d', '--name', 'meanwhile', 'localhost/busybox')
      await lab.engine.startService()
      const ready = performance.now()
      await stream.until(
        'what was made meanwhile',
        one => one.status === 'live' && one.containers.some(({ name }) => name === 'meanwhile'),
        LIMIT,
      )
      note(title, 'podman system service restarted', performance.now() - ready)
    })

    test('after all of it stream, answer and truth are one', async () => {
      const truth = await truthOf(lab, lab.engine)
      // The kernel's side is read a little later than a change is told.
      await expect
        .poll(async () => differences(await getHost(podwire), truth), { timeout: LIMIT, interval: 500 })
        .toEqual([])
      await expect
        .poll(async () => [withoutAge(stream.host)], { timeout: LIMIT, interval: 500 })
        .toEqual([withoutAge(await getHost(podwire))])
      expect(stream.text).not.toContain(canary)
    })
  })

  test('P1 Podman’s own log has nothing but the ten reads', async () => {
    expect(lab.engine.asked.size).toBeGreaterThanOrEqual(8)
    expect(foreignTo(lab.engine)).toEqual([])
    // Another one would be there.
    const agent = new Agent({ connect: { socketPath: lab.engine.socket } })
    const { body } = await request('http://podman/v4.0.0/libpod/images/json', { dispatcher: agent })
    await body.dump()
    await agent.close()
    const foreign = 'GET /v4.0.0/libpod/images/json'
    await expect.poll(() => foreignTo(lab.engine)).toEqual([foreign])
    lab.engine.asked.delete(foreign)
  })
})

/** Age is computed for each answer; it makes no patch. */
const withoutAge = (host: Host | null) => (host === null ? null : { ...host, ageSeconds: null })
