import { describe, expect, it } from 'vitest'
import { createRootFinder } from './engine-root'
import { type FakeProcess, fakeProc } from './testing'
import type { ProbeInput } from './types'

const ID = 'a'.repeat(64)
const input: ProbeInput = {
  socketPath: '/run/podman/podman.sock',
  rootless: false,
  containers: [{ id: ID, networkMode: 'bridge', pid: 10, conmonPid: 9, netns: '2' }],
}
const conmon = (more: Partial<FakeProcess> = {}): FakeProcess => ({
  comm: 'conmon',
  netns: '1',
  args: ['conmon', '-c', ID],
  root: { '/': 'fs:2' },
  ...more,
})
const rootOf = (monitor: FakeProcess, own = 'fs:2') =>
  createRootFinder(fakeProc({ processes: { 9: monitor }, identities: { '/': own } }))(input)

describe('P19 the files of an engine', () => {
  it("are Podwire's own where its process has the same root", async () => {
    expect(await rootOf(conmon())).toEqual({ known: true, value: '', source: 'process 9' })
  })

  it('are below the root of its process where that is another', async () => {
    expect(await rootOf(conmon(), 'fs:1')).toMatchObject({ known: true, value: '/proc/9/root' })
  })

  it('are not known while its process may not be looked at', async () => {
    const found = await rootOf(conmon({ isForeign: true }))
    expect(found).toMatchObject({ known: false })
  })

  it('are not known while nothing proves that the engine is of this machine', async () => {
    const find = createRootFinder(fakeProc({ processes: {}, identities: { '/': 'fs:1' } }))
    expect(await find(input)).toMatchObject({ known: false, because: expect.stringContaining('not proven') })
  })
})
