import { describe, expect, test } from 'vitest'
import { network } from '@/lib/topology/testing'
import { runOnFiles } from '../testing'
import { unitNetworkDiffers } from './unit-network-differs'

const app = (spec: Parameters<typeof network>[1] = {}) => ({
  networks: [
    network('systemd-app', { subnets: [{ cidr: '10.61.0.0/24', gateway: '10.61.0.1', leaseRange: null }], ...spec }),
  ],
})
const of = (file: string, given = app()) =>
  runOnFiles(unitNetworkDiffers, { 'app.network': `[Network]\n${file}` }, given)

test('an edited file is told with what differs, and where it stands', () => {
  expect(of('Subnet=10.62.0.0/24\nInternal=true\n').findings).toMatchObject([
    {
      severity: 'medium',
      subject: { kind: 'network', name: 'systemd-app' },
      message: expect.stringContaining(
        'Subnet=10.62.0.0/24 and Internal=true; systemd-app has Subnet=10.61.0.0/24 and Internal=false',
      ),
      evidence: [
        { field: 'Subnet', value: 'file 10.62.0.0/24, live 10.61.0.0/24 (/etc/containers/systemd/app.network:2)' },
        { field: 'Internal', value: 'file true, live false (/etc/containers/systemd/app.network:3)' },
      ],
      fix: { podman: expect.stringContaining('# systemctl restart app-network.service') },
    },
  ])
})

test.each([
  ['Options=isolate=strict', {}, 'medium', 'Options isolate'],
  ['', { options: { isolate: 'strict' } }, 'low', 'Options isolate'],
  ['Options=mtu=1400', {}, 'low', 'Options mtu'],
  ['', { internal: true }, 'low', 'Internal'],
  ['Driver=macvlan', {}, 'low', 'Driver'],
  ['Subnet=10.61.0.0/24\nGateway=10.61.0.9', {}, 'low', 'Gateway'],
  ['DisableDNS=true', {}, 'low', 'DisableDNS'],
  ['IPv6=true', {}, 'low', 'IPv6'],
  ['InterfaceName=br9', {}, 'low', 'InterfaceName'],
])('%j beside %j', (file, spec, severity, field) => {
  expect(of(`${file}\n`, app(spec)).findings).toMatchObject([{ severity, evidence: [{ field }] }])
})

describe('no difference', () => {
  test.each([
    ['', {}],
    ['Subnet=10.61.0.7/24\nGateway=10.61.0.1\nInternal=no\nDisableDNS=false\nDriver=bridge\n', {}],
    ['Options=isolate=strict\nOptions=com.example.x=1\n', { options: { isolate: 'strict' } }],
    ['Label=a=b\nDNS=1.1.1.1\n', {}],
    ['Subnet=%i\n', {}],
    ['Options=com.docker.network.driver.mtu=1400\n', { options: { mtu: '1400' } }],
  ])('%j', (file, spec) => expect(of(file, app(spec)).findings).toEqual([]))

  test('of a network that is not there, and of a file that Podman does not take', () => {
    expect(of('Internal=true\n', { networks: [] }).findings).toEqual([])
    expect(of('Internal=true\nNonsense=1\n').findings).toEqual([])
  })
})

test('IPv6 subnets are compared as addresses', () => {
  const six = app({ subnets: [{ cidr: 'fd00:1::/64', gateway: 'fd00:1::1', leaseRange: null }], ipv6Enabled: true })
  expect(of('Subnet=fd00:0001::/64\n', six).findings).toEqual([])
  expect(of('Subnet=fd00:2::/64\n', six).findings).toHaveLength(1)
})

test('PodmanArgs= and files that are not known make it unknown', () => {
  const hidden = runOnFiles(
    unitNetworkDiffers,
    { 'app.network': '[Network]\nInternal=true\nPodmanArgs=--internal=false\n' },
    app(),
  )
  expect(hidden.findings).toEqual([])
  expect(hidden.notExamined).toContain('network systemd-app: PodmanArgs= of app.network has --internal')
  const none = runOnFiles(unitNetworkDiffers, {}, { units: { known: false, because: 'Not here.' } })
  expect(none.notExamined).toContain('quadlet files: Not here.')
})
