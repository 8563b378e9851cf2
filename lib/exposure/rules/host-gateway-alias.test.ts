import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { hostGatewayAlias } from './host-gateway-alias'

const networks = [{ name: 'app', subnets: [{ cidr: '10.89.0.0/24', gateway: '10.89.0.1' }] }]
const interfaces = [
  { name: 'lo', kind: 'loopback' as const, addresses: ['127.0.0.1/8'], up: true, master: null },
  { name: 'eth0', kind: 'physical' as const, addresses: ['192.0.2.2/24', '2001:db8::2/64'], up: true, master: null },
]
const web = (...extraHosts: string[]) => ({ name: 'web', networks: { app: ['10.89.0.2'] }, facts: { extraHosts } })

test.each(['host-gateway', '10.89.0.1', '192.0.2.2', '2001:db8:0:0::2', '169.254.1.2'])(
  'a name for %s is found',
  address => {
    expect(
      run(hostGatewayAlias, { networks, interfaces, containers: [web(`db.host:${address}`)] }).findings,
    ).toMatchObject([{ severity: 'info', evidence: [{ field: 'HostConfig.ExtraHosts[db.host]', value: address }] }])
  },
)

test('names for others, for itself, and what is no mapping are no hit', () => {
  const containers = [web('db:10.89.0.7', 'self:127.0.0.1', ':192.0.2.2', 'host-gateway')]
  expect(hitsOf(hostGatewayAlias, { networks, interfaces, containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { networks, containers: [unread('ghost', { facts: { extraHosts: ['h:host-gateway'] } })] }
  expect(hitsOf(hostGatewayAlias, spec)).toEqual([])
  expect(unknownOf(hostGatewayAlias, spec)).toEqual(['ghost: inspect answered 500'])
})
