import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { engineApiReachable } from './engine-api-reachable'

const docker = door({ hostPort: 12_375, containerPort: 2375 })
const mounts = [
  { type: 'bind', source: '/run/podman/podman.sock', destination: '/sock', writable: false, propagation: null },
]
const networks = [{ name: 'lan', driver: 'macvlan', interface: 'eth0' }, { name: 'app' }]

test('a port of the engine API off loopback is critical, high when rootless', () => {
  const containers = [{ name: 'dind', ports: [docker] }]
  expect(run(engineApiReachable, { containers }).findings).toMatchObject([
    { severity: 'critical', confidence: 'high', evidence: [{ field: 'Ports[2375/tcp].host_ip' }] },
  ])
  expect(run(engineApiReachable, { containers, rootless: true }).findings).toMatchObject([{ severity: 'high' }])
})

test('a socket behind a published port, in the host’s namespace, or on the LAN is one too', () => {
  const containers = [
    { name: 'proxy', ports: [door()], facts: { mounts } },
    { name: 'agent', mode: 'host' as const, facts: { mounts } },
    { name: 'hub', networks: { lan: ['192.168.1.9'] }, facts: { mounts } },
  ]
  const { findings } = run(engineApiReachable, { networks, containers })
  expect(findings.map(one => [one.subject.name, one.severity, one.confidence])).toEqual([
    ['agent', 'critical', 'medium'],
    ['hub', 'critical', 'medium'],
    ['proxy', 'critical', 'medium'],
  ])
})

test('both together are one finding', () => {
  expect(hitsOf(engineApiReachable, { containers: [{ name: 'proxy', ports: [docker], facts: { mounts } }] })).toEqual([
    'proxy',
  ])
})

test('a socket that nobody gets at, loopback, dead doors, and other ports are no hit', () => {
  const containers = [
    { name: 'ci', networks: { app: ['10.89.0.2'] }, facts: { mounts } },
    { name: 'local', ports: [door({ ...docker, hostIp: '127.0.0.1', scope: 'loopback' })], facts: { mounts } },
    { name: 'dead', ports: [door({ ...docker, forwarded: 'no' })] },
    { name: 'web', ports: [door()] },
  ]
  expect(hitsOf(engineApiReachable, { networks, containers })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { ports: [docker] })] }
  expect(hitsOf(engineApiReachable, spec)).toEqual([])
  expect(unknownOf(engineApiReachable, spec)).toEqual(['ghost: inspect answered 500'])
})
