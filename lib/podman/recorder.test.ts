import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PodmanError } from './errors'
import { createRecorder } from './recorder'
import { createRecordingClient, parseRecording, recordedTransport, type Recording } from './recording'
import { connectionTo, recordingNames, recordingsDirectory } from './testing'
import type { PodmanClient } from './types'

const connection = connectionTo('x.json', { transport: 'recording', uri: 'recording:x' })
const textOf = (name: string): string => readFileSync(join(recordingsDirectory, name), 'utf8')

/** An answer, or how it failed. */
const settled = (work: Promise<unknown>) => work.catch((thrown: PodmanError) => `${thrown.code} ${thrown.message}`)

/** Everything that any later stage can learn of an engine, problems of parsing included. */
async function known(client: PodmanClient) {
  const [containers, pods] = [await client.containers(), await client.pods()]
  const [networks, volumes] = [await client.networks(), await client.volumes()]
  return {
    ping: await client.ping(),
    version: await settled(client.version()),
    info: await settled(client.info()),
    lists: { containers, pods, networks, volumes },
    problems: [containers, pods, networks, volumes].map(list => list.problems),
    details: await Promise.all(containers.map(({ id }) => settled(client.container(id)))),
    podDetails: await Promise.all(pods.map(({ id }) => settled(client.pod(id)))),
  }
}

/** Reads all of a recording through a recorder; what was learnt, and the text of the new recording. */
async function record(from: Recording) {
  const recorder = createRecorder(connection, recordedTransport(from))
  const original = await known(recorder.client)
  const text = JSON.stringify(recorder.answers())
  return { original, text, replayed: await known(createRecordingClient(connection, parseRecording(text))) }
}

describe.each(recordingNames)('a recording of %s', name => {
  it('says the same to every later stage', async () => {
    const { original, replayed } = await record(parseRecording(textOf(name)))
    expect(replayed).toEqual(original)
    expect(original.details.length).toBeGreaterThan(3)
  })

  it('holds nothing of what the schemas drop', async () => {
    const { text } = await record(parseRecording(textOf(name)))
    for (const field of ['Env', 'Cmd', 'Args', 'Entrypoint', 'Healthcheck', 'Log', 'Secrets', 'Hostname', 'registries'])
      expect(text).not.toContain(`"${field}"`)
    expect(text.length).toBeLessThan(textOf(name).length / 2)
  })
})

const CANARY = 'canary-4f1c'

describe('P16 what is secret', () => {
  /** Beside every field of which a part is kept, and wherever a secret may well be. */
  function plant(value: unknown): unknown {
    if (Array.isArray(value)) return value.map(plant)
    if (typeof value !== 'object' || value === null) return value
    const more: Record<string, (now: unknown) => unknown> = {
      Env: () => [CANARY],
      Labels: now => ({ ...Object(now), 'traefik.auth': `u:${CANARY}` }),
      labels: now => ({ ...Object(now), token: CANARY }),
      Annotations: now => ({ ...Object(now), token: CANARY }),
      options: now => ({ ...Object(now), token: CANARY }),
      Options: now => ({ ...Object(now), o: `username=me,password=${CANARY}`, token: CANARY }),
      CreateCommand: now => [
        'podman',
        'run',
        '-e',
        CANARY,
        `--network=${CANARY}`,
        `--network=pasta:${CANARY}`,
        ...Object(now),
      ],
      SecurityOpt: now => [...Object(now), `x=${CANARY}`],
      Health: now => ({ ...Object(now), Log: [{ Output: CANARY }] }),
      Image: now => `user:${CANARY}@${String(now)}`,
      NetworkMode: now => (now === 'pasta' ? `pasta:${CANARY}` : now),
      ProcessLabel: () => `${CANARY}:r:qm_t:${CANARY}`,
    }
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, more[key]?.(plant(inner)) ?? plant(inner)]),
    )
  }
  const planted = JSON.stringify(plant(JSON.parse(textOf('podman-5.4.2-rootless.json'))))

  it('does not get in', async () => {
    expect(planted.split(CANARY).length).toBeGreaterThan(50)
    const { text, original, replayed } = await record(parseRecording(planted))
    expect(text).not.toContain(CANARY)
    expect(replayed).toEqual(original)
  })
})

const answer = (body: unknown, status = 200) => ({ status, headers: { 'Libpod-Api-Version': '5.0.0' }, body })
const id = 'a'.repeat(64)

describe('what could not be understood', () => {
  it('cannot be understood in the recording either, and is told in the same words', async () => {
    const text = JSON.stringify({
      'GET /v4.0.0/libpod/_ping': answer('OK'),
      'GET /v4.0.0/libpod/version': answer({ Version: { secret: CANARY } }),
      'GET /v4.0.0/libpod/info': answer({ message: 'no storage', cause: CANARY }, 500),
      'GET /v4.0.0/libpod/containers/json?all=true&namespace=true': answer([
        { Id: id, Names: ['a'], Ports: [{ host_port: { secret: CANARY } }] },
        { Id: 'short', Names: ['b'] },
      ]),
      [`GET /v4.0.0/libpod/containers/${id}/json`]: answer({
        Id: id,
        HostConfig: { PortBindings: { 'no port': [] }, Privileged: 'yes', SecurityOpt: [{ secret: CANARY }] },
        Mounts: [{ Type: 'bind', Source: { secret: CANARY } }],
      }),
      'GET /v4.0.0/libpod/networks/json': answer([{ name: 'n', id, driver: 7, options: [CANARY] }]),
      'GET /v4.0.0/libpod/pods/json': answer(null),
      'GET /v4.0.0/libpod/volumes/json': answer([{ Name: 'v', Options: { o: `password=${CANARY},ro` } }]),
    })
    const { original, replayed, text: recorded } = await record(parseRecording(text))
    expect(original.info).toBe('http 500 no storage')
    expect(original.problems.flat().length).toBeGreaterThan(1)
    expect(replayed).toEqual(original)
    expect(recorded).not.toContain(CANARY)
  })
})
