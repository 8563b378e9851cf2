/**
 * Faults of which the engine itself is part, on a real one: its socket, its events, its idle exit and its upgrade. Podwire runs
 * in a time of its own, so what takes real time is waited for by what it brings about.
 */
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { buildScene } from '@/lib/graph/scene'
import { afterwards, watch, type WatchedRig } from '../faults/rig'
import { ONE_POLL, withstands } from '../faults/withstands'
import { startActivation } from './activation'
import { type LabHost, type ServiceOptions, startLabHost } from './host'
import { copyPodman } from './podman-copy'

const LIST = '/containers/json'
const IMAGE = 'localhost/busybox'
/** For what a real engine does in its own time; how long that is is the guard's matter. */
const SOON = { timeout: 50_000, interval: 20 }
const WITHOUT_EVENTS: ServiceOptions = { podman: ['podman', '--events-backend=none'] }

let lab: LabHost
beforeAll(async () => {
  lab = await startLabHost({ suite: 'bookworm', scenario: 'faults' })
})
afterAll(() => lab?.stop())

/** Whatever the last test has left. */
beforeEach(async () => {
  if (lab.engine.isServing()) await lab.engine.killService()
  await lab.engine.startService()
})

/** Every line of the events stream from now on, as it comes to the proxy; those that `keep` wants are kept back. */
function listen(rig: WatchedRig, keep = false) {
  const lines: string[] = []
  rig.proxy.lines = line => {
    lines.push(line)
    return keep ? [] : [line]
  }
  const has = (action: string, id: string) =>
    lines.some(line => line.includes(`"Action":"${action}"`) && line.includes(id))
  return { lines, heard: (action: string, id: string) => vi.waitFor(() => expect(has(action, id)).toBe(true), SOON) }
}

const idOf = async (name: string) => (await lab.engine.podman('inspect', '--format', '{{.Id}}', name)).trim()
const isShown = (rig: WatchedRig, name: string) => () => rig.names().includes(name)
const errorsOf = (rig: WatchedRig) => rig.collector.counters()[LIST]?.errors ?? 0

test('F06 podman.service killed -9 in mid-reply, a real one: the part is discarded, the snapshot kept, then everything is read', async () => {
  const rig = await watch(lab.engine.socket)
  const errors = errorsOf(rig)
  let die = () => {}
  await withstands(rig, {
    async strike() {
      // Longer than what a socket holds, so the engine stands in the midst of it.
      const until = new Promise<void>(resolve => (die = resolve))
      rig.proxy.fault(LIST, { kind: 'halt', at: 700, until }, 1)
      const { heard } = listen(rig)
      await lab.engine.podman('create', '--replace', '--name', 'meanwhile', IMAGE)
      await heard('create', await idOf('meanwhile'))
      await rig.until('half answered', () => rig.proxy.held() === 1)
      await lab.engine.killService()
      die()
      await vi.waitFor(() => expect(errorsOf(rig)).toBe(errors + 1), SOON)
      // Behind a proxy that listens somebody does listen.
      await rig.proxy.refuse()
    },
    seenAs: 'stale',
    says: 'Nobody listens',
    meanwhile: () => expect(rig.names()).not.toContain('meanwhile'),
    async mend() {
      rig.proxy.requests.length = 0
      await lab.engine.startService()
      await rig.proxy.listen()
    },
  })
  expect(rig.names()).toContain('meanwhile')
  for (const path of [LIST, '/networks/json', '/pods/json', '/volumes/json', '/events'])
    expect(rig.calls(path).length, path).toBeGreaterThan(0)
})

test('F08 idle exit and socket activation, of a real service: the event stream holds it up; polling lets it go, and waits for it', async () => {
  await lab.engine.killService()
  let service: ServiceOptions = { idleSeconds: 1 }
  const activation = await startActivation(lab.engine, () => lab.engine.startService(service))
  afterwards(() => activation.close())
  const rig = await watch(activation.path, { isDirect: true })
  // Kept connections end, the stream stays; and another service that nobody visits has come and gone meanwhile.
  await vi.waitFor(() => expect(activation.connections()).toBe(1), SOON)
  const begun = activation.starts()
  await lab.engine.podman('system', 'service', '--time=1', 'unix:///run/podman/unvisited.sock')
  expect(lab.engine.isServing()).toBe(true)
  expect(activation.starts()).toBe(begun)

  await withstands(rig, {
    async strike() {
      service = { ...WITHOUT_EVENTS, idleSeconds: 1 }
      await lab.engine.killService()
    },
    seenAs: 'polling',
    says: 'Podman gives no events',
    async meanwhile() {
      const starts = activation.starts()
      await vi.waitFor(() => expect(lab.engine.isServing()).toBe(false), SOON)
      // One that is only created would be looked at again soon.
      await lab.engine.podman('run', '-d', '--replace', '--name', 'slept-over', IMAGE)
      await rig.until('polled', isShown(rig, 'slept-over'), 31_000)
      // On a busy machine its second may be over between two questions of one round.
      expect(activation.starts()).toBeGreaterThan(starts)
      expect(rig.host().status).toBe('polling')
    },
    async mend() {
      service = { idleSeconds: 1 }
      await lab.engine.killService()
    },
    within: 75_000,
  })
})

