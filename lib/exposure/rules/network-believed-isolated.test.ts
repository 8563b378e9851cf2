import { expect, test } from 'vitest'
import type { Isolation } from '@/lib/topology/types'
import { hitsOf, type NetworkSpec, run, unknownOf } from '../testing'
import { networkBelievedIsolated } from './network-believed-isolated'

const isolation = (effective: Isolation['effective'], configured: string | null = null) => ({
  isolation: { effective, configured, because: `not set: netavark makes it ${effective}` },
})
const used = (...networks: NetworkSpec[]) => ({
  networks,
  containers: networks.map(({ name }) => ({ name: `on-${name}`, networks: { [name]: ['10.0.0.2'] } })),
})
const standard = { name: 'podman', isDefault: true, ...isolation('none') }
const app = { name: 'app', ...isolation('none') }
const half = { name: 'half', ...isolation('isolated', 'true') }
const strict = { name: 'vault', ...isolation('strict', 'strict') }

test('isolate=true beside a network without it is medium, the option unset is low', () => {
  const { findings } = run(networkBelievedIsolated, { ...used(standard, app, half), facts: { firewall: 'nftables' } })
  expect(findings).toMatchObject([
    {
      severity: 'medium',
      confidence: 'high',
      subject: { kind: 'network', name: 'half' },
      message: expect.stringMatching(/Containers on podman and app reach every port on half.*only separates.*Measured/),
    },
    {
      severity: 'low',
      subject: { name: 'app' },
      message: expect.stringMatching(/Containers on podman and half reach.*Not set: netavark makes it none/),
    },
  ])
})

test('a hundred networks name a few others each', () => {
  const many = Array.from({ length: 100 }, (_, i) => ({ name: `net-${i}`, ...isolation('none') }))
  const { findings } = run(networkBelievedIsolated, used(...many))
  expect(findings).toHaveLength(100)
  for (const one of findings) expect(one.message).toContain('and other networks')
})

test('strict, alone, between isolated ones, by decision, and the default network are no hit', () => {
  const sets = [
    used(standard, strict),
    used(app),
    used(half, { ...half, name: 'other' }),
    used(standard, { name: 'free', ...isolation('none', 'false') }),
    used(app, { name: 'inner', internal: true, ...isolation('none') }),
  ]
  for (const spec of sets) expect(hitsOf(networkBelievedIsolated, spec)).toEqual([])
})

test('what was asked for and is not in effect is medium, and mended by writing the rules again', () => {
  const gone = {
    isolation: { configured: 'strict', effective: 'none' as const, because: "netavark's rules are not in the kernel" },
  }
  const spec = { ...used(standard, { name: 'vault', ...gone }), facts: { firewall: 'none' as const } }
  expect(run(networkBelievedIsolated, spec).findings).toMatchObject([
    {
      severity: 'medium',
      message: expect.stringMatching(/Netavark's rules are not in the kernel\. Measured .* without netavark's rules/),
      fix: { podman: 'podman network reload --all' },
    },
  ])
})

test('an unknown netavark leaves it unknown', () => {
  const spec = used(standard, { name: 'x', ...isolation('unknown') })
  expect(hitsOf(networkBelievedIsolated, spec)).toEqual([])
  expect(unknownOf(networkBelievedIsolated, spec)).toEqual([
    'network x: whether others reach it is not known: not set: netavark makes it unknown',
  ])
})
