import { expect, it } from 'vitest'
import { createInnerEngines } from './inner-engines'
import { type FakeProcess, fakeProc } from './testing'

const OUTER = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const INNER = 'c'.repeat(64)
const IDS = new Set([OUTER, OTHER])

const init = { comm: 'systemd', netns: '1' }
const inside = (comm: string, args: readonly string[]): FakeProcess => ({
  comm,
  netns: '2',
  args,
  cgroup: `0::/machine.slice/libpod-${OUTER}.scope/init.scope\n`,
})
const look = (processes: Readonly<Record<number, FakeProcess>>) =>
  createInnerEngines(fakeProc({ processes: { 1: init, ...processes } }), () => 0)(IDS)

it('is shown by the monitor of a container that is not the outer engine’s', async () => {
  const outer = { comm: 'conmon', netns: '1', args: ['conmon', '-c', OUTER] }
  expect(await look({ 10: outer, 20: inside('conmon', ['conmon', '-c', INNER]) })).toMatchObject({
    known: true,
    value: { [OUTER]: 'conmon runs among its processes' },
  })
  expect(await look({ 10: outer })).toMatchObject({ known: true, value: {} })
})

it('is shown by a service, and not by a client, nor by an engine outside', async () => {
  const service = ['podman', '--log-level=info', 'system', 'service', '--time=0']
  expect(await look({ 20: inside('podman', service) })).toMatchObject({
    value: { [OUTER]: 'podman system service runs among its processes' },
  })
  expect(await look({ 20: inside('podman', ['podman', '--remote', 'ps']) })).toMatchObject({ value: {} })
  expect(await look({ 20: inside('exe', ['/opt/system', 'system', 'service']) })).toMatchObject({ value: {} })
  expect(await look({ 20: { comm: 'podman', netns: '1', args: service } })).toMatchObject({ value: {} })
})

it('belongs to the container around it also where containers have no cgroup of their own', async () => {
  const monitor = { comm: 'conmon', netns: '1', args: ['conmon', '-c', OTHER] }
  const parts = { 10: monitor, 11: { comm: 'init', netns: '2', parent: 10 } }
  const inner = { comm: 'conmon', netns: '2', args: ['conmon', '-c', INNER], parent: 11 }
  expect(await look({ ...parts, 12: inner })).toMatchObject({ value: { [OTHER]: expect.anything() } })
})

it('is not known where the processes of others are hidden', async () => {
  const find = createInnerEngines(fakeProc({ processes: { 20: inside('conmon', []) } }), () => 0)
  expect(await find(IDS)).toEqual({ known: false, because: 'processes of other users are hidden here' })
})

it('is looked for again when containers change, for a while after that, and else seldom', async () => {
  let time = 0
  const proc = fakeProc({ processes: { 1: init } })
  const find = createInnerEngines(proc, () => time)
  const looks = async (at: number, ids: ReadonlySet<string>) => {
    time = at
    const before = proc.reads.length
    await find(ids)
    return proc.reads.length > before
  }
  expect(await looks(0, IDS)).toBe(true)
  expect(await looks(5_000, IDS)).toBe(true)
  expect(await looks(12_000, IDS)).toBe(false)
  expect(await looks(13_000, new Set([OUTER]))).toBe(true)
  expect(await looks(25_000, new Set([OUTER]))).toBe(false)
  expect(await looks(50_000, new Set([OUTER]))).toBe(true)
})