test('F26 a name used again by a new id, and a rename, on a real engine: by id, with the same finding and place', async () => {
  await lab.engine.podman('run', '-d', '--replace', '--name', 'www', '--network', 'frontend', '-p', '8090:80', IMAGE)
  const old = await idOf('www')
  const rig = await watch(lab.engine.socket)
  const found = () =>
    rig.hub
      .findings()
      .findings.filter(({ subject }) => subject.name === 'www')
      .map(({ id }) => id)
  const place = () => {
    const { nodes } = buildScene(rig.hub.topology(), rig.hub.findings(), { aspect: 16 / 9 })
    return nodes
      .filter(({ label }) => label === 'www')
      .map(({ kind, x, y, width, height }) => ({ kind, x, y, width, height }))
  }
  const before = { found: found(), place: place() }
  expect(before.found.length).toBeGreaterThan(0)
  expect(before.place.length).toBeGreaterThan(0)
  await withstands(rig, {
    async strike() {
      // As compose does it. Told when all of it has happened, for in between the name is nobody's.
      const { lines, heard } = listen(rig, true)
      await lab.engine.podman('rm', '-f', '-t', '0', 'www')
      await lab.engine.podman('run', '-d', '--name', 'www', '--network', 'frontend', '-p', '8090:80', IMAGE)
      await heard('remove', old)
      await heard('start', await idOf('www'))
      rig.proxy.lines = null
      rig.proxy.inject(...lines.map(line => `${line}\n`))
      const id = await idOf('www')
      expect(id).not.toBe(old)
      await rig.until('the new one', () => rig.host().containers.some(one => one.id.endsWith(id)), 3_000)
    },
    seenAs: 'live',
    meanwhile() {
      expect(rig.names().filter(name => name === 'www')).toHaveLength(1)
      expect({ found: found(), place: place() }).toEqual(before)
    },
  })
  const rules = () =>
    rig
      .findings()
      .filter(finding => / (www|home)$/.test(finding))
      .map(finding => finding.split(' ')[0])
  const ofOld = rules()
  const { heard } = listen(rig)
  await lab.engine.podman('rename', 'www', 'home')
  await heard('rename', await idOf('home'))
  await rig.until('renamed', isShown(rig, 'home'), 2_000)
  expect(rig.names()).not.toContain('www')
  // What was found of the old name is found of the new one.
  expect(rules()).toEqual(ofOld)
  rig.breaches.length = 0
  await lab.engine.podman('rm', '-f', '-t', '0', 'home')
})

const MOVES = [
  ['party', 'frontend'],
  ['frontend', 'party'],
  ['party', 'frontend'],
] as const

test('F27 network connect and disconnect while inspecting, on a real engine: settled within one poll', async () => {
  await lab.engine.podman('run', '-d', '--replace', '--name', 'mover', '--network', 'frontend', IMAGE)
  const id = await idOf('mover')
  const rig = await watch(lab.engine.socket)
  const attached = () =>
    rig
      .host()
      .namespaces.find(({ ownerId }) => ownerId?.endsWith(id) === true)
      ?.attachments.map(({ networkName }) => networkName)
      .toSorted()
  const { lines, heard } = listen(rig)
  const change = async (verb: 'connect' | 'disconnect', network: string) => {
    lines.length = 0
    await lab.engine.podman('network', verb, network, 'mover')
    await heard(verb, id)
  }
  await withstands(rig, {
    async strike() {
      for (const [joined, left] of MOVES) {
        let release = () => {}
        const until = new Promise<void>(resolve => (release = resolve))
        rig.proxy.fault(`/containers/${id}`, { kind: 'hold', until }, 1)
        await change('connect', joined)
        await rig.until('kept back', () => rig.proxy.held() === 1)
        await change('disconnect', left)
        release()
        await rig.time.advance(1_000)
      }
    },
    seenAs: 'live',
    meanwhile: () => rig.until('settled', () => attached()?.join() === 'party', ONE_POLL),
  })
  expect(rig.findings().filter(finding => finding.startsWith('inspect-incomplete'))).toEqual([])
  await lab.engine.podman('rm', '-f', '-t', '0', 'mover')
})

test('F28 event logger "none", of a real engine: polled, and said', async () => {
  const rig = await watch(lab.engine.socket)
  await withstands(rig, {
    async strike() {
      await lab.engine.killService()
      await lab.engine.startService(WITHOUT_EVENTS)
    },
    seenAs: 'polling',
    says: /^Podman gives no events \(500 cannot read events with the "none" backend\), so changes are seen every 30 s/,
    async meanwhile() {
      await lab.engine.podman('create', '--replace', '--name', 'unheard', IMAGE)
      await rig.until('polled', isShown(rig, 'unheard'), 31_000)
      expect(rig.host().status).toBe('polling')
    },
    async mend() {
      await lab.engine.killService()
      await lab.engine.startService()
    },
    within: 36_000,
  })
})

test('F07 podman upgraded and restarted, from 4.3.1 to 5.4.2 with the same containers: version and info are read anew', async () => {
  const folder = join(lab.run, 'lab', 'next')
  await mkdir(folder, { recursive: true })
  const podman = await copyPodman('trixie', folder, '/run/lab/next')
  const rig = await watch(lab.engine.socket)
  const [names, older] = [rig.names(), rig.host().engine]
  expect(older).toMatchObject({ podman: expect.stringMatching(/^4\.3\./), netavark: null })
  await withstands(rig, {
    async strike() {
      await lab.engine.killService()
      await rig.proxy.refuse()
    },
    seenAs: 'stale',
    says: 'Nobody listens',
    async mend() {
      await lab.engine.startService({ podman })
      await rig.proxy.listen()
    },
  })
  expect(rig.host().engine).toMatchObject({
    podman: expect.stringMatching(/^5\.4\./),
    netavark: expect.stringMatching(/^1\./),
  })
  expect(rig.names()).toEqual(names)
  expect(rig.collector.current().containers.every(({ problem }) => problem === null)).toBe(true)
})
