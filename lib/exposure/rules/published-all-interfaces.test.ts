import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { publishedAllInterfaces } from './published-all-interfaces'

test('a port without a host address is open on all of them', () => {
  const [finding] = run(publishedAllInterfaces, { containers: [{ name: 'web', ports: [door()] }] }).findings
  expect(finding).toMatchObject({
    severity: 'medium',
    confidence: 'high',
    evidence: [{ field: 'Ports[80/tcp].host_ip', value: 'unset, host port 8080' }],
    fix: {
      podman: '# create web again with: --publish 127.0.0.1:8080:80',
      quadlet: '[Container]\nPublishPort=127.0.0.1:8080:80',
    },
  })
  expect(finding?.message).toContain('80/tcp → every host address, port 8080 (HostIp unset)')
  expect(finding?.message).toContain('firewall was not examined')
})

test('consecutive ports are one range, other protocols and gaps are their own', () => {
  const ports = [
    ...Array.from({ length: 11 }, (_, i) => door({ hostPort: 7000 + i, containerPort: 7000 + i })),
    door({ hostPort: 5353, containerPort: 53, protocol: 'udp', hostIp: '::' }),
  ]
  const [finding] = run(publishedAllInterfaces, { containers: [{ name: 'rtp', ports }] }).findings
  expect(finding?.evidence.map(one => one.field)).toEqual(['Ports[7000-7010/tcp].host_ip', 'Ports[53/udp].host_ip'])
  expect(finding?.fix.quadlet).toContain('PublishPort=127.0.0.1:7000-7010:7000-7010\nPublishPort=127.0.0.1:5353:53/udp')
})

test('the ports of a pod belong to the pod, and are counted once', () => {
  const containers = [
    { name: 'shop-infra', pod: 'shop', isInfra: true, ports: [door()] },
    { name: 'shop-web', pod: 'shop' },
    { name: 'joiner', joins: 'shop-web' },
  ]
  const { findings } = run(publishedAllInterfaces, { containers })
  expect(findings.map(one => one.subject)).toMatchObject([{ kind: 'namespace', name: 'shop' }])
  expect(findings[0]?.message).toContain('shop-web and joiner share its namespace')
  expect(findings[0]?.fix.quadlet).toContain('[Pod]')
})

test('one address, loopback, dead doors and stopped owners are no hit', () => {
  const containers = [
    { name: 'local', ports: [door({ hostIp: '127.0.0.1', scope: 'loopback' })] },
    { name: 'lan', ports: [door({ hostIp: '192.168.1.7', scope: 'private' })] },
    { name: 'dead', ports: [door({ forwarded: 'no' })] },
    { name: 'old', state: 'exited' as const, ports: [door()] },
    { name: 'none' },
  ]
  expect(hitsOf(publishedAllInterfaces, { containers })).toEqual([])
})

test('a door that may lead nowhere is told with the reason and low confidence', () => {
  const ports = [door({ forwarded: 'unknown', because: 'the firewall could not be read' })]
  const [finding] = run(publishedAllInterfaces, { containers: [{ name: 'web', ports }] }).findings
  expect(finding).toMatchObject({
    confidence: 'low',
    message: expect.stringContaining('the firewall could not be read'),
  })
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: [door()] })] }
  expect(hitsOf(publishedAllInterfaces, spec)).toEqual([])
  expect(unknownOf(publishedAllInterfaces, spec)).toEqual(['ghost: inspect answered 500'])
})
