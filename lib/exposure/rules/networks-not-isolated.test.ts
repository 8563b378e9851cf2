import { expect, test } from 'vitest'
import type { Isolation } from '@/lib/topology/types'
import { hitsOf, type NetworkSpec, run, unknownOf } from '../testing'
import { networksNotIsolated } from './networks-not-isolated'

const isolation = (effective: Isolation['effective'], configured: string | null = null) => ({
  isolation: { effective, configured, because: `netavark makes it ${effective}` },
})
const used = (...networks: NetworkSpec[]) => ({
  networks,
  containers: networks.map(({ name }) => ({ name: `on-${name}`, networks: { [name]: ['10.0.0.2'] } })),
})
const open = { name: 'app', ...isolation('none') }
const legacy = { name: 'legacy', ...isolation('none') }
const half = { name: 'half', ...isolation('isolated', 'true') }
const strict = { name: 'vault', ...isolation('strict', 'strict') }

test('bridges that are open to each other are one finding of the host, with the reason and the measurement', () => {
  expect(run(networksNotIsolated, used(open, legacy, strict)).findings).toMatchObject([
    {
      severity: 'medium',
      confidence: 'medium',
      subject: { kind: 'host', name: 'testhost' },
      message: expect.stringMatching(
        /app and legacy are open to each other.*Netavark makes it none.*Measured on Podman/,
      ),
      evidence: [
        { field: 'options.isolate', value: 'app: unset' },
        { field: 'options.isolate', value: 'legacy: unset' },
      ],
      fix: { quadlet: '[Network]\nOptions=isolate=strict' },
    },
  ])
})

test('an isolated one is open to those that are not', () => {
  const [finding] = run(networksNotIsolated, used(open, half)).findings
  expect(finding?.message).toContain('half (isolate=true) is open to app as well')
})

test('many networks are one finding, and its text stays short', () => {
  const many = Array.from({ length: 300 }, (_, i) => ({ name: `net-${i}`, ...isolation('none') }))
  const { findings } = run(networksNotIsolated, used(...many))
  expect(findings).toHaveLength(1)
  expect(findings[0]?.message.length).toBeLessThan(500)
})

test('a single open bridge, isolated ones, strict ones, internal, unmanaged and unused ones are no hit', () => {
  const sets = [
    used(open, strict),
    used(half, { ...half, name: 'other' }),
    used(strict, { ...strict, name: 'other' }),
    used(open, { ...legacy, internal: true }),
    used(open, { ...legacy, mode: 'unmanaged' }),
    used(open, { ...legacy, driver: 'macvlan' }),
    { ...used(open), networks: [open, legacy] },
  ]
  for (const spec of sets) expect(hitsOf(networksNotIsolated, spec)).toEqual([])
})

test("netavark's rules are only missed where they would be: those of a rootless engine are in another namespace", () => {
  const facts = { firewall: 'none' as const }
  expect(run(networksNotIsolated, { ...used(open, legacy), facts }).findings).toMatchObject([
    { confidence: 'high', fix: { podman: 'podman network reload --all' } },
  ])
  expect(run(networksNotIsolated, { ...used(open, legacy), facts, rootless: true }).findings).toMatchObject([
    { confidence: 'medium', fix: { podman: '# create network app again with: --opt isolate=strict' } },
  ])
})

test('without forwarding on the host nothing passes from bridge to bridge', () => {
  const facts = { forwarding: { ipv4: false, ipv6: false } }
  expect(hitsOf(networksNotIsolated, { ...used(open, legacy), facts })).toEqual([])
})

test('an unknown netavark, a VRF and a shared bridge leave it unknown', () => {
  const spec = used(
    { name: 'x', ...isolation('unknown') },
    { ...open, options: { vrf: 'blue' } },
    { name: 'a', interface: 'br0', vlan: 1 },
    { name: 'b', interface: 'br0', vlan: 2 },
  )
  expect(hitsOf(networksNotIsolated, spec)).toEqual([])
  expect(unknownOf(networksNotIsolated, spec).map(line => line.split(':')[0])).toEqual([
    'network x',
    'network app',
    'network a',
    'network b',
  ])
})
