/** The truth of a recording: the raw answers of its engine, and what its kernel said then. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as z from 'zod'
import { inspectedContainer, inspectedNetwork, inspectedPod, link } from './podman-json'
import type { Truth } from './truth'

const recording = z.record(z.string(), z.unknown())
const answer = z.object({ status: z.literal(200), body: z.unknown() })
const withId = z.array(z.object({ Id: z.string() }))
const kernel = z.object({
  'ip -j -d addr': z.array(link),
  containers: z.record(z.string(), z.object({ netns: z.number() })),
  'host netns': z.number(),
})

/** Reads tests/recordings/NAME.json. */
export function recordedTruth(name: string): Truth {
  const path = join(import.meta.dirname, '..', 'recordings', `${name}.json`)
  const file = recording.parse(JSON.parse(readFileSync(path, 'utf8')))
  const get = (route: string): unknown => answer.parse(file[`GET /v4.0.0/libpod/${route}`]).body
  const rows = withId.parse(get('containers/json?all=true&namespace=true'))
  const containers = rows.map(row => inspectedContainer.parse(get(`containers/${row.Id}/json`)))
  const pods = withId.parse(get('pods/json') ?? []).map(row => inspectedPod.parse(get(`pods/${row.Id}/json`)))
  const facts = kernel.parse(file.kernel)
  return {
    containers: new Map(containers.map(one => [one.Id, one])),
    networks: new Map(
      z
        .array(inspectedNetwork)
        .parse(get('networks/json'))
        .map(one => [one.name, one]),
    ),
    pods,
    inodes: new Map(Object.entries(facts.containers).map(([id, { netns }]) => [id, String(netns)])),
    hostInode: String(facts['host netns']),
    links: facts['ip -j -d addr'],
    live: null,
  }
}
