import { expect, test } from 'vitest'
import type { Interface } from '@/lib/topology/types'
import { examine } from '../engine'
import { type ContainerSpec, door, hitsOf, model, run, unknownOf, unread } from '../testing'
import { exposedAndHostEquivalent } from './exposed-and-host-equivalent'

const mount = (source: string, writable = true) => ({
  type: 'bind',
  source,
  destination: '/mnt',
  writable,
  propagation: null,
})
const powers: [string, Partial<ContainerSpec>][] = [
  ['--privileged', { privileged: true }],
  ['CAP_SYS_ADMIN', { capabilities: ['CAP_SYS_ADMIN'] }],
  ['the engine socket /run/podman/podman.sock', { facts: { mounts: [mount('/run/podman/podman.sock')] } }],
  ['the whole host mounted writable', { facts: { mounts: [mount('/')] } }],
]
const networks = [{ name: 'lan', driver: 'macvlan', interface: 'eth0' }, { name: 'app' }]

test.each(powers)('%s behind a published port is a path to the host', (words, power) => {
  const [finding] = run(exposedAndHostEquivalent, { containers: [{ name: 'web', ports: [door()], ...power }] }).findings
  expect(finding).toMatchObject({ severity: 'critical', subject: { name: 'web' } })
  expect(finding?.message).toMatch(/^outside → web:8080 → .* → root on the host\./)
  expect(finding?.message).toContain(words)
  expect(finding?.fix.podman).toMatch(
    /^# create web again without: .*\n# or\n# create web again with: --publish 127.0.0.1:8080:80$/,
  )
})

test('the host’s network and the LAN are ways in as well, and so is the pod’s door', () => {
  const containers: ContainerSpec[] = [
    { name: 'agent', mode: 'host', privileged: true },
    { name: 'hub', networks: { lan: ['192.168.1.9'] }, privileged: true },
    { name: 'infra', pod: 'shop', isInfra: true, ports: [door()] },
    { name: 'shop-web', pod: 'shop', privileged: true },
  ]
  expect(hitsOf(exposedAndHostEquivalent, { networks, containers })).toEqual(['agent', 'hub', 'shop-web'])
})

test('it replaces its parts, and nothing else', () => {
  const containers: ContainerSpec[] = [
    { name: 'web', ports: [door(), door({ hostPort: 5432, containerPort: 5432 })], privileged: true },
    { name: 'agent', mode: 'host', privileged: true },
    { name: 'hub', networks: { lan: ['192.168.1.9'] }, facts: { mounts: [mount('/run/podman/podman.sock')] } },
    { name: 'builder', privileged: true },
  ]
  const found = new Map<string, string[]>()
  for (const { subject, ruleId } of examine([model({ networks, containers })]).findings)
    found.set(subject.name, [...(found.get(subject.name) ?? []), ruleId])
  expect(found.get('web')).toEqual(['exposed-and-host-equivalent', 'sensitive-port-published'])
  expect(found.get('agent')).toEqual(['exposed-and-host-equivalent'])
  expect(found.get('hub')).toEqual(['exposed-and-host-equivalent'])
  expect(found.get('builder')).toEqual(['privileged'])
})

test('a mount that gives two powers is left out once', () => {
  const mounts = [mount('/'), mount('/run/podman/podman.sock')]
  const [finding] = run(exposedAndHostEquivalent, {
    containers: [{ name: 'web', mode: 'host', facts: { mounts } }],
  }).findings
  expect(finding?.fix.podman?.split('\n')[0]).toBe(
    '# create web again without: --volume /:/mnt --volume /run/podman/podman.sock:/mnt',
  )
})

test('one end alone is no hit', () => {
  const containers: ContainerSpec[] = [
    { name: 'web', ports: [door()] },
    { name: 'builder', privileged: true, networks: { app: ['10.89.0.2'] } },
    { name: 'local', privileged: true, ports: [door({ hostIp: '127.0.0.1', scope: 'loopback' })] },
    { name: 'dead', privileged: true, ports: [door({ forwarded: 'no' })] },
    { name: 'ro', ports: [door()], facts: { mounts: [mount('/srv', false)] } },
  ]
  expect(hitsOf(exposedAndHostEquivalent, { networks, containers })).toEqual([])
})

test('a stopped one is latent', () => {
  const containers: ContainerSpec[] = [
    { name: 'web', state: 'exited', privileged: true, ports: [door({ forwarded: 'no' })] },
  ]
  expect(run(exposedAndHostEquivalent, { containers }).findings).toMatchObject([{ severity: 'high' }])
})

test('a door that may lead nowhere lowers the confidence, a container that was not read is unknown', () => {
  const spec = {
    containers: [
      { name: 'web', privileged: true, ports: [door({ forwarded: 'unknown' as const })] },
      unread('ghost', { privileged: true, ports: [door()] }),
    ],
  }
  expect(run(exposedAndHostEquivalent, spec).findings).toMatchObject([{ confidence: 'medium' }])
  expect(unknownOf(exposedAndHostEquivalent, spec)).toEqual(['ghost: inspect answered 500'])
})

const uplink: Interface = { name: 'eth0', kind: 'physical', addresses: ['198.51.100.2/24'], up: true, master: null }
const pathOf = (containers: ContainerSpec[], interfaces: Interface[] | null = [uplink]) =>
  run(exposedAndHostEquivalent, { networks, interfaces, containers }).findings.map(one => one.path)

test('its way is told step by step, from the segments that reach says', () => {
  const containers: ContainerSpec[] = [
    { name: 'web', networks: { app: ['10.89.0.2'] }, ports: [door()], privileged: true },
  ]
  const path = [
    { kind: 'door', id: 'port:*:8080/tcp', label: '*:8080/tcp' },
    { kind: 'namespace', id: expect.stringContaining('namespace'), label: 'web' },
    { kind: 'power', id: 'privileged', label: '--privileged' },
    { kind: 'host', id: 'test', label: 'root on the host' },
  ]
  expect(pathOf(containers)).toEqual([
    [
      { kind: 'segment', id: 'segment:eth0', label: 'eth0' },
      { kind: 'interface', id: 'interface:eth0', label: 'eth0' },
      ...path,
    ],
  ])
  expect(pathOf(containers, null)).toEqual([[{ kind: 'segment', id: '', label: 'outside' }, ...path]])
})

test('on the LAN and in the host there is no door in between', () => {
  const kinds = (given: Partial<ContainerSpec>) =>
    pathOf([{ name: 'web', privileged: true, ...given }]).map(path => path?.map(hop => hop.kind).join(' '))
  expect(kinds({ networks: { lan: ['198.51.100.9'] } })).toEqual(['segment interface namespace power host'])
  expect(kinds({ mode: 'host' })).toEqual(['segment interface namespace power host'])
})

test('a door at an address that no segment leads to is no way from outside', () => {
  const ports = [door({ hostIp: '10.88.0.1', scope: 'private' })]
  const containers: ContainerSpec[] = [{ name: 'web', networks: { app: ['10.89.0.2'] }, ports, privileged: true }]
  expect(pathOf(containers)).toEqual([])
  expect(pathOf(containers, null)).toHaveLength(1)
})
