import { expect, test } from 'vitest'
import type { Collector, HostSnapshot } from '@/lib/collector/types'
import type { Connection } from '@/lib/podman/types'
import type { Pinning } from '@/lib/probe/inner-socket'
import { type FakeProcess, type FakeTree, fakeProc } from '@/lib/probe/testing'
import { buildTopology } from '@/lib/topology/build'
import { container, engineId, known, probe, snapshot } from '@/lib/topology/testing'
import { followNested } from './nested'

const QM = engineId('qm')
const SOCKET = '/run/podman/podman.sock'
const unix = (id: string, path: string): Connection => ({
  id,
  name: id,
  uri: `unix://${path}`,
  transport: 'unix',
  path,
  foundBy: 'test',
  ownerUid: 0,
})

/** The processes of a running qm: its monitor and its first one. */
const running = (monitor: number): Record<number, FakeProcess> => ({
  [monitor]: { comm: 'conmon', netns: '1', args: ['conmon', '-c', QM] },
  [monitor + 1]: { comm: 'init', netns: '2', parent: monitor, cgroup: `0::/libpod-${QM}/init\n` },
})

/** Time passes by `pass()`: one look. Inner engines answer when `answer()` is called. */
function rig(wanted: readonly string[], tree: FakeTree = { processes: running(10) }) {
  const state = {
    outer: snapshot({
      connection: unix('root', '/run/outer.sock'),
      containers: [container('qm', { id: QM, netns: '2' })],
      probe: probe({ hostNetns: '1', innerEngines: known({}) }),
    }),
    identity: 'one',
  }
  const shown: string[][] = []
  const log: string[] = []
  const collected: { connection: Connection; answer(snapshot: Partial<HostSnapshot>): void }[] = []
  let later: (() => void) | null = null
  const feed = (current: () => HostSnapshot, more: Partial<Collector> = {}): Collector => ({
    start: () => {},
    stop: () => Promise.resolve(),
    current,
    ageSeconds: () => 0,
    subscribe: () => () => {},
    counters: () => ({}),
    ...more,
  })
  const outer = feed(() => state.outer)
  const nested = followNested({
    wanted,
    outer: () => [outer],
    collect(connection) {
      let tell: (snapshot: HostSnapshot) => void = () => {}
      const unread = snapshot({ connection, readAt: null })
      collected.push({ connection, answer: more => tell({ ...unread, readAt: 'now', ...more }) })
      const stop = () => {
        log.push('stopped')
        return Promise.resolve()
      }
      const subscribe: Collector['subscribe'] = listener => {
        tell = listener
        return () => {}
      }
      return feed(() => unread, { stop, subscribe })
    },
    onChange: inner => shown.push(inner.map(one => one.current().connection.name)),
    onProblem: (whose, because) => log.push(`${whose}: ${because}`),
    proc: fakeProc(tree),
    pin(root, path, proof): Promise<Pinning> {
      if (!proof()) return Promise.resolve({ ok: false, because: 'ended' })
      log.push(`pinned ${root} ${path}`)
      const close = () => {
        log.push('closed')
        return Promise.resolve()
      }
      const { identity } = state
      return Promise.resolve({ ok: true, socket: { path: '/proc/self/fd/9', identity, uid: 0, close } })
    },
    timers: {
      after(_, callback) {
        later = callback
        return () => {}
      },
    },
  })
  /** Lets what was begun come to its end. */
  const settle = async () => {
    for (let turns = 0; turns < 20; turns++) await new Promise(resolve => setImmediate(resolve))
  }
  const pass = async () => {
    await settle()
    const next = later
    later = null
    next?.()
    await settle()
  }
  return { state, shown, log, collected, pass, nested }
}

test('P20 nothing is opened of a container that nobody named', async () => {
  const { log, pass } = rig(['other', '*'])
  await pass()
  expect(log).toEqual([])
})

