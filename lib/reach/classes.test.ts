import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ContainerDetail } from '@/lib/podman/types'
import type { ProbeFacts } from '@/lib/probe/types'
import { buildTopology } from '@/lib/topology/build'
import { container, engineInfo, known, network, notKnown, probe, snapshot } from '@/lib/topology/testing'
import type { HostModel } from '@/lib/topology/types'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { createReach } from './reach'
import { endOf, type ReachEnd } from './refs'

/** Every end of a host: itself, neighbours on every interface, and every container. */
function endsOf(model: HostModel) {
  const reach = createReach(model)
  const neighbours = (model.host.interfaces ?? []).flatMap(({ name }): (ReachEnd | null)[] => [
    reach.end({ kind: 'neighbour', name }),
    reach.end({ kind: 'routed', name }),
  ])
  const containers = model.host.containers.map(one => endOf(reach.context, one))
  return { reach, ends: [reach.end({ kind: 'host' }), ...neighbours, ...containers].filter(end => end !== null) }
}

/** "from to verdict" wherever the verdict by class is not the one of the pair. */
function disagreements(model: HostModel): string[] {
  const { reach, ends } = endsOf(model)
  // Judged apart from each other: what one remembers must not answer for the other.
  const { reach: slow } = endsOf(model)
  const wrong: string[] = []
  for (const from of ends) {
    for (const to of ends) {
      const [quick, full] = [reach.verdict(from, to), slow.direct(from, to)]
      if (quick !== full.verdict) wrong.push(`${from.ref} ${to.ref}: ${quick}, but ${JSON.stringify(full.reasons)}`)
    }
    for (const door of reach.context.doors) {
      const [quick, full] = [reach.doorVerdict(from, door), slow.door(from, door)]
      if (quick !== full.verdict)
        wrong.push(`${from.ref} ${JSON.stringify(door.port)}: ${quick}, but ${JSON.stringify(full.reasons)}`)
    }
  }
  return wrong
}

test.each(recordingNames())('%s: a verdict by class is that of the pair', async name => {
  expect(disagreements(await modelOfRecording(name))).toEqual([])
})

const NETWORKS = ['n0', 'n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7'] as const

/** Mostly alike, so that networks fall into one class, and differ by one thing, so that a class that overlooks it is found out. */
const mostly = <T>(usual: T, ...others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(usual) }, { weight: 1, arbitrary: fc.constantFrom(...others) })

const anyNetwork = (name: string, index: number) =>
  fc
    .record({
      driver: mostly('bridge', 'macvlan', 'ipvlan', 'plugin'),
      networkInterface: mostly(`${name}br`, null, 'shared', 'eth0', 'eth1'),
      subnet: mostly(index, 0),
      gateway: mostly(true, false),
      ipv6: mostly(false, true),
      internal: mostly(false, true),
      options: mostly<Record<string, string>>(
        {},
        { isolate: 'true' },
        { isolate: 'strict' },
        { isolate: 'false' },
        { mode: 'private' },
        { mode: 'vepa' },
        { mode: 'unmanaged' },
        { mode: 'l2' },
        { mode: 'l3' },
        { vlan: '10' },
        { vrf: 'blue' },
        { metric: '50' },
        { no_default_route: 'true' },
      ),
    })
    .map(({ subnet, gateway, ipv6, ...spec }) =>
      network(name, {
        ...spec,
        subnets: [
          { cidr: `10.${subnet}.0.0/24`, gateway: gateway ? `10.${subnet}.0.1` : null, leaseRange: null },
          ...(ipv6 ? [{ cidr: `fd00:${subnet}::/64`, gateway: `fd00:${subnet}::1`, leaseRange: null }] : []),
        ],
      }),
    )

