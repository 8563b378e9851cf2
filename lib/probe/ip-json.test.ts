import { describe, expect, it } from 'vitest'
import { parseAddrJson, parseIpOutput, parseRouteJson } from './ip-json'

const link = (more: object) => ({ ifindex: 2, ifname: 'x0', flags: ['UP'], link_type: 'ether', addr_info: [], ...more })
const kindOf = (more: object) => parseAddrJson([link(more)])?.[0]?.kind

describe('parseAddrJson', () => {
  it.each([
    ['loopback', { link_type: 'loopback' }],
    ['physical', {}],
    ['bridge', { linkinfo: { info_kind: 'bridge' } }],
    ['veth', { linkinfo: { info_kind: 'veth' } }],
    ['veth', { linkinfo: { info_kind: 'veth' }, link_index: 2, link_netnsid: 0 }],
    ['macvlan', { linkinfo: { info_kind: 'macvlan' } }],
    ['ipvlan', { linkinfo: { info_kind: 'ipvlan' } }],
    ['vlan', { linkinfo: { info_kind: 'vlan' } }],
    ['tap', { linkinfo: { info_kind: 'tun', info_data: { type: 'tap' } } }],
    ['other', { linkinfo: { info_kind: 'tun', info_data: { type: 'tun' } }, link_type: 'none' }],
    ['other', { linkinfo: { info_kind: 'wireguard' }, link_type: 'none' }],
    ['other', { linkinfo: { info_kind: 'dummy' } }],
    ['other', { link_type: 'none' }],
  ])('tells %s', (kind, more) => {
    expect(kindOf(more)).toBe(kind)
  })

  it('keeps addresses of both families, master, parent and state', () => {
    expect(
      parseAddrJson([
        link({
          ifname: 'eth0.7',
          ifindex: 7,
          mtu: 1400,
          address: '02:00:00:00:00:01',
          master: 'br0',
          link: 'eth0',
          linkinfo: { info_kind: 'vlan' },
          addr_info: [{ local: '192.0.2.2', prefixlen: 24 }, { local: 'fe80::1', prefixlen: 64 }, { strange: true }],
        }),
      ]),
    ).toEqual([
      {
        name: 'eth0.7',
        index: 7,
        kind: 'vlan',
        mac: '02:00:00:00:00:01',
        mtu: 1400,
        addresses: ['192.0.2.2/24', 'fe80::1/64'],
        up: true,
        master: 'br0',
        parent: 'eth0',
      },
    ])
  })

  it('leaves out what is no link, and refuses what is no list', () => {
    expect(parseAddrJson([{}, null, 5, link({ flags: 'odd' })])).toHaveLength(1)
    expect(parseAddrJson({ nope: true })).toBeNull()
    expect(parseAddrJson(null)).toBeNull()
  })
})

describe('parseRouteJson', () => {
  it('writes default and single addresses as CIDR', () => {
    expect(
      parseRouteJson(
        [
          { dst: 'default', gateway: '192.0.2.1', dev: 'eth0' },
          { dst: '198.51.100.7', dev: 'eth1' },
        ],
        4,
      ),
    ).toEqual([
      { destination: '0.0.0.0/0', gateway: '192.0.2.1', interface: 'eth0' },
      { destination: '198.51.100.7/32', gateway: null, interface: 'eth1' },
    ])
    expect(
      parseRouteJson([{ dst: 'default', dev: 'eth0' }, { dst: '2001:db8::7' }], 6)?.map(r => r.destination),
    ).toEqual(['::/0', '2001:db8::7/128'])
  })

  it('gives one route per next hop', () => {
    expect(
      parseRouteJson(
        [
          {
            dst: 'default',
            nexthops: [
              { gateway: '192.0.2.1', dev: 'a' },
              { via: { host: 'fe80::1' }, dev: 'b' },
            ],
          },
        ],
        4,
      )?.map(route => [route.gateway, route.interface]),
    ).toEqual([
      ['192.0.2.1', 'a'],
      ['fe80::1', 'b'],
    ])
  })

  it('leaves out routes that lead nowhere', () => {
    expect(
      parseRouteJson(
        [
          { type: 'blackhole', dst: '10.0.0.0/8' },
          { type: 'unreachable', dst: 'default', dev: 'lo' },
        ],
        4,
      ),
    ).toEqual([])
  })
})

describe('parseIpOutput', () => {
  it('takes nothing for an empty list, and no JSON for null', () => {
    expect(parseIpOutput('\n')).toEqual([])
    expect(parseIpOutput('[1]')).toEqual([1])
    expect(parseIpOutput('Usage: ip …')).toBeNull()
  })
})
