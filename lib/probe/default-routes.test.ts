import { expect, it } from 'vitest'
import { readDefaultRoutes } from './default-routes'
import { fakeProc } from './testing'

const ROUTE = `Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT
eth1\t00000000\t01033C0A\t0003\t0\t0\t100\t00000000\t0\t0\t0
eth0\t00000000\t016433C6\t0003\t0\t0\t99\t00000000\t0\t0\t0
eth1\t00033C0A\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0
`
const ROUTE6 = `fd60000100000000 00 00 00 00 00000000 00 00000000 eth1
00000000000000000000000000000000 00 00000000000000000000000000000000 00 fd600001000000000000000000000001 00000064 00000001 00000000 00000003     eth1
00000000000000000000000000000000 00 00000000000000000000000000000000 00 00000000000000000000000000000000 ffffffff 00000001 00000000 00200200       lo
`
const process = (net: Record<string, string>) => fakeProc({ processes: { 42: { comm: 'sleep', netns: '7', net } } })

it('reads gateways and metrics of both families, and nothing else', () => {
  const routes = readDefaultRoutes(process({ route: ROUTE, ipv6_route: ROUTE6 }), 42, 'LE')
  expect(routes.known && routes.value).toEqual([
    { gateway: '10.60.3.1', metric: 100 },
    { gateway: '198.51.100.1', metric: 99 },
    { gateway: 'fd60:1::1', metric: 100 },
  ])
})

it('knows that there are none on a kernel without IPv6', () => {
  const routes = readDefaultRoutes(process({ route: ROUTE.split('\n')[0] ?? '' }), 42, 'LE')
  expect(routes.known && routes.value).toEqual([])
})

it('says why they are not known', () => {
  expect(readDefaultRoutes(process({}), 42, 'LE')).toEqual({
    known: false,
    because: 'its routes could not be read (ENOENT)',
  })
})
