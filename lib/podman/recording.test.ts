import { mkdir, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PodmanError } from './errors'
import { createRecordingClient, parseRecording, readRecording } from './recording'
import { connectionTo, recordedIds, recordingNames, recordingsDirectory, temporaryDirectory } from './testing'

let directory = ''
let remove = async () => {}

beforeAll(async () => {
  const made = await temporaryDirectory()
  directory = made.path
  remove = made.remove
})
afterAll(() => remove())

const connection = connectionTo('x.json', { transport: 'recording', uri: 'recording:x' })

const failure = async (work: () => unknown): Promise<PodmanError> => {
  try {
    await work()
  } catch (thrown) {
    if (thrown instanceof PodmanError) return thrown
    throw thrown
  }
  throw new Error('it did not fail')
}

describe.each(recordingNames)('%s', name => {
  it('answers like the engine it was taken from', async () => {
    const recording = await readRecording(join(recordingsDirectory, name))
    const client = createRecordingClient(connection, recording)
    const containers = await client.containers()
    expect(containers.map(({ id }) => id)).toEqual(recordedIds(name))
    expect(containers.some(({ netns }) => netns !== null)).toBe(true)
    for (const { id } of containers) expect((await client.container(id)).id).toBe(id)
    for (const { id } of await client.pods()) expect((await client.pod(id)).id).toBe(id)
    expect((await client.ping()).version).toMatch(/^[456]\.\d+\.\d+$/)
    expect(recording.kernel).toHaveProperty('ip -j route')
  })
})

describe('a recorded failure', () => {
  it('fails again, and the rest goes on', async () => {
    const recording = await readRecording(join(recordingsDirectory, 'podman-5.4.2-rootless-info500.json'))
    const client = createRecordingClient(connection, recording)
    expect(await failure(() => client.info())).toMatchObject({ code: 'http', status: 500, template: '/info' })
    expect(await client.containers()).toHaveLength(12)
  })
})

const answer = (body: unknown) => ({ status: 200, headers: { 'Libpod-Api-Version': '5.0.0' }, body })
const row = { Id: 'a'.repeat(64), Names: ['a'] }

describe('parseRecording', () => {
  it('finds paths under any version, with or without namespaces', async () => {
    for (const path of [
      '/v5.0.0/libpod/containers/json?all=true',
      '/v4.0.0/libpod/containers/json?namespace=true&all=true',
    ]) {
      const recording = parseRecording(JSON.stringify({ [`GET ${path}`]: answer([row]) }))
      expect(await createRecordingClient(connection, recording).containers()).toHaveLength(1)
    }
  })

  it('prefers the list that knows the namespaces, wherever it stands', async () => {
    const short = { 'GET /v4.0.0/libpod/containers/json?all=true': answer([row]) }
    const long = {
      'GET /v4.0.0/libpod/containers/json?all=true&namespace=true': answer([{ ...row, Namespaces: { Net: '7' } }]),
    }
    for (const file of [
      { ...short, ...long },
      { ...long, ...short },
    ]) {
      const client = createRecordingClient(connection, parseRecording(JSON.stringify(file)))
      expect((await client.containers())[0]?.netns).toBe('7')
    }
  })

  it('says of what was not recorded that it was not, and not that it is gone', async () => {
    const file = { 'GET /v4.0.0/libpod/containers/json?all=true': answer([row]) }
    const client = createRecordingClient(connection, parseRecording(JSON.stringify(file)))
    expect(await failure(() => client.container(row.Id))).toMatchObject({ code: 'http', status: 501 })
  })

  it.each([
    '',
    '{',
    '[]',
    '7',
    '{}',
    '{"GET /x": {}}',
    '{"GET /v4.0.0/libpod/containers/json?all=true": {"status": "x"}}',
  ])('refuses %j', async text => {
    expect((await failure(() => parseRecording(text))).code).toBe('malformed')
  })
})

describe('readRecording', () => {
  it('tells a missing file, a directory and a huge file apart', async () => {
    expect((await failure(() => readRecording(join(directory, 'none.json')))).code).toBe('missing')
    await mkdir(join(directory, 'directory'))
    expect((await failure(() => readRecording(join(directory, 'directory')))).code).toBe('malformed')
    const huge = join(directory, 'huge.json')
    await writeFile(huge, '')
    await truncate(huge, 65 * 1024 * 1024)
    expect((await failure(() => readRecording(huge))).code).toBe('too-large')
  })
})

describe('events of a recording', () => {
  const client = createRecordingClient(connection, {
    answers: new Map(),
    kernel: undefined,
    ownerUid: null,
    recordedAt: null,
  })

  it('open at once, bring nothing, and end when the reader stops', async () => {
    const stop = new AbortController()
    const events: unknown[] = []
    for await (const event of client.events(stop.signal, () => stop.abort())) events.push(event)
    expect(events).toEqual([])
  })

  it('end for a reader that is gone already', async () => {
    for await (const event of client.events(AbortSignal.abort())) throw new Error(`an event: ${JSON.stringify(event)}`)
  })
})
