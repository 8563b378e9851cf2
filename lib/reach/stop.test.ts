import { expect, test } from 'vitest'
import { modelOfRecording } from '@/tests/recordings/model'
import { createReach } from './reach'
import { parseReachRef, type ReachRef } from './refs'
import { pairWithStop } from './stop'

const ref = (text: string): ReachRef => {
  const parsed = parseReachRef(text)
  if (parsed === null) throw new Error(`no reference: ${text}`)
  return parsed
}
const stop = async (recording: string, from: string, to: string) => {
  const pair = pairWithStop(createReach(await modelOfRecording(recording)), ref(from), ref(to))
  return pair?.stop === null ? null : [pair?.stop.kind, pair?.stop.label]
}

test.each([
  ['podman-5.4.2', 'container:web1', 'container:strict1', ['network', 'strictnet']],
  ['podman-6.1.1', 'container:web1', 'container:iso1', ['network', 'isolated']],
  ['podman-5.4.2', 'container:web1', 'container:stopped1', ['namespace', 'stopped1']],
  ['podman-5.4.2', 'container:airgap', 'container:web1', ['namespace', 'airgap']],
  ['podman-5.4.2', 'container:web1', 'container:airgap', ['namespace', 'airgap']],
])('on %s, %s → %s is stopped where it ends', async (recording, from, to, where) => {
  expect(await stop(recording, from, to)).toEqual(where)
})

test('what gets through, by itself or by a published port, is not stopped', async () => {
  expect(await stop('podman-5.4.2', 'container:web1', 'container:web2')).toBeNull()
  expect(await stop('podman-5.4.2', 'neighbour:eth0', 'container:web2')).toBeNull()
})

test('an end that does not exist is no pair', async () => {
  const reach = createReach(await modelOfRecording('podman-5.4.2'))
  expect(pairWithStop(reach, ref('container:web1'), ref('container:nobody'))).toBeNull()
})
