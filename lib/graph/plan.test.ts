import { describe, expect, test } from 'vitest'
import type { Listener } from '@/lib/topology/types'
import { gatherOutside, subnetOf } from './outside'
import { planHost } from './plan'
import { host, network, type Placement } from './testing'

const nets = [network('podman'), network('app'), network('lan', { driver: 'macvlan', interface: 'eth0' })]
const plan = (placements: Placement[], over = {}) => planHost(host(nets, placements, over), [])
const web = (ports: Placement['ports']): Placement[] => [{ name: 'web', on: ['app'], ...(ports ? { ports } : {}) }]

describe('places', () => {
  const placed = plan([
    { name: 'web', on: ['app'] },
    { name: 'proxy', on: ['app', 'lan'] },
    { name: 'exporter', on: 'host' },
    { name: 'tunnel', on: 'pasta' },
    { name: 'airgap', on: 'none' },
    { name: 'odd', on: 'path' },
    { name: 'lost', on: ['gone'] },
  ])
  const names = (items: readonly { name: string }[] | undefined) => items?.map(item => item.name)
  test('one network: its lane', () => {
    expect(names(placed.lanes.find(lane => lane.network.name === 'app')?.items)).toEqual(['web'])
  })
  test('several: a pivot, and a visitor in each lane', () => {
    expect(names(placed.groups.find(group => group.key === 'pivots')?.items)).toEqual(['proxy'])
    for (const name of ['app', 'lan'])
      expect(names(placed.lanes.find(lane => lane.network.name === name)?.visitors)).toEqual(['proxy'])
  })
  test('host mode: inside the host', () => expect(names(placed.residents)).toEqual(['exporter']))
  test('own uplink, none, path, and a network that is not there', () => {
    expect(placed.groups.map(group => [group.key, names(group.items)])).toEqual([
      ['pivots', ['proxy']],
      ['uplinks', ['tunnel']],
      ['none', ['airgap']],
      ['path', ['odd']],
      ['unplaced', ['lost']],
    ])
  })
  test('what steps past the host comes first, then the default network', () => {
    expect(placed.lanes.map(lane => lane.network.name)).toEqual(['lan', 'podman', 'app'])
  })
  test('pods and joined containers are boxes with their members', () => {
    const { lanes } = plan([
      { name: 'a', on: ['app'], pod: 'shop' },
      { name: 'vpn', on: ['app'] },
      { name: 'torrent', on: ['app'], joins: 'vpn' },
    ])
    const items = lanes.find(lane => lane.network.name === 'app')?.items
    expect(items?.map(({ shape, name, members }) => [shape, name, names(members)])).toEqual([
      ['box', 'shop', ['a']],
      ['box', 'vpn', ['torrent', 'vpn']],
    ])
  })
  test('infra is part of its pod, and never drawn', () => {
    const one = host(nets, [
      { name: 'x-infra', on: ['app'], pod: 'x' },
      { name: 'x-web', on: ['app'], pod: 'x' },
    ])
    for (const container of one.containers) container.isInfra = container.name === 'x-infra'
    const { lanes, counts } = planHost(one, [])
    expect(names(lanes.find(lane => lane.network.name === 'app')?.items[0]?.members)).toEqual(['x-web'])
    expect(counts.containers).toBe(1)
  })
})

describe('doors', () => {
  const texts = (ports: Placement['ports']) => plan(web(ports)).doors.map(door => `${door.address} → ${door.leadsTo}`)
  test('say where they lead', () => {
    expect(texts([{ hostPort: 8080 }])).toEqual(['*:8080/tcp → web:80'])
    expect(texts([{ hostPort: 53, containerPort: 53, protocol: 'udp', hostIp: '::1', scope: 'loopback' }])).toEqual([
      '[::1]:53/udp → web:53',
    ])
  })
  test('of consecutive ports are one', () => {
    const range = [7002, 7000, 7001].map(port => ({ hostPort: port, containerPort: port }))
    const [door, ...others] = plan(web(range)).doors
    expect(others).toEqual([])
    expect(door?.address).toBe('*:7000–7002/tcp')
    expect(door?.leadsTo).toBe('web:7000–7002')
    expect(door?.also).toEqual(['port:*:7001/tcp', 'port:*:7002/tcp'])
  })
  test('stay apart where owner, address, protocol, offset or fate differ', () => {
    expect(
      texts([
        { hostPort: 1, containerPort: 1 },
        { hostPort: 2, containerPort: 9 },
        { hostPort: 3, containerPort: 10, forwarded: 'no' },
        { hostPort: 4, containerPort: 11, forwarded: 'no', protocol: 'udp' },
        { hostPort: 5, containerPort: 12, forwarded: 'no', protocol: 'udp', hostIp: '127.0.0.1' },
      ]),
    ).toHaveLength(5)
  })
  test('are ordered by where they lead, loopback ones last', () => {
    const { doors } = plan([
      { name: 'z', on: ['podman'], ports: [{ hostPort: 9 }] },
      { name: 'a', on: ['app'], ports: [{ hostPort: 1 }, { hostPort: 2, hostIp: '127.0.0.1' }] },
    ])
    expect(doors.map(door => door.address)).toEqual(['*:9/tcp', '*:1/tcp', '127.0.0.1:2/tcp'])
  })
})

