/** The stream of events: late, silent, cut, mangled, doubled, lost, too much, not there. */
import { expect, test } from 'vitest'
import { containerNamed } from '../engine/content'
import { objectAt } from '../engine/json'
import { containerId, syntheticContainer, syntheticContent, syntheticNetwork } from '../engine/synthetic'
import { rigOf, type Rig } from './rig'
import { ONE_POLL, withstands } from './withstands'

const fresh = (index: number, more: { name?: string; state?: 'running' | 'exited' } = {}) =>
  syntheticContainer({ index, name: `fresh-${index}`, networks: ['podman'], ...more })

/** One more container, of which an event tells. */
function appear(rig: Rig, index: number): void {
  rig.engine.put(fresh(index))
  rig.engine.emit({ action: 'create', id: containerId(index) })
}
const isShown = (rig: Rig, index: number) => () => rig.names().includes(`fresh-${index}`)
const line = (index: number, name = 'x') =>
  `${JSON.stringify({ Type: 'container', Action: 'create', Actor: { ID: containerId(index), Attributes: { name } } })}\n`

test('F18 no header until the first event: open after connecting and a list that worked', async () => {
  const rig = await rigOf({ start: false })
  rig.proxy.lateHeaders = true
  rig.collector.start()
  await rig.until('live', () => rig.host().status === 'live', 5_000)
  await rig.time.advance(5_000)
  rig.settled()
  rig.log.length = 0
  await withstands(rig, {
    strike: () => appear(rig, 900),
    seenAs: 'live',
    meanwhile: () => rig.until('shown', isShown(rig, 900), 1_000),
  })
})

test('F19 silent stall with the connection alive: found by the next full list, and the stream is opened again', async () => {
  const rig = await rigOf()
  await withstands(rig, {
    strike() {
      rig.proxy.lines = () => []
      rig.engine.put(fresh(900))
    },
    seenAs: 'live',
    async meanwhile() {
      expect(rig.calls('/events')).toHaveLength(0)
      await rig.until('compared', isShown(rig, 900), ONE_POLL)
      await rig.until('opened again', () => rig.calls('/events').length === 1, 2_000)
      expect(rig.proxy.openStreams()).toBe(1)
    },
    mend() {
      rig.proxy.lines = null
    },
  })
  appear(rig, 901)
  await rig.until('followed again', isShown(rig, 901), 2_000)
})

test('F20 the stream is closed by the peer every 90 s: opened again, everything is compared, nothing flickers', async () => {
  const rig = await rigOf()
  await withstands(rig, {
    async strike() {
      for (let round = 0; round < 8; round++) {
        await rig.time.advance(90_000)
        // Happens in the gap, and no event tells of it.
        rig.engine.dropEvents = true
        rig.engine.put(fresh(900 + round))
        rig.engine.dropEvents = false
        rig.proxy.endStreams(round % 2 === 0)
        await rig.until('compared', isShown(rig, 900 + round), 2_500)
        expect(rig.proxy.openStreams()).toBe(1)
      }
    },
    seenAs: 'live',
  })
  expect(new Set(rig.published.map(({ status }) => status))).toEqual(new Set(['live']))
})

test('F21 a malformed line, two objects in one chunk, an object split within a character: compared, and followed on', async () => {
  const rig = await rigOf()
  await withstands(rig, {
    async strike() {
      rig.engine.put(fresh(900))
      rig.proxy.inject('{"Type": nonsense\n')
      await rig.until('after a broken line', isShown(rig, 900), 2_000)
      rig.engine.put(fresh(901))
      rig.engine.put(fresh(902))
      rig.proxy.inject(line(901) + line(902))
      await rig.until('two at once', () => isShown(rig, 901)() && isShown(rig, 902)(), 2_000)
      rig.engine.put(fresh(903))
      const bytes = Buffer.from(line(903, 'ü'))
      const within = bytes.indexOf(0xc3) + 1
      rig.proxy.inject(bytes.subarray(0, within), bytes.subarray(within, within + 1), bytes.subarray(within + 1))
      await rig.until('in pieces', isShown(rig, 903), 2_000)
      rig.engine.put(fresh(904))
      rig.proxy.inject(`{"Type":"container","Action":"${'x'.repeat(3_000_000)}`, '"}\n')
      await rig.until('after a line of 3 MB', isShown(rig, 904), 2_000)
    },
    seenAs: 'live',
  })
  expect(rig.calls('/events')).toEqual([])
})

