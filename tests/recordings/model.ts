/** Recordings as models: the same parse path as a live engine, read once, for tests and benches. */
import { readdirSync, readFileSync } from 'node:fs'
import { unitsOfRecording } from '@/lib/collector/recorded-units'
import type { ContainerRecord, HostSnapshot, PodRecord } from '@/lib/collector/types'
import { createRecordingClient, readRecording } from '@/lib/podman/recording'
import type { Connection } from '@/lib/podman/types'
import { probeRecording } from '@/lib/probe/recording'
import { buildTopology } from '@/lib/topology/build'
import type { HostModel } from '@/lib/topology/types'

const here = new URL('.', import.meta.url).pathname

/** "podman-5.4.2", "podman-6.1.1-rootless", … */
export const recordingNames = (): string[] =>
  readdirSync(here)
    .filter(name => name.endsWith('.json') && !name.endsWith('.truth.json'))
    .map(name => name.slice(0, -'.json'.length))

export async function snapshotOfRecording(name: string, path = `${here}${name}.json`): Promise<HostSnapshot> {
  const recording = await readRecording(path)
  const connection: Connection = {
    id: name,
    name,
    uri: `recording:${name}`,
    transport: 'recording',
    path,
    foundBy: 'test',
    ownerUid: null,
  }
  const client = createRecordingClient(connection, recording)
  const info = await client.info().catch(() => null)
  const summaries = await client.containers()
  const containers = await Promise.all(
    summaries.map(
      async (summary): Promise<ContainerRecord> =>
        client.container(summary.id).then(
          detail => ({ summary, detail, problem: null }),
          (error: Error) => ({ summary, detail: null, problem: error.message }),
        ),
    ),
  )
  const pods = await Promise.all(
    (await client.pods()).map(
      async (summary): Promise<PodRecord> =>
        client.pod(summary.id).then(
          detail => ({ summary, detail, problem: null }),
          (error: Error) => ({ summary, detail: null, problem: error.message }),
        ),
    ),
  )
  const { version } = await client.ping()
  return {
    connection,
    revision: 1,
    status: 'live',
    problem: null,
    readAt: '2026-11-21T20:28:30Z',
    info,
    podmanVersion: info?.podmanVersion ?? version,
    machine: info?.hostname ?? name,
    rootless: info?.rootless ?? name.includes('rootless'),
    containers,
    networks: await client.networks(),
    pods,
    volumes: await client.volumes().catch(() => null),
    probe: probeRecording(recording.kernel),
    units: unitsOfRecording(recording, info?.podmanVersion ?? version),
  }
}

export const modelOfRecording = async (name: string, path?: string): Promise<HostModel> =>
  buildTopology(await snapshotOfRecording(name, path))

/** What packets did there; the format is described in docs/testing.md. */
export interface Truth {
  owner: Record<string, string>
  hostAddresses: string[]
  /** [from, container, network, address, answeredBy] */
  direct: [string, string, string, string, string][]
  /** [from, owner, hostIp, hostPort, hostAddress, answeredBy] */
  published: [string, string, string, number, string, string][]
  /** [from, hostAddress, answeredBy] */
  hosts: [string, string, string][]
}

export const truthOf = (name: string, path = `${here}${name}.truth.json`): Truth => JSON.parse(readFileSync(path, 'utf8'))
