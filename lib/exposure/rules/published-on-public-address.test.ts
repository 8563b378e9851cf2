import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { publishedOnPublicAddress } from './published-on-public-address'

const smtp = door({ hostIp: '203.0.113.7', hostPort: 25, containerPort: 25, scope: 'public' })

test('a port on a public address is found with the address', () => {
  expect(run(publishedOnPublicAddress, { containers: [{ name: 'mail', ports: [smtp] }] }).findings).toMatchObject([
    {
      severity: 'high',
      message: expect.stringContaining('25/tcp → 203.0.113.7:25'),
      evidence: [{ field: 'Ports[25/tcp].host_ip', value: '203.0.113.7, host port 25' }],
    },
  ])
})

test('IPv6 addresses stand in brackets', () => {
  const ports = [door({ ...smtp, hostIp: '2001:db8::7' })]
  const [finding] = run(publishedOnPublicAddress, { containers: [{ name: 'mail', ports }] }).findings
  expect(finding?.message).toContain('[2001:db8::7]:25')
})

test('wildcards, private and loopback addresses and dead doors are no hit', () => {
  const containers = [
    { name: 'all', ports: [door()] },
    { name: 'lan', ports: [door({ hostIp: '10.0.0.7', scope: 'private' })] },
    { name: 'local', ports: [door({ hostIp: '127.0.0.1', scope: 'loopback' })] },
    { name: 'dead', ports: [door({ ...smtp, forwarded: 'no' })] },
  ]
  expect(hitsOf(publishedOnPublicAddress, { containers })).toEqual([])
})

test('a stopped one is latent, unless it would be dead anyway', () => {
  const ports = [door({ ...smtp, forwarded: 'no' })]
  const networks = [{ name: 'app' }, { name: 'vault', internal: true }]
  const stopped = { state: 'exited' as const, ports }
  const containers = [
    { name: 'mail', ...stopped, networks: { app: [] } },
    { name: 'inner', ...stopped, networks: { vault: [] } },
  ]
  expect(run(publishedOnPublicAddress, { networks, containers }).findings).toMatchObject([
    { severity: 'medium', subject: { name: 'mail' } },
  ])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: [smtp] })] }
  expect(hitsOf(publishedOnPublicAddress, spec)).toEqual([])
  expect(unknownOf(publishedOnPublicAddress, spec)).toEqual(['ghost: inspect answered 500'])
})
