import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createRecordingClient, parseRecording } from '@/lib/podman/recording'
import { probeRecording } from '@/lib/probe/recording'
import { makeDemo } from './make-demo'

const source = readFileSync('tests/recordings/podman-5.4.2.json', 'utf8')
const shipped = readFileSync('public/demo.json', 'utf8')

/** Everything that any later stage can learn from a recording. */
async function known(text: string) {
  const recording = parseRecording(text)
  const client = createRecordingClient(
    {
      id: 'demo',
      name: 'demo',
      uri: 'recording:demo',
      transport: 'recording',
      path: null,
      foundBy: 'test',
      ownerUid: null,
    },
    recording,
  )
  const [containers, pods] = [await client.containers(), await client.pods()]
  return {
    version: await client.version(),
    info: await client.info(),
    containers: containers.map(({ labels: _labels, ...rest }) => rest),
    details: await Promise.all(containers.map(({ id }) => client.container(id))),
    networks: (await client.networks()).map(({ labels: _labels, ...rest }) => rest),
    pods,
    podDetails: await Promise.all(pods.map(({ id }) => client.pod(id))),
    volumes: await client.volumes(),
    kernel: probeRecording(recording.kernel),
  }
}

test('the shipped demo is made from the recording', () => {
  expect(shipped).toBe(makeDemo(source))
})

test('it says the same as the recording, but for the host’s name and labels', async () => {
  const [demo, original] = [await known(shipped), await known(source)]
  expect(demo.info.hostname).toBe('demo-host')
  expect({ ...demo, info: { ...demo.info, hostname: original.info.hostname } }).toEqual(original)
  expect(demo.containers.length).toBeGreaterThan(20)
})

test('nothing is in it that may hold a secret', () => {
  for (const field of [
    'Env',
    'Cmd',
    'Args',
    'Entrypoint',
    'Healthcheck',
    'Log',
    'Secrets',
    'Labels',
    'Annotations',
    'Hostname',
    'registries',
  ])
    expect(shipped).not.toContain(`"${field}"`)
  expect(source).toContain('"Env"')
})

test('a planted secret does not get through', () => {
  const canary = 'canary-4f1c'
  const planted = source
    .replaceAll('"Env":', `"Secrets": ["${canary}"], "Labels": {"x": "${canary}"}, "Env": ["${canary}"], "WasEnv":`)
    .replaceAll('"CreateCommand": [', `"CreateCommand": ["podman", "run", "-e", "P=${canary}", "--network=host", `)
    .replaceAll('"Health": {', `"Health": {"Log": [{"Output": "${canary}"}], `)
  expect(planted.split(canary).length).toBeGreaterThan(100)
  expect(makeDemo(planted)).not.toContain(canary)
})
