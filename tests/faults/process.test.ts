/** The server as it is built, in a process of its own: what only a process can lose. */
import { access, chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test, vi } from 'vitest'
import { rawHead, sendRaw } from '@/lib/server/testing'
import { recordedContent } from '../engine/content'
import { type FakeEngine, startEngine } from '../engine/engine'
import { containerId, syntheticContainer, syntheticContent } from '../engine/synthetic'
import { descendantsOf } from '../lab/processes'
import { type Podwire, type PodwireOptions, startPodwire } from '../lab/server'
import { effortOf, findingsOf, hostOf, lossesIn, missingFrom, SOON, statusOf, toldIn, withstandsBuilt } from './built'
import { afterwards } from './rig'

async function engineOf(content = recordedContent('5.4.2')): Promise<FakeEngine> {
  const engine = await startEngine(content)
  afterwards(() => engine.close())
  return engine
}

/** Before that engine. */
async function podwireFor(engine: FakeEngine, more: PodwireOptions = {}, untilReady = true): Promise<Podwire> {
  const podwire = await startPodwire({ env: { CONTAINER_HOST: `unix://${engine.path}` }, ...more }, untilReady)
  afterwards(() => podwire.stop())
  return podwire
}

/** A directory of the test's own. */
async function directory(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'podwire-process-'))
  afterwards(() => rm(path, { recursive: true }))
  return path
}

/** Properly or broken. */
const closing = (socket: Socket) => new Promise(resolve => socket.once('close', resolve))

const portOf = (podwire: Podwire) => Number(new URL(podwire.url).port)
/** As whom nobody may ask: a line of the log for each name. */
const askAs = (podwire: Podwire, name: string) => sendRaw(portOf(podwire), rawHead('GET', '/', [], name))

function follow(podwire: Podwire): { socket: Socket; heard: () => string } {
  const { hostname, port } = new URL(podwire.url)
  const socket = connect(Number(port), hostname)
  let heard = ''
  socket.on('error', () => {})
  socket.on('data', bytes => (heard += bytes.toString('latin1')))
  socket.write(rawHead('GET', '/api/v1/stream', [], `${hostname}:${port}`))
  return { socket, heard: () => heard }
}

