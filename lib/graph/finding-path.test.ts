import { expect, test } from 'vitest'
import type { Finding, FindingHop } from '@/lib/exposure/types'
import { pathOfFinding } from './finding-path'
import { buildScene } from './scene'
import { findings, host, network, topology } from './testing'

const one = host(
  [network('front'), network('back'), network('lan', { driver: 'macvlan', interface: 'eth0' })],
  [
    { name: 'web', on: ['front'], ports: [{ hostPort: 8080 }, { hostPort: 9090 }] },
    { name: 'other', on: ['front'] },
    { name: 'printer', on: ['lan'] },
  ],
)
const scene = buildScene(topology(one), findings(), { aspect: 16 / 9 })

const LAST: FindingHop[] = [
  { kind: 'power', id: 'privileged', label: 'privileged' },
  { kind: 'host', id: one.id, label: 'root on the host' },
]
const hop = (kind: FindingHop['kind'], id: string): FindingHop => ({ kind, id, label: id })

function told(name: string, path?: FindingHop[]): Finding {
  const container = one.containers.find(each => each.name === name)
  const [made] = findings({ kind: 'container', id: container?.id ?? name, severity: 'critical' }).findings
  if (made === undefined) throw new Error('no finding')
  return { ...made, ...(path !== undefined && { path }) }
}

/** "kind label" of what lights up, lines by their ends' labels. */
function lit(finding: Finding): string[] {
  const ids = pathOfFinding(scene, finding) ?? new Set()
  const label = (id: string) => scene.nodes.find(node => node.id === id)?.label
  return [
    ...scene.nodes.filter(({ id }) => ids.has(id)).map(node => `${node.kind} ${node.label}`),
    ...scene.edges.filter(({ id }) => ids.has(id)).map(edge => `${label(edge.source)} → ${label(edge.target)}`),
  ].toSorted()
}

test('the way through a door: that door, that segment, and no other', () => {
  const path = [
    hop('segment', 'segment:eth1'),
    hop('interface', 'interface:eth1'),
    hop('door', 'port:*:8080/tcp'),
    hop('namespace', one.containers[0]?.namespaceId ?? ''),
    ...LAST,
  ]
  expect(lit(told('web', path))).toEqual([
    '*:8080/tcp → web',
    '203.0.113.0/24 → eth1',
    'container web',
    'door *:8080/tcp',
    'host vm',
    'interface eth1',
    'network front',
    'segment 203.0.113.0/24',
  ])
})

test('past the host: the tie from the interface to the lane', () => {
  const path = [
    hop('segment', 'segment:eth0'),
    hop('interface', 'interface:eth0'),
    hop('namespace', one.containers[2]?.namespaceId ?? ''),
    ...LAST,
  ]
  expect(lit(told('printer', path))).toEqual(
    expect.arrayContaining(['container printer', 'network lan', 'eth0 → lan', '198.51.100.0/24 → eth0']),
  )
})

test('what has no place on the map is left out; a finding without a way lights nothing', () => {
  expect(lit(told('web', [hop('segment', ''), hop('door', 'port:*:1/tcp'), ...LAST]))).toEqual(['host vm'])
  expect(pathOfFinding(scene, told('web'))).toBeNull()
})
