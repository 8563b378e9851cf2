/** The server as it is built, in a process of its own: what only a process can lose. */
import { once } from 'node:events'
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import type { FindingsReport } from '@/lib/exposure/types'
import { rawHead } from '@/lib/server/testing'
import type { Host, Topology } from '@/lib/topology/types'
import { recordedContent } from '../engine/content'
import { startEngine } from '../engine/engine'
import { containerId, syntheticContainer } from '../engine/synthetic'
import { descendantsOf } from '../lab/processes'
import { type Podwire, startPodwire } from '../lab/server'
import { afterwards } from './rig'

/** Waits for what another process does; how long it may take is the guard's matter. */
const SOON = { timeout: 60_000, interval: 50 }

async function answer<T>(podwire: Podwire, path: string): Promise<T> {
  const response = await fetch(podwire.url + path)
  const body: T = JSON.parse(await response.text())
  return body
}
async function hostOf(podwire: Podwire): Promise<Host> {
  const [host] = (await answer<Topology>(podwire, '/api/v1/topology')).hosts
  if (host === undefined) throw new Error('no host')
  return host
}
const findingsOf = async (podwire: Podwire): Promise<string[]> =>
  (await answer<FindingsReport>(podwire, '/api/v1/findings')).findings.map(({ id }) => id)
const missingFrom = (now: readonly string[], before: readonly string[]) => before.filter(id => !now.includes(id))

/** Properly or broken. */
const closing = (socket: Socket) => new Promise(resolve => socket.once('close', resolve))

function follow(podwire: Podwire): { socket: Socket; heard: () => string } {
  const { hostname, port } = new URL(podwire.url)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('error', () => {})
  socket.on('data', bytes => (heard += bytes.toString('latin1')))
  socket.write(rawHead('GET', '/api/v1/stream', [], `${hostname}:${port}`))
  return { socket, heard: () => heard }
}

test('F38 SIGTERM: streams end with a last word, also beside one that does not read, and no process of ours is left', async () => {
  const engine = await startEngine(recordedContent('5.4.2'))
  afterwards(() => engine.close())
  // No engine is found, so Podwire starts a service of its own; this one leads to the engine of the test.
  const bin = await mkdtemp(join(tmpdir(), 'podwire-bin-'))
  afterwards(() => rm(bin, { recursive: true }))
  const service = [
    `#!${process.execPath}`,
    `const { connect, createServer } = require('node:net')`,
    `createServer(near => {`,
    `  const far = connect(${JSON.stringify(engine.path)})`,
    `  near.pipe(far).pipe(near)`,
    `  near.on('error', () => far.destroy())`,
    `  far.on('error', () => near.destroy())`,
    `}).listen(process.argv.at(-1).replace('unix://', ''))`,
  ]
  await writeFile(join(bin, 'podman'), service.join('\n'))
  await chmod(join(bin, 'podman'), 0o755)
  const podwire = await startPodwire({
    env: { PATH: `${bin}:${process.env['PATH']}` },
    through: ['unshare', '-m', 'sh', '-c', 'mount -t tmpfs none /run && exec "$@"', '-'],
  })
  afterwards(() => podwire.stop())
  const family = await descendantsOf(podwire.pid)
  // The service, and what a first start makes the server with.
  expect(family.length).toBeGreaterThanOrEqual(1)
  expect(await hostOf(podwire)).toMatchObject({ status: 'live', problem: null })

  const readers = [follow(podwire), follow(podwire)]
  const deaf = follow(podwire)
  await vi.waitFor(() => {
    for (const one of [...readers, deaf]) expect(one.heard()).toContain('event: findings')
  }, SOON)
  deaf.socket.pause()
  const closed = readers.map(({ socket }) => closing(socket))
  // Killed after ten seconds, and then the signal would be the other one.
  await podwire.stop()
  expect(await podwire.ended).toEqual({ code: 0, signal: null })
  await Promise.all(closed)
  for (const { heard } of readers) expect(heard()).toMatch(/event: bye\ndata: \{\}\n\n/)
  await vi.waitFor(() => {
    for (const pid of family) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  }, SOON)
  deaf.socket.destroy()
})

test('F36 disk full, read-only root, no file descriptor left: served from memory, and the engine is followed on', async () => {
  const engine = await startEngine(recordedContent('5.4.2'))
  afterwards(() => engine.close())
  const disk = await mkdtemp(join(tmpdir(), 'podwire-disk-'))
  afterwards(() => rm(disk, { recursive: true }))
  const setUp = [
    `mount -t tmpfs -o size=4k none ${disk}`,
    'mount -o remount,bind,ro /',
    'ulimit -n 192',
    `exec "$@" 2>${disk}/log`,
  ].join(' && ')
  const podwire = await startPodwire({
    env: { CONTAINER_HOST: `unix://${engine.path}` },
    through: ['unshare', '-m', 'sh', '-c', setUp, '-'],
  })
  afterwards(() => podwire.stop())
  const log = () => readFile(`/proc/${podwire.pid}/root${disk}/log`, 'utf8')
  const statusLines = async () => (await log()).split('\n').filter(line => /"msg":"(live|stale)/.test(line)).length
  const { hostname, port } = new URL(podwire.url)
  const before = { host: await hostOf(podwire), findings: await findingsOf(podwire) }
  expect(before.findings.length).toBeGreaterThan(0)
  // It tells of "live" when the first read took longer than its start message waits.
  const told = await statusLines()

  // As long as there is room, a line for each change; then the disk is full of what somebody asks for.
  await engine.kill()
  await vi.waitFor(async () => expect((await hostOf(podwire)).status).toBe('stale'), SOON)
  await vi.waitFor(async () => expect(await statusLines()).toBe(told + 1), SOON)
  const stale = await hostOf(podwire)
  expect(stale.containers).toEqual(before.host.containers)
  expect(missingFrom(await findingsOf(podwire), before.findings)).toEqual([])
  for (let name = 0; name < 50; name++) {
    const socket = connect(Number(port), hostname)
    socket.write(rawHead('GET', '/', [], `${name}-${'x'.repeat(60)}.example`))
    await once(socket, 'data')
    socket.destroy()
  }
  expect((await log()).length).toBe(4096)
  expect((await fetch(`${podwire.url}/healthz`)).status).toBe(200)

  // More connections than there may be: those beyond are closed, and what the engines need is kept back.
  const crowd = Array.from({ length: 150 }, () => connect(Number(port), hostname).on('error', () => {}))
  const gone = crowd.filter(({ closed }) => !closed).map(closing)
  await vi.waitFor(() => expect(crowd.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(80), SOON)
  engine.put(syntheticContainer({ index: 900, name: 'fresh-900', networks: ['podman'] }))
  await engine.start()
  // Everything is read, and followed, while the crowd is there.
  await vi.waitFor(() => expect(engine.openStreams()).toBe(1), SOON)
  await vi.waitFor(() => expect(engine.requests).toContain(`/containers/${containerId(900)}/json`), SOON)
  for (const socket of crowd) socket.destroy()
  await Promise.all(gone)
  await vi.waitFor(async () => expect((await hostOf(podwire)).status).toBe('live'), SOON)
  const after = await hostOf(podwire)
  expect(after.problem).toBeNull()
  expect(after.containers.map(({ name }) => name)).toContain('fresh-900')
  expect(missingFrom(await findingsOf(podwire), before.findings)).toEqual([])
})
