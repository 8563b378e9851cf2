import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildScene } from '@/lib/graph/scene'
import { anyHost, findings, host, network, topology } from '@/lib/graph/testing'
import { modelOfRecording } from '@/tests/recordings/model'
import { applyFilter } from './filter'

const one = host(
  [
    network('front'),
    network('back', { internal: true, subnets: [{ cidr: '10.90.0.0/24', gateway: null }] }),
    network('lan', { driver: 'macvlan', interface: 'eth0' }),
    network('far'),
  ],
  [
    { name: 'web', on: ['front'], ports: [{ hostPort: 8443, containerPort: 443 }] },
    { name: 'admin', on: ['front'], ports: [{ hostIp: '127.0.0.1', scope: 'loopback', hostPort: 9000 }] },
    { name: 'proxy', on: ['front', 'back'] },
    { name: 'db', on: ['back'], privileged: true },
    { name: 'printer', on: ['lan'] },
    { name: 'old', on: ['far'], state: 'exited' },
    { name: 'agent', on: 'host' },
  ],
)
const of = topology(one)
const id = (name: string) => one.containers.find(each => each.name === name)?.id ?? ''
const report = findings({ kind: 'container', id: id('db'), severity: 'high' })

/** Names of the containers that a text picks. */
const picked = (text: string) => {
  const matches = applyFilter(of, report.findings, text)?.matches
  return one.containers.flatMap(({ name }) => (matches?.has('root', `container:${name}`) ? [name] : []))
}

describe('a filter picks containers', () => {
  it.each([
    ['web', ['web']],
    ['name:*b', ['web', 'db']],
    ['net:front', ['web', 'admin', 'proxy']],
    ['net:fron', []],
    ['net:fr*', ['web', 'admin', 'proxy']],
    ['net:front net:back', ['proxy']],
    ['net:front,back -is:pivot', ['web', 'admin', 'db']],
    ['port:443', ['web']],
    ['port:8000-8999/tcp', ['web']],
    ['port:443/udp', []],
    ['state:exited', ['old']],
    ['is:stopped', ['old']],
    ['is:privileged', ['db']],
    ['is:internal', ['proxy', 'db']],
    ['sev:high', ['db']],
    ['sev:critical', []],
    ['image:library/web', ['web']],
    ['is:exposed', ['web', 'printer', 'agent']],
    ['-is:exposed is:running', ['admin', 'proxy', 'db']],
    ['host:vm port:443', ['web']],
    ['addr:10.89.0.0/30', ['web', 'admin']],
    ['near:container:db', ['proxy', 'db']],
    ['near2:container:db', ['web', 'admin', 'proxy', 'db']],
    ['near:network:far', ['old']],
    ['outside:container:web', ['web']],
    ['near:container:gone', []],
    ['hide:container:web net:front', ['admin', 'proxy']],
    ['hide:network:front is:running', ['proxy', 'db', 'printer', 'agent']],
    ['port:nonsense', []],
    ['label:constructor', []],
  ])('%s', (text, names) => {
    expect(picked(text).toSorted()).toEqual(names.toSorted())
  })

  it('and doors by their own port, by whom is behind them, and by whether they are open', () => {
    const doors = (text: string) => {
      const matches = applyFilter(of, [], text)?.matches
      return ['port:*:8443/tcp', 'port:127.0.0.1:9000/tcp'].filter(ref => matches?.has('root', ref))
    }
    expect(doors('port:443')).toEqual(['port:*:8443/tcp'])
    expect(doors('admin')).toEqual(['port:127.0.0.1:9000/tcp'])
    expect(doors('is:exposed')).toEqual(['port:*:8443/tcp'])
    expect(doors('net:front')).toHaveLength(2)
  })

  it('and counts them', () => {
    expect(applyFilter(of, [], 'net:front')?.matches).toMatchObject({ containers: 3, of: 7, networks: 1, doors: 2 })
    expect(applyFilter(of, [], '   ')).toBeNull()
  })
})

