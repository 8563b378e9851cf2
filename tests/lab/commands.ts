/** The command line on a live host: it says what the server says, and what it records replays to the same. */
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readOnce } from '@/lib/collector/once'
import { unitsOfRecording } from '@/lib/collector/recorded-units'
import { createRecordingClient, readRecording } from '@/lib/podman/recording'
import { probeRecording } from '@/lib/probe/recording'
import { findingsSchema } from '@/lib/server/schema'
import { buildTopology } from '@/lib/topology/build'
import type { Host } from '@/lib/topology/types'
import { getHost, getText } from './api'
import type { LabHost, User } from './host'
import { commandThere, type Podwire } from './server'

interface Result {
  code: number
  stdout: string
  stderr: string
}

/** Runs bin/podwire on the host, as an admin there does. */
export const podwireThere = (on: LabHost, as: User, ...args: string[]): Promise<Result> =>
  new Promise((resolve, reject) => {
    const [file = '', ...rest] = commandThere(on, as, 'bin/podwire', ...args)
    const env: NodeJS.ProcessEnv = {
      NODE_ENV: 'production',
      PATH: process.env.PATH,
      HOME: as === 'dev' ? '/home/dev' : tmpdir(),
      ...(as === 'dev' && { XDG_RUNTIME_DIR: '/run/user/1000' }),
    }
    execFile(file, rest, { env, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const code = error === null ? 0 : error.code
      if (typeof code === 'number') resolve({ code, stdout, stderr })
      else reject(error ?? new Error('no code'))
    })
  })

/** Of the server alone: its own listener. */
const isOfTheServer = ({ ruleId }: { ruleId: string }) => ruleId === 'self-exposure'

/** Without what says where it was read from. */
const anonymous = (host: Host): unknown => {
  const plain = { ...host, id: 'x', name: 'x', machine: 'x', source: 'recording', ageSeconds: 0 }
  return JSON.parse(JSON.stringify(plain).replaceAll(`"${host.id}:`, '"x:'))
}

interface Rig {
  lab: LabHost
  user: User
  podwire: Podwire
  canary: string
}

/** Tests of the command line on the host that `rig` gives when they run. */
export function commandTests(rig: () => Rig): void {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'podwire-record-'))
    await chmod(folder, 0o777)
    // Bundles, which an ordinary user may not.
    await podwireThere(rig().lab, 'root', 'check', '--help')
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))

  const findingsOf = (text: string) => findingsSchema.parse(JSON.parse(text))

  test('podwire check finds what the server finds', async () => {
    const { lab, user, podwire } = rig()
    await expect
      .poll(
        async () => {
          const { code, stdout } = await podwireThere(lab, user, 'check', '--format', 'json')
          const [here, there] = [findingsOf(stdout), findingsOf(await getText(podwire, '/api/v1/findings'))]
          expect(here.findings.length).toBeGreaterThan(5)
          expect(code).toBe(
            here.findings.some(({ severity }) => severity === 'critical' || severity === 'high') ? 1 : 0,
          )
          return [here.findings, { findings: there.findings.filter(one => !isOfTheServer(one)) }.findings].map(list =>
            JSON.stringify(list, null, 1),
          )
        },
        // The server looks at the kernel every 15 s only.
        { timeout: 40_000, interval: 1000 },
      )
      .toSatisfy(([here, there]: string[]) => here === there)
  })

  test('P16 what podwire record writes replays to the same, holds no secret, and is for its owner alone', async () => {
    const { lab, user, podwire, canary } = rig()
    const out = join(folder, 'recording.json')
    const recorded = await podwireThere(lab, user, 'record', '--out', out)
    expect([recorded.code, recorded.stdout]).toEqual([0, ''])
    const { mode, uid } = await stat(out)
    expect([(mode & 0o777).toString(8), uid]).toEqual(['600', user === 'dev' ? 1000 : 0])
    expect(await readFile(out, 'utf8')).not.toContain(canary)

    const recording = await readRecording(out)
    const connection = {
      id: 'recording',
      name: 'recording',
      uri: 'recording:recording',
      transport: 'recording',
      path: out,
      foundBy: 'a test',
      ownerUid: recording.ownerUid,
    } as const
    const facts = probeRecording(recording.kernel)
    const client = createRecordingClient(connection, recording)
    const replayed = buildTopology(
      await readOnce({
        connection,
        client,
        probe: () => Promise.resolve(facts),
        units: ({ podman }) => Promise.resolve(unitsOfRecording(recording, podman)),
      }),
      { ageSeconds: 0 },
    )
    await expect
      .poll(async () => JSON.stringify(anonymous(await getHost(podwire)), null, 1), { timeout: 40_000, interval: 1000 })
      .toBe(JSON.stringify(anonymous(replayed.host), null, 1))

    // Elsewhere: on this machine, and as somebody else.
    const live = await podwireThere(lab, user, 'check', '--format', 'json')
    const elsewhere = await podwireThere(lab, 'root', 'check', '--format', 'json', '--recording', out)
    const anonymousFindings = (text: string) =>
      findingsOf(text)
        .findings.map(({ ruleId, severity, confidence, evidence, subject, fix }) =>
          JSON.stringify([ruleId, severity, confidence, evidence, subject.kind === 'host' ? '' : [subject.name, fix]]),
        )
        .toSorted()
    expect(anonymousFindings(elsewhere.stdout)).toEqual(anonymousFindings(live.stdout))
    expect(elsewhere.code).toBe(live.code)
  })

  test('podwire reach answers as the server does', async () => {
    const { lab, user, podwire } = rig()
    const { stdout, code } = await podwireThere(lab, user, 'reach', 'host', '--format', 'json')
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual(JSON.parse(await getText(podwire, '/api/v1/reach?from=host')))
  })
}
