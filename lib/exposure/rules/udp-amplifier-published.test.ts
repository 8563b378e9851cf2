import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { udpAmplifierPublished } from './udp-amplifier-published'

const dns = door({ hostPort: 5353, containerPort: 53, protocol: 'udp' })

test('a UDP port of a reflector is found by either number', () => {
  const containers = [
    { name: 'dns', ports: [dns] },
    { name: 'time', ports: [door({ hostPort: 123, containerPort: 9123, protocol: 'udp' })] },
  ]
  expect(run(udpAmplifierPublished, { containers }).findings).toMatchObject([
    { severity: 'medium', subject: { name: 'dns' }, evidence: [{ field: 'Ports[53/udp].host_ip' }] },
    { severity: 'medium', subject: { name: 'time' } },
  ])
})

test('TCP, other ports, loopback and dead doors are no hit', () => {
  const containers = [
    { name: 'tcp', ports: [door({ hostPort: 53, containerPort: 53 })] },
    { name: 'other', ports: [door({ hostPort: 5000, containerPort: 5000, protocol: 'udp' })] },
    { name: 'local', ports: [door({ ...dns, hostIp: '127.0.0.1', scope: 'loopback' })] },
    { name: 'dead', ports: [door({ ...dns, forwarded: 'no' })] },
  ]
  expect(hitsOf(udpAmplifierPublished, { containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: [dns] })] }
  expect(hitsOf(udpAmplifierPublished, spec)).toEqual([])
  expect(unknownOf(udpAmplifierPublished, spec)).toEqual(['ghost: inspect answered 500'])
})
