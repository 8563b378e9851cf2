import { describe, expect, test } from 'vitest'
import { readNetwork, readPorts } from './values'

describe('PublishPort=', () => {
  const one = { hostIp: '', hostPort: null, containerPort: 80, range: 1, protocol: 'tcp' }
  test.each([
    ['80', [one]],
    ['8080:80', [{ ...one, hostPort: 8080 }]],
    [':80', [one]],
    ['127.0.0.1:8080:80', [{ ...one, hostIp: '127.0.0.1', hostPort: 8080 }]],
    ['127.0.0.1::80', [{ ...one, hostIp: '127.0.0.1' }]],
    ['0.0.0.0:8080:80', [{ ...one, hostPort: 8080 }]],
    ['[::1]:8080:80/udp', [{ ...one, hostIp: '::1', hostPort: 8080, protocol: 'udp' }]],
    ['8080-8082:80-82/tcp', [{ ...one, hostPort: 8080, range: 3 }]],
    ['80/tcp,udp', [one, { ...one, protocol: 'udp' }]],
  ])('%s', (text, ports) => expect(readPorts(text)).toEqual(ports))

  test.each([
    '',
    'web',
    '8080:',
    '0:80',
    '70000:80',
    '8080-8081:80',
    '80-80',
    '::1:80:80',
    '[::1]:80',
    '[x]:1:2',
    '1.2.3:80:80',
  ])('%j is refused', text => expect(readPorts(text)).toBeNull())
  test.each(['80/', '80/tcp/udp', '80/icmp', '256.1.1.1:80:80', 'a:b:c:d'])('%j is refused, too', text =>
    expect(readPorts(text)).toBeNull(),
  )
  test.each(['%i:80', '$PORT:80', '8080:${PORT}'])('%s is decided later', text =>
    expect(readPorts(text)).toBe('decided later'),
  )
})

test.each([
  ['host', { kind: 'host' }],
  ['none', { kind: 'none' }],
  ['private', { kind: 'private' }],
  ['bridge:ip=10.88.0.9', { kind: 'private' }],
  ['pasta:-t,80', { kind: 'pasta' }],
  ['slirp4netns:port_handler=slirp4netns', { kind: 'slirp4netns' }],
  ['ns:/run/netns/blue', { kind: 'path' }],
  ['container:vpn', { kind: 'join', container: 'vpn' }],
  ['app.network:alias=w', { kind: 'unit', unit: 'app.network', hasOptions: true }],
  ['vpn.container', { kind: 'unit', unit: 'vpn.container', hasOptions: false }],
  ['lan:ip=10.0.0.2', { kind: 'network', name: 'lan' }],
  ['constructor', { kind: 'network', name: 'constructor' }],
])('Network=%s', (text, value) => expect(readNetwork(text)).toEqual(value))
