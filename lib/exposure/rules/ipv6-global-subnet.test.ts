import { expect, test } from 'vitest'
import { examine } from '../engine'
import { hitsOf, model, run } from '../testing'
import { ipv6GlobalSubnet } from './ipv6-global-subnet'

const subnets = (...cidrs: string[]) => ({ subnets: cidrs.map(cidr => ({ cidr, gateway: null })) })
const lan = { name: 'lan', ...subnets('10.89.0.0/24', '2001:db8:1::/64') }

test('a subnet of 2000::/3 is found, with low confidence', () => {
  const containers = [{ name: 'web', networks: { lan: ['2001:db8:1::2'] } }]
  expect(run(ipv6GlobalSubnet, { networks: [lan], containers }).findings).toMatchObject([
    { severity: 'low', confidence: 'low', evidence: [{ value: '2001:db8:1::/64' }] },
  ])
})

test.each(['3fff:ffff::/32', '2a02::/16'])('%s is of the Internet', cidr => {
  expect(hitsOf(ipv6GlobalSubnet, { networks: [{ name: 'lan', ...subnets(cidr) }] })).toEqual(['lan'])
})

test.each(['fd10:90::/64', 'fe80::/64', '4000::/16', '10.0.0.0/8', 'nonsense'])('%s is not', cidr => {
  expect(hitsOf(ipv6GlobalSubnet, { networks: [{ name: 'lan', ...subnets(cidr) }] })).toEqual([])
})

test('internal networks are no hit', () => {
  expect(hitsOf(ipv6GlobalSubnet, { networks: [{ ...lan, internal: true }] })).toEqual([])
})

test('a network whose options were not read is unknown', () => {
  const spec = model({ networks: [lan] })
  const report = examine([{ ...spec, facts: { ...spec.facts, networks: {} } }], { rules: [ipv6GlobalSubnet] })
  expect(report.findings).toEqual([])
  expect(report.notExamined).toContain('network lan: its options were not read')
})