describe('the rest', () => {
  it('is hidden with its networks, and what stays keeps all of its own', () => {
    const [left] = applyFilter(of, [], 'port:443')?.rest.hosts ?? []
    expect(left?.containers.map(({ name }) => name)).toEqual(['web'])
    expect(left?.networks.map(({ name }) => name)).toEqual(['front'])
    expect(left?.interfaces).toEqual(one.interfaces)
  })

  it('takes no bridge of a hidden network for a way out, and no reserved port for a socket of the host', () => {
    const bridge = { name: 'br-far', kind: 'bridge' as const, addresses: ['10.89.0.1/24'], up: true, master: null }
    const socket = { address: '0.0.0.0', port: 8443, protocol: 'tcp' as const, containerId: null, process: 'conmon' }
    const busy = {
      ...one,
      interfaces: [...(one.interfaces ?? []), bridge],
      namespaces: one.namespaces.map(each => (each.kind === 'host' ? { ...each, listeners: [socket] } : each)),
    }
    const filtered = applyFilter(topology(busy), [], 'is:internal')
    const [left] = filtered?.rest.hosts ?? []
    expect(left?.interfaces).toEqual(one.interfaces)
    expect(left?.namespaces.find(({ kind }) => kind === 'host')?.listeners).toEqual([])
    expect(applyFilter(topology(busy), [], 'is:exposed port:8443')?.matches.doors).toBe(1)
  })

  it('is a host like any other, whatever was typed', () => {
    const words = fc.constantFrom('is:exposed', 'near:container:c1', 'net:n0', '-state:running', 'c', 'hide:network:n1')
    fc.assert(
      fc.property(anyHost('root'), fc.array(words, { minLength: 1, maxLength: 3 }), (any, typed) => {
        const whole = topology(any)
        const filtered = applyFilter(whole, [], typed.join(' '))
        if (filtered === null) throw new Error('no condition')
        const [left] = filtered.rest.hosts
        const names = new Set(any.containers.map(one => one.id))
        for (const container of left?.containers ?? []) {
          expect(names.has(container.id)).toBe(true)
          expect(left?.namespaces.some(({ id: key }) => key === container.namespaceId)).toBe(true)
        }
        for (const { attachments } of left?.namespaces ?? [])
          for (const { networkName } of attachments)
            if (any.networks.some(({ name }) => name === networkName))
              expect(left?.networks.some(({ name }) => name === networkName)).toBe(true)
        const scene = buildScene(filtered.rest, findings(), { aspect: 16 / 9 })
        const ids = new Set([...scene.nodes, ...scene.edges].map(one => one.id))
        for (const kept of filtered.keptIn(scene)) expect(ids.has(kept)).toBe(true)
      }),
      { numRuns: 8 },
    )
  })

  it('is dimmed: boxes round what matches stay bright, and lines between such', () => {
    const filtered = applyFilter(of, [], 'port:443')
    const scene = buildScene(of, findings(), { aspect: 16 / 9 })
    const kept = filtered?.keptIn(scene) ?? new Set()
    const bright = (kind: string) =>
      scene.nodes.flatMap(node => (node.kind === kind && kept.has(node.id) ? [node.label] : []))
    expect(bright('container')).toEqual(['web'])
    expect(bright('network')).toEqual(['front'])
    expect(bright('door')).toHaveLength(1)
    expect(scene.edges.filter(({ id: edge }) => kept.has(edge)).map(({ kind }) => kind)).toEqual(['leads'])
  })
})

describe('what a file declares and is not there', () => {
  const read = async () => topology((await modelOfRecording('podman-6.1.1-quadlet')).host)
  const drawn = (rest: Parameters<typeof buildScene>[0]) =>
    buildScene(rest, findings(), { aspect: 16 / 9 }).nodes.flatMap(node =>
      node.kind === 'container' || node.kind === 'door' ? [`${node.declared ? 'declared ' : ''}${node.label}`] : [],
    )

  it.each(['is:declared', 'port:5432', 'name:systemd-stopped', 'unit:stopped.container', 'net:systemd-app port:5432'])(
    'is what %s picks, with its door and its network',
    async text => {
      const given = await read()
      const filtered = applyFilter(given, [], text)
      expect(filtered?.matches).toMatchObject({ containers: 0, networks: 0, doors: 0 })
      expect(drawn(filtered?.rest ?? given)).toEqual(['declared systemd-stopped', 'declared *:5432/tcp'])
      expect(filtered?.rest.hosts[0]?.networks.map(({ name }) => name)).toEqual(['systemd-app'])
      const whole = buildScene(given, findings(), { aspect: 16 / 9 })
      const kept = filtered?.keptIn(whole) ?? new Set()
      expect(whole.nodes.every(node => !node.declared || kept.has(node.id))).toBe(true)
    },
  )

  it.each(['-is:declared', 'is:running', 'is:stopped', 'is:exposed'])('is left out by %s', async text => {
    const given = await read()
    expect(drawn(applyFilter(given, [], text)?.rest ?? given).filter(name => name.startsWith('declared'))).toEqual([])
  })
})
