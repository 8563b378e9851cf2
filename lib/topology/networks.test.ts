import { expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import type { EngineInfo, NetworkSummary } from '@/lib/podman/types'
import { buildTopology } from './build'
import { container, engineId, engineInfo, known, network, probe, snapshot } from './testing'
import type { Isolation, Network } from './types'

const built = (spec: Partial<NetworkSummary>, host: Partial<HostSnapshot> = {}): Network => {
  const [only] = buildTopology(snapshot({ networks: [network('app', spec)], ...host })).host.networks
  if (!only) throw new Error('no network')
  return only
}

const effective = (
  options: Record<string, string>,
  info: Partial<EngineInfo>,
  podmanVersion: string | null = null,
): Isolation['effective'] =>
  built({ options }, { info: engineInfo({ podmanVersion: null, netavarkVersion: null, ...info }), podmanVersion })
    .isolation.effective

test('a network keeps what the engine says of it', () => {
  expect(
    built({
      networkInterface: 'podman7',
      internal: true,
      dnsEnabled: false,
      options: { mtu: '1400', vlan: '12' },
      subnets: [
        { cidr: 'fd89::/64', gateway: 'fd89::1', leaseRange: null },
        { cidr: '10.89.0.0/24', gateway: null, leaseRange: null },
      ],
    }),
  ).toMatchObject({
    id: `root:network:${engineId('network app')}`,
    name: 'app',
    driver: 'bridge',
    mode: null,
    interface: 'podman7',
    subnets: [
      { cidr: '10.89.0.0/24', gateway: null },
      { cidr: 'fd89::/64', gateway: 'fd89::1' },
    ],
    internal: true,
    dns: false,
    isDefault: false,
    vlan: 12,
    mtu: 1400,
  })
})

test('modes that are not set are the ones that netavark takes', () => {
  expect(built({ driver: 'macvlan' }).mode).toBe('bridge')
  expect(built({ driver: 'ipvlan' }).mode).toBe('l2')
  expect(built({ driver: 'macvlan', options: { mode: 'private' } }).mode).toBe('private')
  expect(built({ options: { mode: 'unmanaged' } }).mode).toBe('unmanaged')
  expect(built({ driver: 'macvlan', networkInterface: null }).interface).toBeNull()
})

test('options that are no numbers are none', () => {
  for (const text of ['', '0', '-1', '1e3', '0x10', 'lots', '12 ', '9'.repeat(30)])
    expect([built({ options: { mtu: text } }).mtu, built({ options: { vlan: text } }).vlan]).toEqual([null, null])
})

test('the default network is the one that the engine names, else "podman"', () => {
  const defaults = (info: EngineInfo | null) =>
    buildTopology(snapshot({ networks: [network('app'), network('podman')], info }))
      .host.networks.filter(one => one.isDefault)
      .map(one => one.name)
  expect(defaults(engineInfo())).toEqual(['podman'])
  expect(defaults(engineInfo({ defaultNetwork: 'app' }))).toEqual(['app'])
  expect(defaults(null)).toEqual(['podman'])
})

test('an isolate option that is not set is open under netavark 1.x and strict under 2.x', () => {
  for (const netavarkVersion of ['1.0.3', '1.4.0', '1.14.0', '1.17.2'])
    expect(effective({}, { netavarkVersion })).toBe('none')
  for (const netavarkVersion of ['2.0.0', '2.1.0', '3.0']) expect(effective({}, { netavarkVersion })).toBe('strict')
})

test('netavark’s version counts, not Podman’s', () => {
  expect(effective({}, { netavarkVersion: '2.0.0' }, '5.8.2')).toBe('strict')
  expect(effective({}, { netavarkVersion: '1.17.2' }, '6.0.0')).toBe('none')
})

test('where netavark does not say its version, Podman 4 and 6 leave no choice, and 5 does', () => {
  expect(effective({}, {}, '4.3.1')).toBe('none')
  expect(effective({}, {}, '6.1.1')).toBe('strict')
  expect(effective({}, {}, '5.4.2')).toBe('unknown')
  expect(effective({}, {}, null)).toBe('unknown')
  const blind = (podmanVersion: string) => built({}, { info: null, podmanVersion }).isolation.effective
  // A 4.x may run on CNI.
  expect(['4.3.1', '5.4.2', '6.1.1'].map(blind)).toEqual(['unknown', 'unknown', 'strict'])
})

test('an isolate option that is set means the same in every version that knows it', () => {
  for (const netavarkVersion of ['1.4.0', '1.14.0', '2.1.0']) {
    expect(effective({ isolate: 'true' }, { netavarkVersion })).toBe('isolated')
    expect(effective({ isolate: 'false' }, { netavarkVersion })).toBe('none')
  }
  expect(effective({ isolate: 'strict' }, { netavarkVersion: '1.7.0' })).toBe('strict')
  expect(effective({ isolate: 'strict' }, { netavarkVersion: '2.0.0' })).toBe('strict')
  // Podman 4.3 refuses it: https://github.com/containers/netavark/blob/v1.6.0/src/network/bridge.rs#L73
  expect(effective({ isolate: 'strict' }, { netavarkVersion: '1.6.0' })).toBe('unknown')
  expect(effective({ isolate: 'strict' }, {}, '4.3.1')).toBe('unknown')
  expect(effective({ isolate: 'strict' }, {}, '6.0.0')).toBe('strict')
  for (const isolate of ['1', 'yes', '', 'TRUE'])
    expect(effective({ isolate }, { netavarkVersion: '1.14.0' })).toBe('unknown')
})

test('CNI and unknown drivers are unknown', () => {
  expect(effective({ isolate: 'true' }, { networkBackend: 'cni' })).toBe('unknown')
  expect(built({ driver: 'weird' }).isolation.effective).toBe('unknown')
})

test('internal, unmanaged, macvlan and ipvlan have no rules', () => {
  expect(built({ internal: true, options: { isolate: 'strict' } }).isolation).toEqual({
    configured: 'strict',
    effective: 'none',
    because: 'internal: netavark installs no rules; forwarding is off on the bridge, which stops other networks',
  })
  const two = { info: engineInfo({ netavarkVersion: '2.0.0' }) }
  expect(built({ internal: true }, two).isolation.effective).toBe('none')
  expect(built({ options: { mode: 'unmanaged' } }, two).isolation.effective).toBe('none')
  expect(built({ driver: 'macvlan' }, two).isolation.effective).toBe('none')
  expect(built({ driver: 'ipvlan', options: { mode: 'l3' } }, two).isolation.effective).toBe('none')
})

test('a network in use without rules in the kernel isolates nothing; one that nobody runs on has none yet', () => {
  const host = (state: 'running' | 'exited', rootless = false): Partial<HostSnapshot> => ({
    rootless,
    info: engineInfo({ netavarkVersion: '2.0.0', rootless }),
    probe: probe({ firewall: known('none') }),
    containers: [container('web', { state, networks: { app: ['10.89.0.2'] } })],
  })
  expect(built({}, host('running')).isolation.effective).toBe('none')
  expect(built({}, host('exited')).isolation.effective).toBe('strict')
  expect(built({}, host('running', true)).isolation.effective).toBe('strict')
})