test('F22 exec and health_status every second, two hundred times: nothing is read for the one, little for the other', async () => {
  const rig = await rigOf()
  const { id } = containerNamed(rig.engine.content, 'web1')
  await withstands(rig, {
    async strike() {
      rig.proxy.requests.length = 0
      for (let second = 0; second < 40; second++) {
        for (const action of ['exec', 'exec_died', 'attach', 'health_status', 'unheard-of'])
          rig.engine.emit({ action, id })
        rig.engine.emit({ type: 'image', action: 'pull', id })
        await rig.time.advance(1_000)
      }
    },
    seenAs: 'live',
    meanwhile() {
      // A list in ten seconds for health, and one comparison.
      expect(rig.calls('/containers/json').length).toBeLessThanOrEqual(6)
      expect(rig.calls('/networks').length).toBeLessThanOrEqual(1)
      expect(rig.published).toEqual([])
    },
  })
})

test('F23 a lost event: corrected by the next comparison', async () => {
  const rig = await rigOf()
  const { id } = containerNamed(rig.engine.content, 'web1')
  await withstands(rig, {
    strike() {
      rig.proxy.lines = text => (text.includes('"remove"') || text.includes('"create"') ? [] : [text])
      appear(rig, 900)
      rig.engine.emit({ action: 'update', id })
    },
    seenAs: 'live',
    meanwhile: () => rig.until('corrected', isShown(rig, 900), ONE_POLL),
    mend() {
      rig.proxy.lines = null
    },
  })
})

test('F24 events twice and in the wrong order, an older inspect reply after a newer: the newest wins', async () => {
  const rig = await rigOf()
  appear(rig, 900)
  await rig.until('shown', isShown(rig, 900))
  const stateOf = () => rig.host().containers.find(({ name }) => name === 'fresh-900')?.state
  let release = () => {}
  await withstands(rig, {
    async strike() {
      let kept: string | null = null
      rig.proxy.lines = text => {
        // Pairs come the other way round, and each of them twice.
        const [first, second] = [kept, text]
        kept = first === null ? text : null
        return first === null ? [] : [second, second, first, first]
      }
      const until = new Promise<void>(resolve => (release = resolve))
      rig.proxy.fault(`/containers/${containerId(900)}`, { kind: 'hold', until }, 1)
      rig.engine.put(fresh(900, { state: 'exited' }))
      rig.engine.emit({ action: 'died', id: containerId(900) })
      rig.engine.emit({ action: 'cleanup', id: containerId(900) })
      await rig.until('kept back', () => rig.proxy.held() === 1)
      // Runs again, before the answer that says that it has exited is given out.
      rig.engine.put(fresh(900))
      rig.engine.emit({ action: 'start', id: containerId(900) })
      rig.engine.emit({ action: 'init', id: containerId(900) })
      await rig.time.settle()
      release()
      await rig.time.advance(2_000)
    },
    seenAs: 'live',
    meanwhile() {
      expect(stateOf()).toBe('running')
      const record = rig.collector.current().containers.find(({ summary }) => summary.id === containerId(900))
      expect(record).toMatchObject({ summary: { state: 'running' }, detail: { state: 'running' } })
    },
    mend() {
      rig.proxy.lines = null
    },
  })
})

const STORM_S = 60

test('F25 churn storm, 200 created and removed each second: at most four pictures a second, and the truth at the end', async () => {
  const rig = await rigOf({ content: syntheticContent({ containers: 3, networks: 2 }) })
  const before = rig.names().length
  const guests = Array.from({ length: 1_000 }, (_, index) => fresh(1_000 + index))
  await withstands(rig, {
    async strike() {
      for (let round = 0; round < STORM_S * 10; round++) {
        for (let one = 0; one < 20; one++) {
          const stays = one === 0 && round % 10 === 0
          const index = stays ? 20_000 + round : 1_000 + ((round * 20 + one) % 1_000)
          const id = containerId(index)
          rig.engine.put(guests[index - 1_000] ?? fresh(index))
          rig.engine.emit({ action: 'create', id })
          // One of each second stays.
          if (stays) continue
          rig.engine.remove(id)
          rig.engine.emit({ action: 'remove', id })
        }
        await rig.time.advance(100)
      }
      await rig.time.advance(5_000)
    },
    seenAs: 'live',
    meanwhile() {
      expect(rig.names()).toHaveLength(before + STORM_S)
      const pictures = rig.told.filter(({ events }) => events.includes('patch'))
      expect(pictures.length).toBeGreaterThan(STORM_S / 2)
      // Three may go at once after a pause.
      for (const { at } of pictures)
        expect(pictures.filter(one => one.at >= at && one.at < at + 1_000).length).toBeLessThanOrEqual(4 + 3)
      expect(pictures.length).toBeLessThanOrEqual((STORM_S + 5) * 4 + 3)
      expect(rig.calls('/containers/json').length).toBeLessThanOrEqual((STORM_S + 5) * 4)
    },
  })
})

