import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { hostPortContention } from './host-port-contention'

const old = { state: 'exited' as const }

test('a stopped container that claims a running one’s port is found, with both', () => {
  const containers = [
    { name: 'web', ports: [door(), door({ hostPort: 8443, containerPort: 443 })] },
    { name: 'web-old', ports: [door(), door({ hostPort: 8443, containerPort: 443 })], ...old },
  ]
  expect(run(hostPortContention, { containers }).findings).toMatchObject([
    {
      severity: 'info',
      subject: { name: 'web-old' },
      message: expect.stringContaining('8080/tcp and 8443/tcp: web (running) and web-old (exited) claim it'),
      fix: { podman: 'podman rm web-old' },
    },
  ])
})

test('a wildcard claims every address of its family', () => {
  const containers = [
    { name: 'web', ports: [door({ hostIp: '192.168.1.7', scope: 'private' })] },
    { name: 'all', ports: [door({ hostIp: '0.0.0.0' })], ...old },
  ]
  expect(hitsOf(hostPortContention, { containers })).toEqual(['all'])
})

test('many that claim one port are one finding', () => {
  const containers = Array.from({ length: 300 }, (_, i) => ({ name: `job-${i}`, ports: [door()], ...old }))
  expect(hitsOf(hostPortContention, { containers })).toHaveLength(1)
})

test('other addresses, families, protocols and ports, and two that both run are no hit', () => {
  const lists = [
    [door({ hostIp: '10.0.0.1' }), door({ hostIp: '10.0.0.2' })],
    [door({ hostIp: '0.0.0.0' }), door({ hostIp: '::' })],
    [door(), door({ protocol: 'udp' })],
    [door(), door({ hostPort: 8081 })],
  ]
  for (const [a = door(), b = door()] of lists) {
    const containers = [
      { name: 'a', ports: [a] },
      { name: 'b', ports: [b], ...old },
    ]
    expect(hitsOf(hostPortContention, { containers })).toEqual([])
  }
  expect(hitsOf(hostPortContention, { containers: ['a', 'b'].map(name => ({ name, ports: [door()] })) })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [{ name: 'web', ports: [door()] }, unread('ghost', { ports: [door()], ...old })] }
  expect(hitsOf(hostPortContention, spec)).toEqual([])
  expect(unknownOf(hostPortContention, spec)).toEqual(['ghost: inspect answered 500'])
})
