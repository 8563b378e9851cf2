import { describe, expect, it } from 'vitest'
import { fakeProc, type FakeProcess, type FakeTree } from './testing'
import { proveHostNamespace } from './host-namespace'
import type { ProbeContainer, ProbeInput } from './types'

const ID = 'a'.repeat(64)
const OTHER = 'b'.repeat(64)
const HOST = '100'
const SOCKET = '/run/podman/podman.sock'

const container = (more: Partial<ProbeContainer> = {}): ProbeContainer => ({
  id: ID,
  networkMode: 'bridge',
  pid: 50,
  conmonPid: 40,
  netns: '200',
  ...more,
})
const input = (containers: readonly ProbeContainer[], more: Partial<ProbeInput> = {}): ProbeInput => ({
  socketPath: SOCKET,
  rootless: false,
  containers,
  ...more,
})
const conmon = (more: Partial<FakeProcess> & { id?: string } = {}): FakeProcess => ({
  comm: 'conmon',
  netns: HOST,
  args: ['/usr/bin/conmon', '--api-version', '1', '-c', more.id ?? ID, '-u', more.id ?? ID],
  ...more,
})
/** A process that listens on a unix socket at `path` in its own mount namespace. */
const listening = (comm: string, path = SOCKET, more: Partial<FakeProcess> = {}): FakeProcess => ({
  comm,
  netns: HOST,
  sockets: ['9001', '9002'],
  net: { unix: `Num: …\n0000000000000000: 00000002 00000000 00010000 0001 01 9002 ${path}\n` },
  root: { [path]: 'disk:7' },
  ...more,
})
const prove = (tree: FakeTree, from: ProbeInput) => proveHostNamespace(fakeProc(tree), from, null)

describe('by the monitor of a container', () => {
  it('takes the namespace of the conmon that the engine names', async () => {
    expect(await prove({ processes: { 40: conmon() } }, input([container()]))).toMatchObject({
      proven: true,
      netns: HOST,
      pid: 40,
    })
  })

  it('finds conmon by the container’s id where pids are counted differently', async () => {
    const processes = { 40: { comm: 'bash', netns: '1' }, 3140: conmon() }
    expect(await prove({ processes }, input([container()]))).toMatchObject({ netns: HOST, pid: 3140 })
  })

  it('does not take a conmon of another engine', async () => {
    const proof = await prove({ processes: { 40: conmon({ id: OTHER }) } }, input([container()]))
    expect(proof.proven).toBe(false)
  })

  it('does not take a process that only calls itself conmon inside a container', async () => {
    const impostor = conmon({ netns: '200', cgroup: `0::/machine.slice/libpod-${ID}.scope/container\n` })
    expect((await prove({ processes: { 40: impostor } }, input([container()]))).proven).toBe(false)
  })

  it('takes the conmon of an engine that itself runs in a container', async () => {
    const nested = conmon({ cgroup: `0::/machine.slice/libpod-${OTHER}.scope/libpod_parent/conmon\n` })
    expect(await prove({ processes: { 40: nested } }, input([container()]))).toMatchObject({ netns: HOST })
  })

  it('knows its own namespace without the right to read ns/net', async () => {
    const tree = { isRoot: false, ownNetns: HOST, processes: { 40: conmon({ isForeign: true }) } }
    expect(await prove(tree, input([container()]))).toMatchObject({ proven: true, netns: HOST })
  })

  it('is not proven when the namespace is another one that may not be read', async () => {
    const tree = { isRoot: false, ownNetns: '1', processes: { 40: conmon({ isForeign: true }) } }
    const proof = await prove(tree, input([container()]))
    expect(proof).toMatchObject({ proven: false, because: expect.stringContaining('conmon processes may not be read') })
  })

  it('is not proven when containers were started in different namespaces', async () => {
    const proof = await prove(
      { processes: { 40: conmon(), 41: conmon({ id: OTHER, netns: '300' }) } },
      input([container(), container({ id: OTHER, conmonPid: 41 })]),
    )
    expect(proof).toMatchObject({ proven: false, because: expect.stringContaining('several network namespaces') })
  })

  it('is not proven when host-mode containers are listed elsewhere', async () => {
    const from = input([container(), container({ id: OTHER, networkMode: 'host', netns: '300', conmonPid: null })])
    expect(await prove({ processes: { 40: conmon() } }, from)).toMatchObject({
      proven: false,
      because: expect.stringContaining('listed in 300'),
    })
  })
})