test('a named one is read through its first process, and shown once it was read', async () => {
  const { log, shown, collected, pass } = rig(['qm'])
  await pass()
  expect(log.slice(0, 1)).toEqual([`pinned /proc/11/root ${SOCKET}`])
  expect(collected.map(({ connection }) => connection)).toMatchObject([
    { id: `root-in-${QM.slice(0, 12)}`, name: 'qm@root', path: '/proc/self/fd/9', uri: `unix://${SOCKET}` },
  ])
  expect(collected[0]?.connection.nestedIn).toEqual({ hostId: 'root', containerId: QM, netns: '2', machine: null })
  expect(shown).toEqual([])
  collected[0]?.answer({ readAt: null, problem: 'Nobody listens.' })
  collected[0]?.answer({})
  collected[0]?.answer({})
  expect(shown).toEqual([['qm@root']])
  expect(log).toContain('qm@root: Nobody listens.')
})

test('* is every container that is seen to run an engine', async () => {
  const { state, collected, pass } = rig(['*'])
  await pass()
  expect(collected).toEqual([])
  state.outer = { ...state.outer, probe: probe({ innerEngines: known({ [QM]: 'conmon runs among its processes' }) }) }
  await pass()
  expect(collected).toHaveLength(1)
})

test('the same socket is read on, another one anew', async () => {
  const { state, shown, log, collected, pass } = rig(['qm'])
  await pass()
  collected[0]?.answer({})
  await pass()
  expect(collected).toHaveLength(1)
  state.identity = 'two'
  await pass()
  expect(collected).toHaveLength(2)
  expect(log).toContain('stopped')
  collected[1]?.answer({})
  expect(shown).toEqual([['qm@root'], [], ['qm@root']])
})

test('it ends with its container, and not with a lost outer engine', async () => {
  const { state, shown, log, collected, pass } = rig(['qm'])
  await pass()
  collected[0]?.answer({})
  state.outer = { ...state.outer, status: 'stale' }
  await pass()
  expect(shown).toEqual([['qm@root']])
  state.outer = { ...state.outer, status: 'live', containers: [container('qm', { id: QM, state: 'exited' })] }
  await pass()
  expect(shown.at(-1)).toEqual([])
  expect(log.slice(-2)).toEqual(['stopped', 'closed'])
})

test('P20 the socket of an engine outside, mounted into a container, is none of its own', async () => {
  const tree = { processes: running(10), identities: { '/run/outer.sock': 'one' } }
  const { log, collected, pass } = rig(['qm'], tree)
  await pass()
  await pass()
  expect(collected).toEqual([])
  expect(log.filter(line => line.startsWith('qm@root'))).toEqual([
    `qm@root: ${SOCKET} in it is the socket of an engine outside`,
  ])
})

test('a container that only says it is another one’s is not believed', async () => {
  const forged = { 30: { comm: 'conmon', netns: '2', args: ['conmon', '-c', QM], cgroup: `0::/libpod-${QM}/init\n` } }
  const tree = { processes: { ...forged, 31: { comm: 'init', netns: '2', parent: 30 } } }
  const { log, collected, pass } = rig(['qm'], tree)
  await pass()
  expect(collected).toEqual([])
  expect(log).toContain('qm@root: no process of the container is to be seen here')
})

test('nothing is left when it is stopped', async () => {
  const { log, collected, pass, nested } = rig(['qm'])
  await pass()
  collected[0]?.answer({})
  await nested.stop()
  expect(log.slice(-2)).toEqual(['stopped', 'closed'])
})

test('whether the inner host is the container’s namespace is said by inode', () => {
  const inner = (netns: string | null, hostNetns: string | null) =>
    buildTopology(
      snapshot({
        connection: { ...unix('in', '/s'), nestedIn: { hostId: 'root', containerId: QM, netns, machine: null } },
        probe: probe({ hostNetns }),
      }),
    ).host.nestedIn
  expect(inner('2', '2')).toMatchObject({ containerId: `root:container:${QM}`, sharesNamespace: 'yes' })
  expect(inner('2', '3')).toMatchObject({ sharesNamespace: 'no' })
  expect(inner(null, '2')).toMatchObject({ sharesNamespace: 'unknown' })
  expect(inner('2', null)).toMatchObject({ sharesNamespace: 'unknown' })
})
