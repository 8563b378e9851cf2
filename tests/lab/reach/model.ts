/** A lab host as Podwire sees it: read once, and asked like GET /api/v1/reach. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { readOnce } from '@/lib/collector/once'
import type { HostSnapshot } from '@/lib/collector/types'
import { createUnixRecorder } from '@/lib/podman/recorder'
import type { Connection } from '@/lib/podman/types'
import type { Run } from '@/lib/probe/commands'
import { createHostProbe } from '@/lib/probe/probe'
import { recordFacts } from '@/lib/probe/recorded-facts'
import { buildTopology } from '@/lib/topology/build'
import type { HostModel } from '@/lib/topology/types'
import type { Truth } from '@/tests/recordings/model'
import type { Engine, LabHost } from '../host'

export interface Reading {
  snapshot: HostSnapshot
  model: HostModel
  /** What can be read again, like the recordings in tests/recordings. */
  recording: string
}

/** The engine's answers and the kernel's side, as they are now. */
export async function readHost(host: LabHost, engine: Engine): Promise<Reading> {
  const connection: Connection = {
    id: host.name,
    name: host.name,
    uri: `unix://${engine.socket}`,
    transport: 'unix',
    path: engine.socket,
    foundBy: 'test',
    ownerUid: null,
  }
  const recorder = createUnixRecorder(connection)
  const snapshot = await readOnce({
    connection,
    client: recorder.client,
    probe: createHostProbe({ run: runOn(host) }),
  })
  if (snapshot.status !== 'live' || !snapshot.probe.available)
    throw new Error(`not read: ${snapshot.problem ?? snapshot.probe.reason ?? 'unknown'}`)
  const recording = { ...recorder.answers(), kernel: recordFacts(snapshot.probe) }
  return { snapshot, model: buildTopology(snapshot), recording: JSON.stringify(recording) }
}

/** This machine may have no nft, or another than the host: the probe's programs are the host's own, as if it ran there. */
const runOn =
  (host: LabHost): Run =>
  async command => {
    const inside = command.includes('--') ? command.slice(command.indexOf('--') + 1) : command
    try {
      // grep ends with 2 when a file is missing, and has printed the others.
      return { ok: true, value: await host.exec('bash', '-c', '"$@" || [ "$1" = grep ]', '-', ...inside) }
    } catch {
      return { ok: false, code: 'EXIT' }
    }
  }

const KEPT = join(import.meta.dirname, '..', '..', 'output', 'reach')

/** Keeps a host and what packets did there, to look into it without it; returns where. */
export async function keep(name: string, { recording }: Reading, truth: Truth): Promise<string> {
  await mkdir(KEPT, { recursive: true })
  await writeFile(join(KEPT, `${name}.json`), recording)
  await writeFile(join(KEPT, `${name}.truth.json`), JSON.stringify(truth))
  return join(KEPT, name)
}
