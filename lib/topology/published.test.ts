import { expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import { buildTopology } from './build'
import { hostNamespace } from './lookup'
import {
  blindProbe,
  type ContainerSpec,
  container,
  engineId,
  engineInfo,
  known,
  network,
  notKnown,
  pod,
  probe,
  snapshot,
} from './testing'
import type { PublishedPort } from './types'

const dual: Partial<NetworkSummary> = {
  subnets: [
    { cidr: '10.89.0.0/24', gateway: '10.89.0.1', leaseRange: null },
    { cidr: 'fd89::/64', gateway: 'fd89::1', leaseRange: null },
  ],
}
const NETWORKS = [
  network('app'),
  network('six', dual),
  network('vault', { internal: true }),
  network('lan', { driver: 'macvlan', networkInterface: 'eth0' }),
  network('lan2', { driver: 'ipvlan', networkInterface: 'eth0' }),
  network('raw', { options: { mode: 'unmanaged' } }),
  network('red', { options: { vrf: 'red' } }),
  network('odd', { driver: 'weird' }),
]

/** The doors of one container "web" with one port, on a probed rootful host unless `host` says otherwise. */
const doors = (spec: ContainerSpec, host: Partial<HostSnapshot> = {}): PublishedPort[] => {
  const { host: built } = buildTopology(
    snapshot({ networks: NETWORKS, probe: probe(), containers: [container('web', { ports: [{}], ...spec })], ...host }),
  )
  return built.namespaces.flatMap(namespace => namespace.published)
}
const verdict = (spec: ContainerSpec, host: Partial<HostSnapshot> = {}): [string, string] => {
  const [door] = doors(spec, host)
  return [door?.forwarded ?? 'none', door?.because ?? '']
}
const on = (...names: string[]) => ({ networks: Object.fromEntries(names.map(name => [name, ['10.89.0.2']])) })
const at = (hostIp: string) => ({ ports: [{ hostIp }] })
const rootless: Partial<HostSnapshot> = { rootless: true, info: engineInfo({ rootless: true }) }

test('a port is counted once, on the owner, with the list’s own host address', () => {
  const ports = [{ hostIp: '', hostPort: 8080, containerPort: 80 }]
  const { host } = buildTopology(
    snapshot({
      networks: NETWORKS,
      pods: [pod('shop')],
      containers: [
        container('shop-infra', {
          ...on('app'),
          infra: true,
          pod: 'shop',
          netns: 'p',
          ports,
          detail: {
            portBindings: [{ hostIp: '0.0.0.0', hostPort: 8080, containerPort: 80, range: 1, protocol: 'tcp' }],
          },
        }),
        container('shop-a', { pod: 'shop', netns: 'p', ports, mode: `container:${engineId('shop-infra')}` }),
        container('shop-b', { pod: 'shop', netns: 'p', ports, mode: `container:${engineId('shop-a')}` }),
      ],
    }),
  )
  expect(host.namespaces.flatMap(one => one.published)).toEqual([
    {
      hostIp: '',
      hostPort: 8080,
      containerPort: 80,
      protocol: 'tcp',
      ownerId: `root:container:${engineId('shop-infra')}`,
      scope: 'wildcard',
      forwarded: 'yes',
      because: 'netavark forwards it through app, IPv4 only (firewall rules not examined)',
    },
  ])
})

test('inspect’s bindings serve where the list has none', () => {
  const binding = { hostIp: '127.0.0.1', hostPort: 81, containerPort: 80, range: 1, protocol: 'tcp' } as const
  expect(doors({ ...on('app'), ports: [], detail: { portBindings: [binding] } })).toMatchObject([
    { hostIp: '127.0.0.1', hostPort: 81, scope: 'loopback' },
  ])
})

test('ranges are one entry per port, in order, and none twice', () => {
  const list = doors({
    ...on('app'),
    ports: [
      { hostPort: 7002, containerPort: 2, range: 2 },
      { hostPort: 7000, containerPort: 0, range: 4 },
      { hostPort: 7000, containerPort: 1, range: 1, protocol: 'udp' },
    ],
  })
  expect(list.map(one => `${one.hostPort}:${one.containerPort}/${one.protocol}`)).toEqual([
    // 7000:0 is no port of a container.
    '7000:1/udp',
    '7001:1/tcp',
    '7002:2/tcp',
    '7003:3/tcp',
  ])
})

test('a range that runs out of ports is cut, and noted', () => {
  const model = buildTopology(
    snapshot({
      networks: NETWORKS,
      containers: [container('web', { ...on('app'), ports: [{ hostPort: 65_534, containerPort: 80, range: 1e9 }] })],
    }),
  )
  expect(model.host.namespaces.flatMap(one => one.published.map(({ hostPort }) => hostPort))).toEqual([65_534, 65_535])
  expect(Object.values(model.facts.containers)[0]?.incomplete).toEqual(['port mapping 65534:80 is out of range'])
})

test('every port there is can be published', () => {
  const list = doors({ ...on('app'), ports: [{ hostPort: 1, containerPort: 1, range: 65_535 }] })
  expect(list).toHaveLength(65_535)
  expect(list.at(-1)).toMatchObject({ hostPort: 65_535, containerPort: 65_535 })
})

test.each([
  ['a bridge', on('app'), 'yes', 'netavark forwards it through app, IPv4 only'],
  ['a dual-stack bridge', { networks: { six: ['10.89.0.2', 'fd89::2'] } }, 'yes', 'netavark forwards it through six'],
  [
    'only internal networks',
    on('vault'),
    'no',
    'network vault is internal: Podman only reserves the port, nothing is forwarded',
  ],
  ['only macvlan', on('lan'), 'no', 'netavark forwards nothing to macvlan network lan'],
  ['only ipvlan', on('lan2'), 'no', 'netavark forwards nothing to ipvlan network lan2'],
  ['an unmanaged bridge', on('raw'), 'no', 'bridge of network raw is unmanaged: nothing is forwarded'],
  ['no network', on(), 'no', 'the container is on no network'],
  ['a bridge beside internal', on('app', 'vault'), 'yes', 'netavark forwards it through app, IPv4 only'],
  [
    'a bridge beside macvlan',
    on('app', 'lan'),
    'yes',
    'netavark forwards it through app, IPv4 only; replies to its segment leave through lan',
  ],
  ['an unknown driver', on('odd'), 'unknown', 'driver weird of network odd is not known'],
  ['a VRF', on('red'), 'unknown', 'network red is in a VRF, which was not measured'],
  ['a network that is not listed', on('gone'), 'unknown', 'network gone is not in the list of networks'],
  [
    'an internal and an unlisted network',
    on('vault', 'gone'),
    'unknown',
    'network gone is not in the list of networks',
  ],
])('rootful, on %s', (_, spec, forwarded, because) => {
  expect(verdict(spec)).toEqual([forwarded, because])
})

test('host and none publish nothing, whatever a row lists', () => {
  for (const mode of ['host', 'none', 'ns:/run/netns/x']) expect(doors({ mode })).toEqual([])
})

test('rootful IPv6: not from the loopback address, and only to a container that has an IPv6 address', () => {
  const six = { networks: { six: ['10.89.0.2', 'fd89::2'] } }
  expect(verdict({ ...six, ...at('::1') })).toEqual(['no', 'netavark forwards nothing from the IPv6 loopback address'])
  expect(verdict({ ...six, ...at('::') })).toEqual(['yes', 'netavark forwards it through six'])
  expect(verdict({ ...six, ...at('2001:db8:1:0:0::2') })[0]).toBe('yes')
  const none = 'the container has no IPv6 address on a network that forwards'
  expect(verdict({ ...on('app'), ...at('::') })).toEqual(['no', none])
  // It has one, but on a network that does not forward.
  expect(verdict({ networks: { app: ['10.89.0.2'], vault: ['10.90.0.2', 'fd90::2'] }, ...at('::') })).toEqual([
    'no',
    none,
  ])
  expect(verdict({ networks: { six: ['fd89::2'] }, ...at('0.0.0.0') })[0]).toBe('no')
  for (const mapped of ['::ffff:127.0.0.1', '::ffff:198.51.100.2'])
    expect(verdict({ ...six, ...at(mapped) })[0]).toBe('unknown')
})

test('what no packet decided stays unknown', () => {
  expect(verdict({ ...on('app'), ...at('localhost') })).toEqual([
    'unknown',
    '"localhost" is no IP address that is understood',
  ])
  expect(verdict({ networks: { bare: [] } }, { networks: [network('bare', { subnets: [] })] })[0]).toBe('unknown')
  expect(verdict(on('app'), { rootless: null })).toEqual(['unknown', 'whether this Podman is rootless is not known'])
  expect(verdict(on('app'), { info: engineInfo({ networkBackend: 'cni', netavarkVersion: null }) })[0]).toBe('unknown')
  expect(verdict(on('app'), { info: null })).toEqual(['unknown', 'the network backend is not known'])
  expect(verdict(on('app'), { info: null, podmanVersion: '6.0.1' })[0]).toBe('yes')
})

test('a bind address that the host has not is unknown; with no probe it is not asked', () => {
  expect(verdict({ ...on('app'), ...at('192.0.2.9') })).toEqual(['unknown', 'no interface of the host has 192.0.2.9'])
  expect(verdict({ ...on('app'), ...at('198.51.100.2') })[0]).toBe('yes')
  expect(verdict({ ...on('app'), ...at('192.0.2.9') }, { probe: blindProbe() })[0]).toBe('yes')
  expect(verdict({ mode: 'pasta', ...at('192.0.2.9') }, rootless)[0]).toBe('unknown')
})

test('rules that are not in the kernel forward nothing; rules that could not be read are mentioned', () => {
  expect(verdict(on('app'), { probe: probe({ firewall: known('none') }) })).toEqual([
    'no',
    "netavark's rules are not in the kernel (firewall_driver=none, or flushed)",
  ])
  expect(verdict(on('app'), { probe: probe({ firewall: notKnown('needs root') }) })).toEqual([
    'yes',
    'netavark forwards it through app, IPv4 only (firewall rules not examined)',
  ])
  // The user's own namespace holds the rules of a rootless engine, and its doors need none.
  expect(verdict(on('app'), { ...rootless, probe: probe({ firewall: known('none') }) })[0]).toBe('yes')
})

test('without IP forwarding only the host itself gets through', () => {
  const off = { probe: probe({ forwarding: known({ ipv4: false, ipv6: false }) }) }
  expect(verdict(on('app'), off)).toEqual([
    'unknown',
    'IP forwarding is off on the host: only the host itself is sure to get through',
  ])
  expect(verdict({ ...on('app'), ...at('127.0.0.1') }, off)[0]).toBe('yes')
  const onlyFour = { probe: probe({ forwarding: known({ ipv4: true, ipv6: false }) }) }
  expect(verdict({ networks: { six: ['10.89.0.2', 'fd89::2'] } }, onlyFour)[0]).toBe('yes')
  expect(verdict({ networks: { six: ['10.89.0.2', 'fd89::2'] }, ...at('::') }, onlyFour)[0]).toBe('unknown')
  const onlySix = { probe: probe({ forwarding: known({ ipv4: false, ipv6: true }) }) }
  expect(verdict({ networks: { six: ['10.89.0.2', 'fd89::2'] }, ...at('0.0.0.0') }, onlySix)[0]).toBe('unknown')
  expect(verdict({ networks: { six: ['10.89.0.2', 'fd89::2'] } }, onlySix)[0]).toBe('yes')
})

test('a stopped container’s door would open when started, unless it never would', () => {
  expect(verdict({ ...on('app'), state: 'exited' })).toEqual(['no', 'web is exited; would open when started'])
  expect(verdict({ ...on('app'), state: 'created' })).toEqual(['no', 'web is created; would open when started'])
  expect(verdict({ ...on('vault'), state: 'exited' })[1]).toContain('internal')
  expect(verdict({ ...on('app'), state: 'removing' })).toEqual(['unknown', 'the state of web is removing'])
  // Podman sets networks up on init, and leaves them on pause.
  for (const state of ['initialized', 'paused'] as const) expect(verdict({ ...on('app'), state })[0]).toBe('yes')
})

test('of a stopped container’s door, only what is certain is foretold', () => {
  const bare = { probe: probe({ firewall: known('none') }) }
  expect(verdict({ ...on('app'), state: 'exited' }, bare)[1]).toBe('web is exited; would open when started')
  expect(verdict({ ...on('odd'), state: 'exited' })).toEqual(['no', 'web is exited'])
  expect(verdict({ ...on('app'), ...at('192.0.2.9'), state: 'exited' })).toEqual(['no', 'web is exited'])
})

test('a stopped container has its family by the subnets', () => {
  expect(verdict({ ...on('app'), ...at('::'), state: 'exited' })).toEqual([
    'no',
    'the container has no IPv6 address on a network that forwards',
  ])
  expect(verdict({ ...on('six'), ...at('::'), state: 'exited' })).toEqual([
    'no',
    'web is exited; would open when started',
  ])
})

test('rootless: a process on the host passes on, to internal networks too, and in both families', () => {
  const passes = 'rootlessport listens on the host and passes connections on'
  for (const name of ['app', 'vault', 'raw', 'lan', 'odd']) expect(verdict(on(name), rootless)).toEqual(['yes', passes])
  expect(verdict({ ...on('app'), ...at('::1') }, rootless)).toEqual(['yes', passes])
  expect(verdict(on(), rootless)).toEqual(['no', 'the container is on no network'])
  expect(verdict({ mode: 'pasta' }, rootless)).toEqual(['yes', 'pasta listens on the host and passes connections on'])
  expect(verdict({ mode: 'slirp4netns' })).toEqual(['yes', 'slirp4netns listens on the host and passes connections on'])
})

test('rootless with pasta as port forwarder does not get into internal networks, and else nobody knows', () => {
  const forwarder = { rootless: true, info: engineInfo({ rootless: true, rootlessPortForwarder: 'pasta' }) }
  expect(verdict(on('app'), forwarder)[0]).toBe('unknown')
  expect(verdict(on('app', 'vault'), forwarder)[0]).toBe('unknown')
  expect(verdict(on('vault'), forwarder)[0]).toBe('no')
  expect(verdict({ mode: 'pasta' }, forwarder)[0]).toBe('yes')
})

test('which process passes on is known without /info only where there is no choice', () => {
  const blind = (podmanVersion: string | null) => verdict(on('app'), { rootless: true, info: null, podmanVersion })[0]
  expect([blind('4.3.1'), blind('5.8.2'), blind('6.0.0'), blind(null)]).toEqual(['yes', 'yes', 'unknown', 'unknown'])
})

test('udp and sctp follow the same rules, but processes forward no sctp', () => {
  for (const protocol of ['udp', 'sctp'] as const)
    expect(verdict({ ...on('app'), ports: [{ protocol }] })[0]).toBe('yes')
  expect(verdict({ ...on('app'), ports: [{ protocol: 'udp' }] }, rootless)[0]).toBe('yes')
  expect(verdict({ ...on('app'), ports: [{ protocol: 'sctp' }] }, rootless)[0]).toBe('no')
  expect(verdict({ mode: 'slirp4netns', ports: [{ protocol: 'sctp' }] })[0]).toBe('no')
})

test('two containers may claim one door', () => {
  const { host } = buildTopology(
    snapshot({
      networks: NETWORKS,
      containers: [
        container('old', { ...on('app'), ports: [{}], state: 'exited' }),
        container('web', { ...on('app'), ports: [{}] }),
      ],
    }),
  )
  expect(host.namespaces.map(one => one.published.map(({ forwarded }) => forwarded))).toEqual([[], ['no'], ['yes']])
  expect(hostNamespace(host)?.published).toEqual([])
})
