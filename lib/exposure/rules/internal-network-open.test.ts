import { expect, test } from 'vitest'
import { type HostSpec, hitsOf, type NetworkSpec, run, unknownOf } from '../testing'
import { internalNetworkOpen } from './internal-network-open'

const subnets = (...cidrs: string[]) =>
  cidrs.map(cidr => ({ cidr, gateway: cidr.includes(':') ? cidr.replace(/::.*/, '::1') : cidr.replace(/0\/24$/, '1') }))
const app: NetworkSpec = { name: 'app', interface: 'podman1', subnets: subnets('10.89.0.0/24') }
const vault: NetworkSpec = { name: 'vault', interface: 'podman2', internal: true, subnets: subnets('10.90.0.0/24') }
const dual = (network: NetworkSpec, cidr: string): NetworkSpec => ({
  ...network,
  subnets: [...(network.subnets ?? []), ...subnets(cidr)],
})

const used = (networks: NetworkSpec[], facts: HostSpec['facts'] = {}): HostSpec => ({
  networks,
  containers: networks.map(({ name }) => ({ name: `on-${name}`, networks: { [name]: ['10.0.0.2'] } })),
  facts: { forwarding: { ipv4: true, ipv6: true }, ...facts },
})

test('a bridge whose forwarding is on is open over IPv4, whatever the network says', () => {
  const { findings } = run(internalNetworkOpen, used([app, vault], { interfaceForwarding: { podman2: true } }))
  expect(findings).toMatchObject([
    {
      severity: 'high',
      confidence: 'high',
      subject: { kind: 'network', name: 'vault' },
      message: expect.stringMatching(
        /^Containers on app reach every port on vault by IPv4 address, though it is internal\./,
      ),
      evidence: [
        { field: 'subnets (IPv4)', value: '10.90.0.0/24' },
        { field: 'net.ipv4.conf.podman2.forwarding', value: '1' },
      ],
      fix: { podman: expect.stringContaining('sysctl -w net.ipv4.conf.podman2.forwarding=0') },
    },
  ])
})

test('the kernel does not heed the switch of a bridge for IPv6', () => {
  const spec = used([dual(app, 'fd00:1::/64'), dual(vault, 'fd00:2::/64')], { interfaceForwarding: { podman2: false } })
  expect(run(internalNetworkOpen, spec).findings).toMatchObject([
    {
      message: expect.stringContaining('by IPv6 address'),
      fix: { podman: expect.stringContaining('without: --ipv6') },
    },
  ])
})

test('closed by its switch, alone, unused, or with IPv6 on one side only is no hit', () => {
  const closed = { interfaceForwarding: { podman2: false } }
  for (const spec of [
    used([app, vault], closed),
    used([vault], { interfaceForwarding: { podman2: true } }),
    { ...used([app], { interfaceForwarding: { podman2: true } }), networks: [app, vault] },
    used([app, dual(vault, 'fd00:2::/64')], closed),
  ])
    expect(hitsOf(internalNetworkOpen, spec)).toEqual([])
})

test('where the switch was not read and it may have started first, it is unknown', () => {
  const spec = used([app, vault])
  const started = (name: string, startedAt: string) => ({
    name: `on-${name}`,
    networks: { [name]: ['10.0.0.2'] },
    startedAt,
  })
  const containers = [started('vault', '2026-01-01T00:00:00.000Z'), started('app', '2026-01-01T00:00:05.000Z')]
  expect(hitsOf(internalNetworkOpen, { ...spec, containers })).toEqual([])
  expect(unknownOf(internalNetworkOpen, { ...spec, containers })).toEqual([
    expect.stringMatching(
      /^network vault: vault is internal; whether the host forwards IPv4 to it all the same is not known/,
    ),
  ])
  const late = [started('vault', '2026-01-01T00:00:09.000Z'), started('app', '2026-01-01T00:00:05.000Z')]
  expect(unknownOf(internalNetworkOpen, { ...spec, containers: late })).toEqual([])
})
