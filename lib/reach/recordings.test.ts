import { describe, expect, test } from 'vitest'
import { compare } from '@/tests/recordings/compare'
import { modelOfRecording, truthOf } from '@/tests/recordings/model'

const hosts = [
  'podman-4.3.1',
  'podman-5.4.2',
  'podman-6.1.1',
  'podman-4.3.1-rootless',
  'podman-5.4.2-rootless',
  'podman-6.1.1-rootless',
]

describe.each(hosts)('%s', name => {
  test('no verdict is contradicted by packets, and few are left open', async () => {
    const { pairs, contradicted, unknown, missing } = compare(await modelOfRecording(name), truthOf(name))
    expect(contradicted).toEqual([])
    expect(missing).toEqual([])
    expect(pairs).toBeGreaterThan(150)
    expect(unknown.length / pairs).toBeLessThan(0.02)
  })
})

/** Hosts of the lab that contradicted a verdict once. */
const ODD = [
  'podman-5.4.2-several-networks',
  'podman-5.4.2-rootless-own-door',
  'podman-6.1.1-internal-first',
  'podman-6.1.1-rootless-internal-first',
]

test.each(ODD)('%s: no verdict is contradicted by packets', async name => {
  const path = new URL(`../../tests/recordings/reach/${name}`, import.meta.url).pathname
  const model = await modelOfRecording(name, `${path}.json`)
  const { pairs, contradicted, missing } = compare(model, truthOf(name, `${path}.truth.json`))
  expect(contradicted).toEqual([])
  expect(missing).toEqual([])
  expect(pairs).toBeGreaterThan(200)
})

test('without the firewall of netavark, ipvlan and bridges behave as packets say', async () => {
  const { contradicted } = compare(await modelOfRecording('podman-5.4.2-ipvlan'), truthOf('podman-5.4.2-ipvlan'))
  // slirp4netns timed out at random on that slow host, and the packets left out the gateway of the internal network.
  expect(contradicted.filter(({ from }) => !/^container:(slirp|db)/.test(from))).toEqual([])
})
