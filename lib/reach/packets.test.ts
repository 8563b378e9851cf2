/** What packets did in the lab against an earlier verdict. */
import { describe, expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { buildTopology } from '@/lib/topology/build'
import { container, engineId, engineInfo, known, network, notKnown, probe, snapshot } from '@/lib/topology/testing'
import { createReach } from './reach'
import { parseReachRef } from './refs'

const face = (name: string, index: number, ...addresses: string[]) => ({
  name,
  index,
  kind: 'physical' as const,
  mac: null,
  mtu: 1500,
  addresses,
  up: true,
  master: null,
  parent: null,
})

/** eth0 has both families, eth1 IPv4 and a link-local address; bridges have their gateways. */
const interfaces = known([
  face('eth0', 2, '198.51.100.2/24', '2001:db8:1::2/64'),
  face('eth1', 3, '203.0.113.2/24', 'fe80::2/64'),
  ...[...Array(9).keys()].map(n => ({ ...face(`n${n}br`, 10 + n, `10.0.${n}.1/24`), kind: 'bridge' as const })),
])

/** A bridge: 10.0.N.0/24, and fd00:N::/64 where it has IPv6. */
const bridge = (n: number, { ipv6 = false, ...spec }: Parameters<typeof network>[1] & { ipv6?: boolean } = {}) =>
  network(`n${n}`, {
    networkInterface: `n${n}br`,
    subnets: [
      { cidr: `10.0.${n}.0/24`, gateway: `10.0.${n}.1`, leaseRange: null },
      ...(ipv6 ? [{ cidr: `fd00:${n}::/64`, gateway: `fd00:${n}::1`, leaseRange: null }] : []),
    ],
    ...spec,
  })

/** On the segment and in the subnet of eth0. */
const lan = network('lan', {
  driver: 'macvlan',
  networkInterface: 'eth0',
  subnets: [{ cidr: '198.51.100.0/24', gateway: '198.51.100.1', leaseRange: null }],
})

const on = (...networks: string[]) =>
  Object.fromEntries(
    networks.map((name, index) => {
      if (name === 'lan') return [name, ['198.51.100.140']]
      const n = name.slice(1, 2)
      return [name.slice(0, 2), [`10.0.${n}.${5 + index}`, ...(name.endsWith('+6') ? [`fd00:${n}::${5 + index}`] : [])]]
    }),
  )

function askOf(spec: Partial<HostSnapshot>) {
  const reach = createReach(buildTopology(snapshot({ probe: probe({ interfaces }), ...spec })))
  const ref = (text: string) => {
    const parsed = parseReachRef(text)
    if (parsed === null) throw new Error(text)
    return parsed
  }
  return {
    direct: (from: string, to: string) => reach.pair(ref(from), ref(to))?.direct[0]?.verdict,
    door: (from: string, to: string) => reach.pair(ref(from), ref(to))?.published[0]?.verdict,
  }
}

describe('an internal network', () => {
  const networks = [bridge(0, { ipv6: true }), bridge(1, { internal: true, ipv6: true }), bridge(2, { internal: true })]
  const containers = [
    container('web', { networks: on('n0+6'), ports: [{ hostPort: 80 }] }),
    container('vault', { networks: on('n1+6') }),
    container('safe', { networks: on('n2') }),
  ]
  const closed = known({ n1br: false, n2br: false })
  const forwarding = (ipv6: boolean) =>
    probe({ interfaces, forwarding: known({ ipv4: true, ipv6 }), interfaceForwarding: closed })

  test('is open over IPv6, both to its members and from them to doors', () => {
    const ask = askOf({ networks, containers })
    expect(ask.direct('container:web', 'container:vault')).toBe('reachable')
    expect(ask.door('container:vault', 'container:web')).toBe('reachable')
    expect(ask.direct('container:vault', 'container:web')).toBe('blocked')
  })

  test('is closed where Podman gave it no gateway, as without DNS: its members answer nobody but each other', () => {
    const bare = (network: (typeof networks)[number]) => ({
      ...network,
      subnets: network.subnets.map(subnet => ({ ...subnet, gateway: null })),
    })
    const [outer, ...inner] = networks
    const ask = askOf({
      networks: [...(outer ? [outer] : []), ...inner.map(bare)],
      containers,
      probe: probe({ interfaces, interfaceForwarding: known({ n1br: true, n2br: true }) }),
    })
    expect(ask.direct('container:web', 'container:vault')).toBe('blocked')
    expect(ask.direct('container:web', 'container:safe')).toBe('blocked')
    expect(ask.door('container:vault', 'container:web')).toBe('blocked')
    expect(ask.door('container:safe', 'container:web')).toBe('blocked')
  })

  test('is closed where the host forwards no IPv6, or it has none', () => {
    expect(askOf({ networks, containers, probe: forwarding(true) }).direct('container:web', 'container:safe')).toBe(
      'blocked',
    )
    const ask = askOf({ networks, containers, probe: forwarding(false) })
    expect(ask.direct('container:web', 'container:vault')).toBe('blocked')
    expect(ask.door('container:vault', 'container:web')).toBe('blocked')
  })

  test('is not judged where that was not read', () => {
    const ask = askOf({ networks, containers, probe: probe({ interfaces, forwarding: notKnown('test') }) })
    expect(ask.direct('container:web', 'container:vault')).toBe('unknown')
  })

  test('is open over IPv4 where its bridge was there before the host forwarded', () => {
    const opened = (n2br: boolean) =>
      askOf({ networks, containers, probe: probe({ interfaces, interfaceForwarding: known({ n2br }) }) })
    expect(opened(true).direct('container:web', 'container:safe')).toBe('reachable')
    expect(opened(true).door('container:safe', 'container:web')).toBe('reachable')
    expect(opened(false).direct('container:web', 'container:safe')).toBe('blocked')
  })

  test('is not judged where that was not read and its member started first', () => {
    const started = (name: string, startedAt: string, on_: Record<string, string[]>) =>
      container(name, { networks: on_, summary: { startedAt } })
    const since = (safe: string, web: string) =>
      askOf({ networks, containers: [started('safe', safe, on('n2')), started('web', web, on('n0'))] })
    const [early, late] = ['2026-01-01T00:00:01.000Z', '2026-01-01T00:00:02.000Z']
    expect(since(early, late).direct('container:web', 'container:safe')).toBe('unknown')
    expect(since(late, early).direct('container:web', 'container:safe')).toBe('blocked')
  })

  test('rewrites no source: its member does not come back to itself by it', () => {
    const both = container('both', { networks: on('n0+6', 'n1+6'), ports: [{ hostPort: 81 }] })
    expect(askOf({ networks, containers: [both] }).door('container:both', 'container:both')).toBe('blocked')
  })
})

describe('a door on IPv6', () => {
  const networks = [bridge(0, { ipv6: true }), bridge(1)]
  const containers = (hostIp: string) => [
    container('web', { networks: on('n0+6'), ports: [{ hostPort: 80, hostIp }] }),
    container('six', { networks: on('n0+6') }),
    container('four', { networks: on('n1') }),
  ]

  test.each(['::', '2001:db8:1::2'])('%s: is shut to those who have none', hostIp => {
    const ask = askOf({ networks, containers: containers(hostIp) })
    expect(ask.door('container:six', 'container:web')).toBe('reachable')
    expect(ask.door('container:four', 'container:web')).toBe('blocked')
    expect(ask.door('neighbour:eth0', 'container:web')).toBe('reachable')
    expect(ask.door('neighbour:eth1', 'container:web')).toBe('blocked')
  })

  test('a wildcard that is written out is dead before netavark 1.6', () => {
    const ask = (netavarkVersion: string) =>
      askOf({ networks, containers: containers('::'), info: engineInfo({ netavarkVersion }) })
    expect(ask('1.5.0').door('host', 'container:web')).toBe('blocked')
    expect(ask('1.6.0').door('host', 'container:web')).toBe('reachable')
  })
})

describe('a container that also stands on the segment of an uplink', () => {
  const networks = [lan, bridge(0), bridge(1)]
  const containers = [
    container('web', { networks: on('n1'), ports: [{ hostPort: 80, hostIp: '198.51.100.2' }] }),
    container('both', { networks: on('lan', 'n0'), ports: [{ hostPort: 81 }] }),
    container('bound', { networks: on('lan', 'n0'), ports: [{ hostPort: 82, hostIp: '203.0.113.2' }] }),
    container('within', { networks: on('lan', 'n0'), ports: [{ hostPort: 83, hostIp: '10.0.1.1' }] }),
    container('slirp', { mode: 'slirp4netns' }),
  ]
  const by = (...gateways: string[]) => {
    const routes = known(gateways.map(gateway => ({ gateway, metric: 100 })))
    const defaultRoutesByNetns = Object.fromEntries(
      ['both', 'bound', 'within'].map(name => [`inode of ${engineId(name)}`, routes]),
    )
    return askOf({ networks, containers, probe: probe({ interfaces, defaultRoutesByNetns }) })
  }

  test("asks for the host's address there past the host", () => {
    expect(by('10.0.0.1').door('container:both', 'container:web')).toBe('blocked')
  })

  test('answers its neighbours there past the host', () => {
    expect(by('10.0.0.1').door('neighbour:eth0', 'container:both')).toBe('blocked')
    expect(by('10.0.0.1').door('neighbour:eth1', 'container:both')).toBe('reachable')
  })

  test('answers the host past it when its default route leads out', () => {
    expect(by('198.51.100.1').door('host', 'container:bound')).toBe('blocked')
    expect(by('10.0.0.1').door('host', 'container:bound')).toBe('reachable')
  })

  test('answers what leaves through slirp4netns as it answers the host', () => {
    expect(by('198.51.100.1').door('container:slirp', 'container:bound')).toBe('blocked')
    expect(by('10.0.0.1').door('container:slirp', 'container:bound')).toBe('reachable')
    expect(by('10.0.0.1', '198.51.100.1').door('container:slirp', 'container:bound')).toBe('unknown')
    expect(by('198.51.100.1').door('container:slirp', 'container:both')).toBe('reachable')
  })

  test('answers the host where netavark has rewritten the address', () => {
    expect(by('198.51.100.1').door('host', 'container:within')).toBe('reachable')
  })

  test('is not judged where the kernel has two default routes alike', () => {
    const ask = by('10.0.0.1', '198.51.100.1')
    expect(ask.direct('container:both', 'container:web')).toBe('unknown')
    expect(ask.door('neighbour:eth1', 'container:both')).toBe('unknown')
    expect(by('10.0.0.1').direct('container:both', 'container:web')).toBe('reachable')
  })
})

describe('a door of a container on several networks', () => {
  const networks = [bridge(0), bridge(1), bridge(2, { options: { isolate: 'strict' } })]
  const containers = [
    container('web', { networks: on('n1', 'n2'), ports: [{ hostPort: 80 }] }),
    container('client', { networks: on('n0') }),
  ]
  const first = (...names: string[]) =>
    askOf({
      networks,
      containers,
      probe: probe({
        interfaces,
        portForwards: known(
          names.map(name => ({
            networkId: engineId(`network ${name}`).slice(0, 8),
            networkName: null,
            family: 'ipv4' as const,
            protocol: 'tcp' as const,
            address: null,
            first: 80,
            last: 80,
          })),
        ),
      }),
    })

  test('leads where the first rule says', () => {
    expect(first('n1', 'n2').door('container:client', 'container:web')).toBe('reachable')
    expect(first('n2', 'n1').door('container:client', 'container:web')).toBe('blocked')
  })

  test('is not judged where the rules were not read', () => {
    expect(askOf({ networks, containers }).door('container:client', 'container:web')).toBe('unknown')
  })

  test('leads back to its owner by another network', () => {
    expect(first('n1').door('container:web', 'container:web')).toBe('blocked')
    const alike = [bridge(0), bridge(1)]
    const own = [container('web', { networks: on('n0', 'n1'), ports: [{ hostPort: 80 }] })]
    const rules = known([
      {
        networkId: null,
        networkName: 'n1',
        family: 'ipv4' as const,
        protocol: 'tcp' as const,
        address: null,
        first: 80,
        last: 80,
      },
    ])
    const ask = askOf({ networks: alike, containers: own, probe: probe({ interfaces, portForwards: rules }) })
    expect(ask.door('container:web', 'container:web')).toBe('reachable')
  })
})

test("a neighbour that routes gets to gateways of bridges, not to another uplink's address because macvlan has its subnet", () => {
  const containers = [
    container('inner', { networks: on('n0'), ports: [{ hostPort: 80, hostIp: '10.0.1.1' }] }),
    container('other', { networks: on('n0'), ports: [{ hostPort: 81, hostIp: '198.51.100.2' }] }),
  ]
  const ask = askOf({ networks: [lan, bridge(0), bridge(1)], containers })
  expect(ask.door('routed:eth1', 'container:inner')).toBe('reachable')
  expect(ask.door('routed:eth1', 'container:other')).toBe('blocked')
})

describe('behind pasta', () => {
  const containers = (hostIp: string) => [
    container('web', { mode: 'pasta', ports: [{ hostPort: 80, hostIp }] }),
    container('client', { mode: 'pasta' }),
  ]
  const ask = (hostIp: string) => askOf({ rootless: true, containers: containers(hostIp), networks: [] })

  test('the address of the default route leads to oneself, others to the host', () => {
    expect(ask('198.51.100.2').door('container:client', 'container:web')).toBe('blocked')
    expect(ask('203.0.113.2').door('container:client', 'container:web')).toBe('reachable')
    expect(ask('').door('container:client', 'container:web')).toBe('reachable')
  })

  test('a door on IPv6 is shut when the host has no other address of that family', () => {
    expect(ask('::').door('container:client', 'container:web')).toBe('blocked')
    expect(ask('::').door('neighbour:eth0', 'container:web')).toBe('reachable')
    expect(ask('::').door('neighbour:eth1', 'container:web')).toBe('blocked')
  })
})

test('rootlessport answers both families on any wildcard until Podman 6.1', () => {
  const ask = (podmanVersion: string) =>
    askOf({
      rootless: true,
      networks: [bridge(0)],
      containers: [container('web', { networks: on('n0'), ports: [{ hostPort: 80, hostIp: '::' }] })],
      info: engineInfo({ podmanVersion, rootless: true, rootlessPortForwarder: 'rootlessport' }),
    })
  expect(ask('5.4.2').door('neighbour:eth1', 'container:web')).toBe('reachable')
  expect(ask('6.1.1').door('neighbour:eth1', 'container:web')).toBe('blocked')
})
