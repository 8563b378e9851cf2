import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { noProbe } from './facts'
import { recordFacts } from './recorded-facts'
import { probeRecording } from './recording'

const { kernel } = JSON.parse(readFileSync('tests/recordings/podman-5.4.2.json', 'utf8'))
const facts = probeRecording(kernel)
const throughText = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('recorded facts are the facts', () => {
  expect(facts.available).toBe(true)
  const own = { ...facts, hostNetnsIsOwn: true, rootlessNetns: '4026531840' }
  expect(probeRecording(throughText(recordFacts(own)))).toEqual({ ...own, hostNetnsIsOwn: false })
})

test('why there are none is kept as well', () => {
  const none = noProbe('No monitor is visible here.')
  expect(probeRecording(throughText(recordFacts(none)))).toEqual(none)
})

test('malformed facts are no facts, and that is said', () => {
  for (const wrong of [null, [], {}, { ...facts, interfaces: 7 }, { ...facts, hostListeners: { known: true } }])
    expect(probeRecording({ facts: wrong })).toMatchObject({
      available: false,
      reason: expect.stringContaining('malformed'),
    })
})