describe('by the engine’s own socket', () => {
  const dialled = { [SOCKET]: 'disk:7' }

  it.each(['podman', 'systemd'])('takes %s that listens on the dialled file', async comm => {
    const proof = await prove({ identities: dialled, processes: { 30: listening(comm) } }, input([]))
    expect(proof).toMatchObject({ proven: true, netns: HOST, pid: 30 })
  })

  it('takes a rootless service that runs itself again', async () => {
    const service = listening('exe', SOCKET, { args: ['/usr/bin/podman', 'system', 'service'] })
    expect((await prove({ identities: dialled, processes: { 30: service } }, input([]))).proven).toBe(true)
  })

  it('compares files, not paths', async () => {
    const outside = input([], { socketPath: '/tmp/elsewhere/podman.sock' })
    const identities = { '/tmp/elsewhere/podman.sock': 'disk:7' }
    expect((await prove({ identities, processes: { 30: listening('podman') } }, outside)).proven).toBe(true)
    const other = { '/tmp/elsewhere/podman.sock': 'disk:8' }
    expect((await prove({ identities: other, processes: { 30: listening('podman') } }, outside)).proven).toBe(false)
  })

  it('does not follow links of another root into its own', async () => {
    const tree = {
      identities: dialled,
      links: { '/proc/30/root/run': '/elsewhere' },
      processes: { 30: listening('podman') },
    }
    expect((await prove(tree, input([]))).proven).toBe(false)
  })

  // The very case that makes "our own namespace lists a listener at that path" no proof.
  it.each(['ssh', 'gvproxy', 'socat'])('does not take %s, which leads to another machine', async comm => {
    const tree = { ownNetns: HOST, identities: dialled, processes: { 30: listening(comm) } }
    expect((await prove(tree, input([]))).proven).toBe(false)
  })

  it('does not take a podman that has the file open and does not listen on it', async () => {
    const service = listening('podman', SOCKET, { sockets: ['9001'] })
    expect((await prove({ identities: dialled, processes: { 30: service } }, input([]))).proven).toBe(false)
  })
})

describe('by Podwire’s own container', () => {
  const mountinfo = (id: string) => ({
    '/proc/self/mountinfo': `1 2 0:1 /containers/storage/overlay-containers/${id}/userdata/hosts /etc/hosts rw - tmpfs t rw\n`,
  })

  it('takes its own namespace when the engine lists it as a host-mode container there', async () => {
    const from = input([container({ networkMode: 'host', netns: '1' })])
    expect(await prove({ files: mountinfo(ID) }, from)).toMatchObject({ proven: true, netns: '1', pid: 'self' })
  })

  it('does not when it has a network namespace of its own', async () => {
    expect((await prove({ files: mountinfo(ID) }, input([container({ netns: '1' })]))).proven).toBe(false)
  })

  it('does not by an equal inode alone, which another machine may have', async () => {
    const from = input([container({ networkMode: 'host', netns: '1' })])
    expect((await prove({ files: mountinfo(OTHER) }, from)).proven).toBe(false)
  })
})

it('checks the last proof before it searches', async () => {
  const proc = fakeProc({ processes: { 40: conmon(), 77: { comm: 'bash', netns: HOST } } })
  const first = await proveHostNamespace(proc, input([container({ conmonPid: null })]), null)
  expect(proc.reads).toContain('/proc/77/comm')
  proc.reads.length = 0
  expect(await proveHostNamespace(proc, input([container({ conmonPid: null })]), first)).toBe(first)
  expect(proc.reads).not.toContain('/proc/77/comm')
})

it('names what was tried', async () => {
  const proof = await prove({}, input([container()]))
  expect(proof).toMatchObject({
    because:
      'Which network namespace is the host of this engine is not proven: no conmon of its containers is visible here; ' +
      'Podwire is no host-mode container of it; no podman or systemd process holds its socket.',
  })
})