describe('listening sockets of the host', () => {
  const listen = (listeners: Partial<Listener>[], ports?: Placement['ports']) => {
    const one = host(nets, web(ports))
    const own = one.namespaces.find(namespace => namespace.kind === 'host')
    if (own)
      own.listeners = listeners.map(each => ({
        address: '0.0.0.0',
        port: 22,
        protocol: 'tcp',
        containerId: null,
        process: null,
        ...each,
      }))
    return planHost(one, []).doors.filter(door => door.kind === 'listener')
  }
  test('are doors of the host', () => {
    expect(listen([{ process: 'sshd' }]).map(door => [door.address, door.scope, door.leadsTo])).toEqual([
      ['*:22/tcp', 'wildcard', 'sshd'],
    ])
  })
  test('that only reserve a published port are not drawn again', () => {
    expect(listen([{ port: 8080 }], [{ hostPort: 8080 }])).toEqual([])
    expect(listen([{ port: 8080, address: '::' }], [{ hostPort: 8080 }])).toEqual([])
    expect(listen([{ port: 8080, protocol: 'udp' }], [{ hostPort: 8080 }])).toHaveLength(1)
    expect(listen([{ port: 8080, address: '127.0.0.1' }], [{ hostPort: 8080, hostIp: '192.0.2.1' }])).toHaveLength(1)
  })
  test('of one process on many addresses are one, as open as the widest', () => {
    const [door, ...others] = listen([
      { address: '10.89.0.1', port: 53, process: 'aardvark-dns' },
      { address: '10.89.1.1', port: 53, process: 'aardvark-dns' },
      { address: '127.0.0.53', port: 53, process: 'aardvark-dns' },
    ])
    expect(others).toEqual([])
    expect(door?.address).toBe('3 addresses:53/tcp')
    expect(door?.scope).toBe('private')
  })
})

describe('outside', () => {
  test('only what stands on a segment is drawn', () => {
    const one = host(nets, [], {
      interfaces: [
        { name: 'lo', kind: 'loopback', addresses: ['127.0.0.1/8'], up: true, master: null },
        { name: 'podman0', kind: 'bridge', addresses: ['10.88.0.1/16'], up: true, master: null },
        { name: 'br-app', kind: 'bridge', addresses: ['10.89.0.1/24'], up: true, master: null },
        { name: 'veth0', kind: 'veth', addresses: ['fe80::1/64'], up: true, master: 'podman0' },
        { name: 'eth0', kind: 'physical', addresses: [], up: true, master: null },
        { name: 'wlan0', kind: 'physical', addresses: ['192.0.2.9/24', 'fe80::2/64'], up: true, master: null },
        { name: 'wlan1', kind: 'physical', addresses: ['192.0.2.10/24'], up: false, master: null },
      ],
    })
    one.networks = one.networks.map(each => (each.name === 'podman' ? { ...each, interface: 'podman0' } : each))
    const { interfaces, segments } = gatherOutside(one)
    expect(interfaces.map(each => each.name)).toEqual(['eth0', 'wlan0', 'wlan1'])
    // eth0 has no address of its own: the macvlan network on it says what stands behind it.
    expect(segments.map(segment => [segment.subnets, segment.interfaces])).toEqual([
      [['10.89.0.0/24'], ['eth0']],
      [['192.0.2.0/24'], ['wlan0', 'wlan1']],
    ])
  })
  test('parents of macvlan networks are known even where interfaces were not read', () => {
    expect(gatherOutside(host(nets, [], { interfaces: null })).interfaces.map(each => each.name)).toEqual(['eth0'])
  })
  test('a rootless macvlan has its parent elsewhere', () => {
    expect(gatherOutside(host(nets, [], { interfaces: null, rootless: true })).interfaces).toEqual([])
  })
  test('what was not read is drawn as not known, not as nothing', () => {
    expect(gatherOutside(host([], [], { interfaces: null })).segments).toEqual([
      { key: 'unknown', subnets: [], interfaces: [], up: false },
    ])
    expect(gatherOutside(host([], [], { interfaces: [] })).segments).toEqual([])
  })
  test.each([
    ['10.1.2.3/24', '10.1.2.0/24'],
    ['2001:db8::5/64', '2001:db8::/64'],
    ['fe80::1/64', null],
    ['nonsense', null],
  ])('subnet of %s', (address, subnet) => expect(subnetOf(address)).toBe(subnet))
})