test('F01 socket path missing at start, of the built server: the page is up, /readyz is honest, and the engine is found when it comes', async () => {
  const engine = await engineOf()
  await engine.stop()
  const podwire = await podwireFor(engine, {}, false)
  // Its first word, and whom it has found.
  await vi.waitFor(() => expect(podwire.output()).toMatch(/^Podwire .* on http:.*\n.*No Podman socket at/), SOON)
  await withstandsBuilt(podwire, {
    seenAs: 'unreachable',
    says: /^No Podman socket at .*podman\.sock: start one there with `podman system service/,
    async meanwhile() {
      const page = await fetch(`${podwire.url}/`)
      expect([page.status, page.headers.get('content-type')]).toEqual([200, expect.stringContaining('text/html')])
      expect(await page.text()).toContain('<title>')
      const ready = await fetch(`${podwire.url}/readyz`)
      expect([ready.status, await ready.text()]).toEqual([503, expect.stringContaining('No Podman socket at')])
      expect((await hostOf(podwire)).containers).toEqual([])
      for (const path of ['/api/v1/findings', '/metrics']) expect(await statusOf(podwire, path), path).toBe(200)
    },
    mend: () => engine.start(),
  })
  expect((await hostOf(podwire)).containers).toHaveLength(engine.content.containers.size)
})

test('F36 who read the log is gone: it serves on, and makes no more effort than before', async () => {
  const engine = await engineOf()
  const gone = join(await directory(), 'gone')
  // As of `npm start | head -n 1`: a pipe of which the other end is closed behind the first line.
  const reader = `exec "$@" > >(head -n 1 > /dev/null; touch ${gone}) 2>&1`
  const podwire = await podwireFor(engine, { through: ['bash', '-c', reader, '-'] })
  const effort = async () => {
    const from = await effortOf(podwire.pid)
    for (let round = 0; round < 100; round++) expect(await statusOf(podwire, '/healthz')).toBe(200)
    const to = await effortOf(podwire.pid)
    return { ticks: to.ticks - from.ticks, writes: to.writes - from.writes }
  }
  await vi.waitFor(() => access(gone), SOON)
  const before = await effort()
  // A line of the log for each, which nobody can be given.
  for (let name = 0; name < 20; name++) expect((await askAs(podwire, `${name}.example`)).status).toBe(421)
  await engine.kill()
  await vi.waitFor(async () => expect((await hostOf(podwire)).status).toBe('stale'), SOON)
  await engine.start()
  await vi.waitFor(async () => expect((await hostOf(podwire)).status).toBe('live'), SOON)
  const after = await effort()
  // In numbers of processor ticks and of writes for the same requests, not in time.
  expect(before.writes).toBeGreaterThanOrEqual(100)
  expect(after.writes).toBeLessThan(before.writes * 2)
  expect(after.ticks).toBeLessThan(before.ticks * 3 + 20)
})

test('F38 SIGTERM: streams end with a last word, also beside one that does not read, and no process of ours is left', async () => {
  const engine = await engineOf()
  // No engine is found, so Podwire starts a service of its own; this one leads to the engine of the test.
  const bin = await directory()
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
  const heardBefore = readers.map(({ heard }) => heard())
  // Killed after ten seconds, and then the signal would be the other one.
  await podwire.stop()
  expect(await podwire.ended).toEqual({ code: 0, signal: null })
  await Promise.all(closed)
  // The last picture stays: that an engine is not followed any more is nobody's loss. The log has one line of it.
  for (const [index, { heard }] of readers.entries()) {
    const last = heard().slice(heardBefore[index]?.length)
    expect(last).not.toMatch(/"(?:stale|unreachable)"/)
    expect(last).toMatch(/event: bye\ndata: \{\}\n\n/)
  }
  expect(lossesIn(podwire.output())).toEqual([])
  expect(podwire.output().match(/SIGTERM: ending/g)).toEqual(['SIGTERM: ending'])
  await vi.waitFor(() => {
    for (const pid of family) expect(() => process.kill(pid, 0)).toThrow('ESRCH')
  }, SOON)
  deaf.socket.destroy()
})

test('F36 disk full, read-only root, no file descriptor left: served from memory, and the engine is followed on', async () => {
  const engine = await engineOf()
  const disk = await directory()
  const setUp = [
    `mount -t tmpfs -o size=4k none ${disk}`,
    'mount -o remount,bind,ro /',
    'ulimit -n 192',
    `exec "$@" 2>${disk}/log`,
  ].join(' && ')
  const podwire = await podwireFor(engine, { through: ['unshare', '-m', 'sh', '-c', setUp, '-'] })
  const log = () => readFile(`/proc/${podwire.pid}/root${disk}/log`, 'utf8')
  expect((await findingsOf(podwire)).length).toBeGreaterThan(0)
  // It tells of "live" when the first read took longer than its start message waits.
  await vi.waitFor(() => expect(podwire.output()).toMatch(/^Podwire .* on http:/), SOON)

  await withstandsBuilt(podwire, {
    strike: () => engine.kill(),
    seenAs: 'stale',
    says: /^Nobody listens on /,
    log,
    async meanwhile() {
      // As long as there is room, a line for each change; then the disk is full of what somebody asks for.
      await vi.waitFor(async () => expect(toldIn(await log()).at(-1)).toBe('stale'), SOON)
      for (let name = 0; name < 50; name++) await askAs(podwire, `${name}-${'x'.repeat(60)}.example`)
      expect((await log()).length).toBe(4096)
    },
    async mend() {
      // More connections than there may be: those beyond are closed, and what the engines need is kept back.
      const crowd = Array.from({ length: 150 }, () => connect(portOf(podwire), '127.0.0.1').on('error', () => {}))
      const gone = crowd.filter(({ closed }) => !closed).map(closing)
      await vi.waitFor(() => expect(crowd.filter(({ closed }) => closed).length).toBeGreaterThanOrEqual(80), SOON)
      engine.put(syntheticContainer({ index: 900, name: 'fresh-900', networks: ['podman'] }))
      await engine.start()
      // Everything is read, and followed, while the crowd is there.
      await vi.waitFor(() => expect(engine.openStreams()).toBe(1), SOON)
      await vi.waitFor(() => expect(engine.requests).toContain(`/containers/${containerId(900)}/json`), SOON)
      for (const socket of crowd) socket.destroy()
      await Promise.all(gone)
    },
    isLogged: false,
    isCounted: false,
  })
  expect((await hostOf(podwire)).containers.map(({ name }) => name)).toContain('fresh-900')
})

/** Five hundred pages are in `streams.test.ts`; a stream of the built server costs more. */
const CROWD = 150

test('F35 restart of the built server while a crowd waits: each is told, comes back, and sees the same, later', async () => {
  const engine = await engineOf(syntheticContent({ containers: 3, networks: 2 }))
  const first = await podwireFor(engine)
  const before = { findings: await findingsOf(first), host: await hostOf(first) }
  const revisions = ({ heard }: ReturnType<typeof follow>) =>
    [...heard().matchAll(/^event: topology\ndata: \{"schemaVersion":1,"revision":(\d+)/gm)].map(([, one]) =>
      Number(one),
    )
  const everyone = async (podwire: Podwire) => {
    const crowd = Array.from({ length: CROWD }, () => follow(podwire))
    await vi.waitFor(() => expect(crowd.every(({ heard }) => heard().includes('event: findings'))).toBe(true), SOON)
    return crowd
  }
  const crowd = await everyone(first)
  const closed = crowd.map(({ socket }) => closing(socket))
  await first.stop()
  await Promise.all(closed)
  expect(crowd.filter(({ heard }) => !heard().includes('event: bye'))).toEqual([])
  expect(crowd.filter(one => !/^retry: \d{4}$/m.test(one.heard()))).toEqual([])
  expect(lossesIn(first.output())).toEqual([])

  const second = await podwireFor(engine, {
    env: { CONTAINER_HOST: `unix://${engine.path}` },
    port: portOf(first),
  })
  const back = await everyone(second)
  const [last = Infinity] = crowd.flatMap(revisions).toSorted((a, b) => b - a)
  expect(back.filter(one => !revisions(one).every(revision => revision > last))).toEqual([])
  expect((await hostOf(second)).containers).toEqual(before.host.containers)
  expect(missingFrom(await findingsOf(second), before.findings)).toEqual([])
  expect(await statusOf(second, '/readyz')).toBe(200)
  expect(engine.openStreams()).toBe(1)
  for (const { socket } of back) socket.destroy()
})
