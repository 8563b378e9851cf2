import { describe, expect, it } from 'vitest'
import { fakeProc } from './testing'
import { parseRouteTable, parseRouteTable6, readSysfsInterfaces } from './sysfs'

const device = (name: string, index: number, more: Record<string, string> = {}) =>
  Object.fromEntries(
    Object.entries({
      type: '1',
      ifindex: `${index}`,
      iflink: `${index}`,
      flags: '0x1003',
      mtu: '1500',
      uevent: '',
      ...more,
    }).map(([file, text]) => [`/sys/class/net/${name}/${file}`, `${text}\n`]),
  )
const dev = (...names: string[]) => ({
  '/proc/self/net/dev': `Inter-|   Receive\n face |bytes\n${names.map(name => `  ${name}: 0 0\n`).join('')}`,
})
const addressesOf = {
  eth0: [
    {
      address: '192.0.2.2',
      cidr: '192.0.2.2/24',
      netmask: '255.255.255.0',
      mac: '02:00:00:00:00:01',
      family: 'IPv4' as const,
      internal: false,
    },
  ],
}

describe('readSysfsInterfaces', () => {
  it('tells the kinds that the kernel names, and says other where it does not', () => {
    const names = ['br0', 'dummy0', 'eth0', 'eth0.7', 'lo', 'mac0', 'tap0', 'tun0', 'veth0']
    const proc = fakeProc({
      files: {
        ...dev(...names),
        ...device('lo', 1, { type: '772' }),
        ...device('eth0', 2, { address: '02:00:00:00:00:01' }),
        ...device('br0', 3, { uevent: 'DEVTYPE=bridge\nINTERFACE=br0' }),
        ...device('veth0', 4, { iflink: '2' }),
        ...device('eth0.7', 5, { uevent: 'DEVTYPE=vlan', iflink: '2' }),
        ...device('mac0', 6, { uevent: 'DEVTYPE=macvlan', iflink: '2' }),
        ...device('tap0', 7, { tun_flags: '0x1002' }),
        ...device('tun0', 8, { tun_flags: '0x1001', type: '65534' }),
        ...device('dummy0', 9, { flags: '0x82' }),
      },
      links: {
        '/sys/class/net/eth0/device': '../../../0000:00:03.0',
        '/sys/class/net/veth0/master': '../br0',
        '/sys/class/net/br0/lower_veth0': '../veth0',
        '/sys/class/net/eth0.7/lower_eth0': '../eth0',
      },
    })
    const interfaces = readSysfsInterfaces(proc, addressesOf) ?? []
    expect(Object.fromEntries(interfaces.map(each => [each.name, each.kind]))).toEqual({
      lo: 'loopback',
      eth0: 'physical',
      br0: 'bridge',
      veth0: 'veth',
      'eth0.7': 'vlan',
      mac0: 'macvlan',
      tap0: 'tap',
      tun0: 'other',
      dummy0: 'other',
    })
    const byName = new Map(interfaces.map(each => [each.name, each]))
    expect(byName.get('veth0')).toMatchObject({ master: 'br0', parent: null, up: true })
    expect(byName.get('eth0.7')?.parent).toBe('eth0')
    expect(byName.get('br0')?.parent).toBeNull()
    expect(byName.get('dummy0')?.up).toBe(false)
    expect(byName.get('eth0')).toMatchObject({ addresses: ['192.0.2.2/24'], mac: '02:00:00:00:00:01', index: 2 })
  })

  it('refuses a /sys of another namespace', () => {
    const proc = fakeProc({ files: { ...dev('lo', 'eth0'), ...device('lo', 1), ...device('wlan0', 2) } })
    expect(readSysfsInterfaces(proc, {})).toBeNull()
  })
})

describe('route tables of /proc', () => {
  it('reads IPv4', () => {
    const text = [
      'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT',
      'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
      'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
      'lo\t00000A0A\t00000000\t0201\t0\t0\t0\t0000FFFF\t0\t0\t0',
    ].join('\n')
    expect(parseRouteTable(text, 'LE')).toEqual([
      { destination: '0.0.0.0/0', gateway: '192.0.2.1', interface: 'eth0' },
      { destination: '192.0.2.0/24', gateway: null, interface: 'eth0' },
    ])
  })

  it('reads IPv6 without local, multicast and unreachable routes', () => {
    const zero = '0'.repeat(32)
    const line = (destination: string, length: string, gateway: string, flags: string) =>
      `${destination} ${length} ${zero} 00 ${gateway} 00000100 00000001 00000000 ${flags}     eth0`
    const text = [
      line('20010db8000100000000000000000000', '40', zero, '00000001'),
      line(zero, '00', 'fe800000000000000000000000000001', '00450003'),
      line('20010db8000100000000000000000002', '80', zero, '80200001'),
      line('ff000000000000000000000000000000', '08', zero, '00000001'),
      line(zero, '00', zero, '00200200'),
    ].join('\n')
    expect(parseRouteTable6(text)).toEqual([
      { destination: '2001:db8:1::/64', gateway: null, interface: 'eth0' },
      { destination: '::/0', gateway: 'fe80::1', interface: 'eth0' },
    ])
  })
})
