import { expect, test } from 'vitest'
import { door, hitsOf, listener, run, unknownOf, unread } from '../testing'
import { publishedButSilent } from './published-but-silent'

test('a door behind which nothing listens is found, a door that leads to a listener is not', () => {
  const containers = [
    { name: 'web', ports: [door(), door({ hostPort: 8443, containerPort: 443 })], listeners: [listener({ port: 80 })] },
  ]
  expect(run(publishedButSilent, { containers }).findings).toMatchObject([
    {
      severity: 'info',
      confidence: 'medium',
      evidence: [{ field: 'Ports[443/tcp].host_ip' }],
      fix: { podman: 'podman logs web' },
    },
  ])
})

test('one that listens on loopback only is told so', () => {
  const containers = [{ name: 'web', ports: [door()], listeners: [listener({ address: '127.0.0.1' })] }]
  expect(run(publishedButSilent, { containers }).findings).toMatchObject([
    { message: expect.stringContaining('listens on loopback only') },
  ])
  expect(hitsOf(publishedButSilent, { containers: [{ ...containers[0], name: 'web', mode: 'pasta' }] })).toEqual([])
})

test('UDP, dead doors and stopped containers are no hit', () => {
  const containers = [
    { name: 'dns', ports: [door({ protocol: 'udp' })], listeners: [] },
    { name: 'dead', ports: [door({ forwarded: 'no' })], listeners: [] },
    { name: 'old', state: 'exited' as const, ports: [door()], listeners: [] },
    { name: 'shut', listeners: [] },
  ]
  expect(hitsOf(publishedButSilent, { containers })).toEqual([])
})

test('namespaces whose sockets were not read are unknown, one line for each reason', () => {
  const spec = {
    containers: [{ name: 'a', ports: [door()] }, { name: 'b', ports: [door({ hostPort: 81 })] }, unread('ghost')],
  }
  expect(hitsOf(publishedButSilent, spec)).toEqual([])
  expect(unknownOf(publishedButSilent, spec)).toEqual([
    'ghost: inspect answered 500',
    'what listens in a and b: not probed',
  ])
})
