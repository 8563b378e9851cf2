/** The same comparison as on live hosts, on the recorded ones. */
import { describe, expect, test } from 'vitest'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { differences } from './differences'
import { recordedTruth } from './recorded-truth'

describe.each(recordingNames())('%s', name => {
  test('the topology is what the engine and the kernel said', async () => {
    const { host } = await modelOfRecording(name)
    expect(host.containers.length).toBeGreaterThan(0)
    expect(differences(host, recordedTruth(name))).toEqual([])
  })
})