const anyContainer = (name: string, index: number) =>
  fc
    .record({
      mode: mostly('bridge', 'pasta', 'slirp4netns', 'none', 'host', 'ns:/x'),
      networks: fc.oneof(
        { weight: 3, arbitrary: fc.constant<string[]>([NETWORKS[index % NETWORKS.length] ?? 'gone']) },
        { weight: 2, arbitrary: fc.uniqueArray(fc.constantFrom<string>(...NETWORKS, 'gone'), { maxLength: 3 }) },
      ),
      state: mostly<'running' | 'exited' | 'paused'>('running', 'exited', 'paused'),
      failed: mostly<string | undefined>(undefined, 'inspect answered 500'),
      userModeOptions: mostly<ContainerDetail['userModeOptions']>(
        null,
        { mode: 'pasta', words: ['--map-gw'] },
        { mode: 'slirp4netns', words: [] },
      ),
      addressless: mostly(false, true),
      ipv6: mostly(false, true),
      ports: fc.array(
        fc.record({
          hostIp: mostly('', '0.0.0.0', '::', '127.0.0.1', '10.0.0.1', '10.2.0.1', '198.51.100.2', '192.0.2.9'),
          hostPort: fc.constantFrom(80, 8080),
        }),
        { maxLength: 1 },
      ),
    })
    .map(({ networks, failed, userModeOptions, addressless, ipv6, ...spec }) =>
      container(name, {
        ...spec,
        networks: Object.fromEntries(
          networks.map((one, at) => [
            one,
            addressless ? [] : [`10.${at}.0.${index + 2}`, ...(ipv6 ? [`fd00:${at}::${index + 2}`] : [])],
          ]),
        ),
        detail: { userModeOptions },
        ...(failed === undefined ? {} : { failed }),
      }),
    )

const defaultInterfaces = probe().interfaces

/** A second interface of the host, which may stand in the middle of container networks. */
const anySecond = fc.record({
  addresses: mostly(['203.0.113.2/24'], ['10.1.0.9/16'], ['10.2.0.9/24', 'fd00:3::9/64'], ['fe80::9/64'], []),
  master: mostly(null, 'n2br', 'n4br'),
  up: fc.constant(true),
})

const anyHost = fc
  .record({
    second: anySecond,
    networks: fc.tuple(...NETWORKS.map(anyNetwork)),
    containers: fc.tuple(...Array.from({ length: 12 }, (_, index) => anyContainer(`c${index}`, index))),
    rootless: mostly<boolean | null>(false, true, null),
    netavarkVersion: fc.constantFrom('1.14.0', '2.0.0', '2.1.0', null),
    rootlessNetworkCmd: fc.constantFrom(null, 'pasta', 'slirp4netns'),
    forwarding: mostly<ProbeFacts['forwarding']>(
      known({ ipv4: true, ipv6: true }),
      known({ ipv4: false, ipv6: false }),
      known({ ipv4: true, ipv6: false }),
      notKnown('x'),
    ),
    firewall: mostly<ProbeFacts['firewall']>(known('nftables'), known('none'), notKnown('x')),
    blind: mostly(false, true),
    open: fc.subarray(NETWORKS.map(name => `${name}br`)),
    routes: fc.array(
      fc.record({ gateway: fc.constantFrom('10.0.0.1', '10.1.0.1', 'fd00:0::1'), metric: fc.constantFrom(50, 100) }),
    ),
    forwards: fc.subarray([...NETWORKS]),
  })
  .map(
    ({ netavarkVersion, rootlessNetworkCmd, forwarding, firewall, blind, open, routes, forwards, second, ...rest }) =>
      snapshot({
        ...rest,
        info: engineInfo({ netavarkVersion, rootlessNetworkCmd }),
        probe: probe({
          forwarding,
          firewall,
          interfaceForwarding: known(Object.fromEntries(open.map(name => [name, true]))),
          defaultRoutesByNetns: Object.fromEntries(
            rest.containers.slice(0, 6).map(({ summary }) => [summary.netns ?? 'none', known(routes)]),
          ),
          portForwards: known(
            forwards.map(networkName => ({
              networkId: null,
              networkName,
              family: 'ipv4' as const,
              protocol: 'tcp' as const,
              address: null,
              first: 80,
              last: 8080,
            })),
          ),
          interfaces: known([
            ...(defaultInterfaces.known ? defaultInterfaces.value : []),
            { name: 'eth1', index: 3, kind: 'physical', mac: null, mtu: 1500, parent: null, ...second },
          ]),
          ...(blind ? { interfaces: notKnown('x'), routes: notKnown('x') } : {}),
        }),
      }),
  )

test('a verdict by class is that of the pair, on any host', () => {
  fc.assert(
    fc.property(anyHost, host => {
      expect(disagreements(buildTopology(host))).toEqual([])
    }),
  )
}, 60_000)
