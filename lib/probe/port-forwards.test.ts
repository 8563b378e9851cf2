import { describe, expect, it } from 'vitest'
import { parseIptablesForwards, parseNftForwards } from './port-forwards'

const rule = (expr: unknown[]) => ({
  rule: { family: 'inet', table: 'netavark', chain: 'NETAVARK-HOSTPORT-DNAT', handle: 1, expr },
})
const match = (protocol: string, field: string, right: unknown) => ({
  match: { op: '==', left: { payload: { protocol, field } }, right },
})
const jump = (target: string) => ({ jump: { target } })

describe('rules of nft', () => {
  it('keeps their order, and tells networks and families apart', () => {
    const document = {
      nftables: [
        { metainfo: { version: '1.1.3' } },
        { chain: { family: 'inet', table: 'netavark', name: 'NETAVARK-HOSTPORT-DNAT', handle: 6 } },
        rule([match('tcp', 'dport', 8130), jump('nv_d47b8134_10_89_0_0_nm24_dnat')]),
        rule([match('tcp', 'dport', 8130), jump('nv_4badd602_fd10-80--_nm64_dnat')]),
        rule([
          match('ip', 'daddr', '127.0.0.1'),
          match('udp', 'dport', { range: [7000, 7010] }),
          jump('nv_2f259bab_10_88_0_0_nm16_dnat'),
        ]),
      ],
    }
    expect(parseNftForwards(document)).toEqual([
      {
        networkId: 'd47b8134',
        networkName: null,
        family: 'ipv4',
        protocol: 'tcp',
        address: null,
        first: 8130,
        last: 8130,
      },
      {
        networkId: '4badd602',
        networkName: null,
        family: 'ipv6',
        protocol: 'tcp',
        address: null,
        first: 8130,
        last: 8130,
      },
      {
        networkId: '2f259bab',
        networkName: null,
        family: 'ipv4',
        protocol: 'udp',
        address: '127.0.0.1',
        first: 7000,
        last: 7010,
      },
    ])
  })

  it('leaves out what it does not understand, and rules for DNS', () => {
    const dns = rule([
      match('ip', 'daddr', '10.89.0.1'),
      match('th', 'dport', 53),
      { dnat: { addr: '10.89.0.1', port: 5353 } },
    ])
    expect(parseNftForwards({ nftables: [dns, rule([]), 'nonsense', null] })).toEqual([])
    expect(parseNftForwards('nft: not found')).toBeNull()
  })
})

describe('rules of iptables', () => {
  const text = [
    '*nat',
    ':NETAVARK-HOSTPORT-DNAT - [0:0]',
    '-A PREROUTING -m addrtype --dst-type LOCAL -j NETAVARK-HOSTPORT-DNAT',
    '-A NETAVARK-HOSTPORT-DNAT -p tcp -m tcp --dport 8070 -m comment --comment "dnat name: n2 id: 71b7" -j NETAVARK-DN-C6',
    '-A NETAVARK-HOSTPORT-DNAT -p tcp -m tcp --dport 8070 -m comment --comment "dnat name: n3 id: 71b7" -j NETAVARK-DN-26',
    '-A NETAVARK-HOSTPORT-DNAT -p udp -m udp --dport 7000:7010 -m comment --comment "dnat name: n3 id: 71b7" -j NETAVARK-DN-26',
    '-A NETAVARK-DN-26 -s 10.60.3.0/24 -p tcp -m tcp --dport 8070 -j NETAVARK-HOSTPORT-SETMARK',
    '-A NETAVARK-DN-26 -p tcp -m tcp --dport 8070 -j DNAT --to-destination 10.60.3.2:80',
    '-A NETAVARK-DN-26 -p udp -m udp --dport 7000:7010 -j DNAT --to-destination 10.60.3.2:7000-7010/7000',
    '-A NETAVARK-DN-C6 -d 203.0.113.2/32 -p tcp -m tcp --dport 8070 -j DNAT --to-destination 10.60.2.2:80',
    'COMMIT',
  ].join('\n')

  it('takes the order from the jumps and the address from the chain of the network', () => {
    expect(
      parseIptablesForwards(text, 'ipv4').map(one => [one.networkName, one.protocol, one.address, one.first, one.last]),
    ).toEqual([
      ['n2', 'tcp', '203.0.113.2', 8070, 8070],
      ['n3', 'tcp', null, 8070, 8070],
      ['n3', 'udp', null, 7000, 7010],
    ])
  })

  it('shows a wildcard that was taken literally', () => {
    const literal = [
      '-A NETAVARK-HOSTPORT-DNAT -p tcp -m tcp --dport 8082 -m comment --comment "dnat name: front id: 1" -j NETAVARK-DN-1',
      '-A NETAVARK-DN-1 -d ::/128 -p tcp -m tcp --dport 8082 -j DNAT --to-destination [fd10:80::3]:80',
    ].join('\n')
    expect(parseIptablesForwards(literal, 'ipv6').map(one => one.address)).toEqual(['::'])
  })

  it('finds nothing in what is none', () => {
    expect(parseIptablesForwards('', 'ipv4')).toEqual([])
  })
})