test('F26 a name used again by a new id, a rename, a re-creation by compose: by id, with the same finding and place', async () => {
  const rig = await rigOf()
  const name = rig.hub.findings().findings.find(({ subject }) => subject.kind === 'container')?.subject.name ?? ''
  const old = containerNamed(rig.engine.content, name)
  const finding = () =>
    rig.hub
      .findings()
      .findings.filter(({ subject }) => subject.name === name)
      .map(({ id }) => id)
  const before = finding()
  expect(before.length).toBeGreaterThan(0)
  const id = containerId(950)
  const again = structuredClone({ row: old.row, inspect: old.inspect })
  again.row['Id'] = again.inspect['Id'] = id
  objectAt(again.inspect, 'State')['Pid'] = again.row['Pid'] = 77_777
  objectAt(again.row, 'Namespaces')['Net'] = '4100077777'
  await withstands(rig, {
    async strike() {
      rig.engine.remove(old.id)
      rig.engine.put(again)
      rig.engine.emit({ action: 'remove', id: old.id })
      rig.engine.emit({ action: 'create', id, name })
      await rig.until('there', () => rig.host().containers.some(one => one.id.endsWith(id)), 3_000)
    },
    seenAs: 'live',
    meanwhile() {
      expect(rig.names().filter(one => one === name)).toHaveLength(1)
      expect(finding()).toEqual(before)
    },
  })
  rig.engine.put({ row: { ...again.row, Names: ['www'] }, inspect: { ...again.inspect, Name: 'www' } })
  rig.engine.emit({ action: 'rename', id })
  await rig.until('renamed', () => rig.names().includes('www'), 2_000)
  expect(rig.names()).not.toContain(name)
  // What was found of the old name is found of the new one.
  rig.breaches.length = 0
})

test('F27 network connect and disconnect while inspecting: settled within one poll', async () => {
  const rig = await rigOf()
  rig.engine.content.networks.push(syntheticNetwork(7))
  appear(rig, 900)
  await rig.until('shown', isShown(rig, 900))
  const attached = () =>
    rig
      .host()
      .namespaces.find(({ ownerId }) => ownerId?.endsWith(containerId(900)) === true)
      ?.attachments.map(({ networkName }) => networkName)
  let release = () => {}
  await withstands(rig, {
    async strike() {
      for (const networks of [['net-007', 'podman'], ['podman'], ['net-007']]) {
        const until = new Promise<void>(resolve => (release = resolve))
        rig.proxy.fault(`/containers/${containerId(900)}`, { kind: 'hold', until }, 1)
        rig.engine.emit({ type: 'network', action: 'connect', id: containerId(900) })
        await rig.until('kept back', () => rig.proxy.held() === 1)
        rig.engine.put(syntheticContainer({ index: 900, name: 'fresh-900', networks }))
        rig.engine.emit({ type: 'network', action: 'disconnect', id: containerId(900) })
        release()
        await rig.time.advance(1_000)
      }
    },
    seenAs: 'live',
    meanwhile: () => rig.until('settled', () => attached()?.join() === 'net-007', ONE_POLL),
  })
  expect(rig.findings().filter(finding => finding.startsWith('inspect-incomplete'))).toEqual([])
})

test('F28 event logger "none", or a journal that cannot be read: polled, and said', async () => {
  const body = '{"cause":"x","message":"cannot read events with the \\"none\\" backend","response":500}'
  const rig = await rigOf()
  const mend = rig.proxy.fault('/events', { kind: 'replace', status: 500, body })
  await withstands(rig, {
    async strike() {
      await rig.time.advance(6_000)
      rig.proxy.endStreams(true)
    },
    seenAs: 'polling',
    says: /^Podman gives no events \(500 cannot read events with the "none" backend\), so changes are seen every 30 s/,
    async meanwhile() {
      appear(rig, 900)
      await rig.until('polled', isShown(rig, 900), 31_000)
      expect(rig.host().status).toBe('polling')
    },
    mend,
    within: 36_000,
  })
})
