import { expect, test } from 'vitest'
import { assembleTopology, buildTopology } from './build'
import {
  attachment,
  blindProbe,
  container,
  engineId,
  engineInfo,
  known,
  network,
  notKnown,
  pod,
  probe,
  snapshot,
  volume,
} from './testing'
import type { Container, ContainerFacts } from './types'

const only = (...args: Parameters<typeof container>): { container: Container; facts: ContainerFacts } => {
  const model = buildTopology(snapshot({ containers: [container(...args)] }))
  const [one] = model.host.containers
  const facts = one && model.facts.containers[one.id]
  if (!facts) throw new Error('no container')
  return { container: one, facts }
}

test('attachments carry addresses of both families, mac and aliases, sorted by network', () => {
  const { host, facts } = buildTopology(
    snapshot({
      networks: [network('a'), network('b', { id: 'b'.repeat(64) })],
      containers: [
        container('web', {
          networks: { b: [], a: [] },
          detail: {
            attachments: [
              // Podman 5.4 and later name the id; before, the name.
              {
                networkName: 'b',
                networkId: 'b'.repeat(64),
                addresses: ['10.89.1.2', '10.89.1.2', 'fd::2'],
                mac: 'aa:bb',
                gateway: null,
                aliases: ['www', 'edge', 'www'],
              },
              { networkName: 'a', networkId: 'a', addresses: [], mac: null, gateway: null, aliases: [] },
            ],
          },
        }),
      ],
    }),
  )
  expect(host.namespaces[1]?.attachments).toEqual([
    { networkName: 'a', addresses: [], mac: null, aliases: [] },
    { networkName: 'b', addresses: ['10.89.1.2', 'fd::2'], mac: 'aa:bb', aliases: ['edge', 'www'] },
  ])
  expect(Object.values(facts.containers)[0]?.incomplete).toEqual([])
})

test('an attachment to a network that is not listed is kept and noted; a network without members stays', () => {
  const { host, facts } = buildTopology(
    snapshot({ networks: [network('empty')], containers: [container('web', { networks: { gone: ['10.89.9.2'] } })] }),
  )
  expect(host.networks.map(one => one.name)).toEqual(['empty'])
  expect(host.namespaces[1]?.attachments).toMatchObject([{ networkName: 'gone', addresses: ['10.89.9.2'] }])
  expect(Object.values(facts.containers)[0]?.incomplete).toEqual(['network gone is not in the list of networks'])
})

test('a network is found by its id too', () => {
  const { host } = buildTopology(
    snapshot({
      networks: [network('alpha', { id: 'a'.repeat(64) }), network('beta')],
      containers: [
        container('web', {
          networks: { beta: [], alpha: [] },
          detail: {
            attachments: [
              { ...attachment('beta', ['10.89.0.2']), networkId: 'beta' },
              { ...attachment('old-name', ['10.89.1.2']), networkId: 'a'.repeat(64) },
            ],
          },
        }),
      ],
    }),
  )
  expect(host.namespaces[1]?.attachments.map(one => one.networkName)).toEqual(['alpha', 'beta'])
})

test('a running bridge container whose inspect has no networks keeps the names that the list has', () => {
  const { host } = buildTopology(
    snapshot({ containers: [container('web', { networks: { podman: [] }, detail: { attachments: null } })] }),
  )
  expect(host.namespaces[1]?.attachments).toEqual([{ networkName: 'podman', addresses: [], mac: null, aliases: [] }])
})

test('list and inspect that name different networks are noted', () => {
  const { facts } = only('web', { networks: { podman: ['10.88.0.2'] }, summary: { networks: ['podman', 'late'] } })
  expect(facts.incomplete).toEqual(['list and inspect disagree about its networks'])
})

test('an address used twice and overlapping subnets are shown as they are', () => {
  const { host } = buildTopology(
    snapshot({
      networks: [
        network('a'),
        network('b'),
        network('all', { subnets: [{ cidr: '0.0.0.0/0', gateway: null, leaseRange: null }] }),
      ],
      containers: [
        container('one', { networks: { a: ['10.89.0.2'] } }),
        container('two', { networks: { a: ['10.89.0.2'], b: ['10.89.0.2'] } }),
      ],
    }),
  )
  expect(host.namespaces.flatMap(one => one.attachments.flatMap(({ addresses }) => addresses))).toEqual(
    Array(3).fill('10.89.0.2'),
  )
})

test('a network, a pod and a container of one name have ids of their own', () => {
  const { host } = buildTopology(
    snapshot({ networks: [network('x')], pods: [pod('x', { infra: null })], containers: [container('x')] }),
  )
  const ids = [...host.networks, ...host.pods, ...host.containers, ...host.namespaces].map(one => one.id)
  expect(new Set(ids).size).toBe(ids.length)
})

test('capabilities are those beyond the default set', () => {
  const caps = (boundingCaps: string[] | null, capAdd: string[] = []) =>
    only('web', { detail: { boundingCaps, capAdd } }).container.capabilities
  expect(caps(['CAP_CHOWN', 'CAP_NET_RAW', 'CAP_NET_ADMIN'])).toEqual(['CAP_NET_ADMIN', 'CAP_NET_RAW'])
  expect(caps(['CAP_CHOWN'], ['CAP_NET_ADMIN'])).toEqual([])
  expect(caps(null, ['net_admin', 'CAP_SYS_TIME', 'CAP_CHOWN'])).toEqual(['CAP_NET_ADMIN', 'CAP_SYS_TIME'])
  expect(caps([])).toEqual([])
})

test('the unit is the one that the label names; labels are as given', () => {
  const labels = { zone: 'b', PODMAN_SYSTEMD_UNIT: 'web.service' }
  const { container: web } = only('web', { summary: { labels } })
  expect(web.unit).toBe('web.service')
  expect(Object.keys(web.labels)).toEqual(['PODMAN_SYSTEMD_UNIT', 'zone'])
  expect(only('web').container.unit).toBeNull()
})

test('volumes that are bind mounts in disguise carry the directory of the host', () => {
  const mount = (name: string | null, type = 'volume') => ({
    type,
    source: name ?? '/srv',
    destination: `/mnt/${name}`,
    writable: true,
    propagation: null,
    name,
  })
  const record = container('web', { detail: { mounts: ['data', 'etc', 'nfs', 'gone', null].map(name => mount(name)) } })
  const volumes = [
    volume('data'),
    volume('etc', { type: 'none', o: 'rw,bind', device: '/etc' }),
    volume('nfs', { type: 'nfs', o: 'addr=10.0.0.1', device: ':/x' }),
  ]
  const sources = (spec: Parameters<typeof snapshot>[0]) => {
    const { facts } = buildTopology(snapshot({ containers: [record], ...spec }))
    const [one] = Object.values(facts.containers)
    return { mounts: one?.mounts?.map(({ type, source }) => `${type} ${source}`), unknown: facts.volumesUnknown }
  }
  expect(sources({ volumes })).toEqual({
    mounts: ['volume data', 'bind /etc', 'volume nfs', 'volume gone', 'volume /srv'],
    unknown: false,
  })
  expect(sources({ volumes: null })).toMatchObject({ unknown: true })
})

test('after a failed inspect, the facts are absent and not empty', () => {
  const { facts } = only('web', { failed: 'inspect answered 500', networks: { podman: [] } })
  expect(facts).toMatchObject({
    incomplete: ['inspect answered 500'],
    boundingCaps: null,
    mounts: null,
    devices: null,
    pidMode: null,
    publishAllPorts: null,
  })
})

test('what the parsers could not read is noted', () => {
  const { facts } = only('web', {
    networks: { podman: [] },
    summary: { problems: ['port "80-90" was not understood'] },
    detail: { problems: ['mounts were not understood'] },
  })
  expect(facts.incomplete).toEqual(['port "80-90" was not understood', 'mounts were not understood'])
})

test('the engine is known by any answer that carries its version', () => {
  const engine = (spec: Parameters<typeof snapshot>[0]) => buildTopology(snapshot(spec)).host.engine
  expect(engine({})).toEqual({ podman: '5.4.2', netavark: '1.14.0', defaultNetwork: 'podman' })
  expect(engine({ info: null })).toEqual({ podman: '5.4.2', netavark: null, defaultNetwork: 'podman' })
  expect(engine({ info: engineInfo({ podmanVersion: null }), podmanVersion: null })).toBeNull()
})

test('interfaces and facts of the kernel are null where the probe has none', () => {
  const blind = buildTopology(snapshot({ probe: blindProbe() }))
  expect(blind.host.interfaces).toBeNull()
  expect(blind.host.probe).toEqual({ available: false, reason: 'not on this machine' })
  expect(blind.facts).toMatchObject({ forwarding: null, firewall: null, routes: null })
  const seeing = buildTopology(snapshot({ probe: probe() }))
  expect(seeing.host.interfaces).toEqual([
    { name: 'eth0', kind: 'physical', addresses: ['198.51.100.2/24', '2001:db8:1::2/64'], up: true, master: null },
    { name: 'lo', kind: 'loopback', addresses: ['127.0.0.1/8', '::1/128'], up: true, master: null },
  ])
  expect(seeing.facts).toMatchObject({ forwarding: { ipv4: true, ipv6: true }, firewall: 'nftables' })
})

test('listeners belong to the namespace of their inode; the absent ones have a reason', () => {
  const listener = (port: number, containerId: string | null, process: string | null = 'sh') =>
    ({ address: '0.0.0.0', port, protocol: 'tcp', containerId, process }) as const
  const spec = {
    rootless: true,
    networks: [network('app')],
    containers: [
      container('web', { netns: '1', networks: { app: ['10.89.0.2'] } }),
      container('dark', { mode: 'pasta', netns: '2' }),
      container('unread', { mode: 'pasta', netns: '3' }),
      container('off', { mode: 'pasta', state: 'exited' }),
      // Neither hides nor takes the inode of those who run.
      container('z-stopped', { mode: `container:${engineId('web')}`, state: 'exited' }),
      container('exporter', { mode: 'host', netns: 'inode of the host' }),
    ],
    probe: probe({
      hostListeners: known([
        listener(9100, engineId('exporter')),
        listener(22, null, 'sshd'),
        listener(22, null, 'sshd'),
        listener(8080, 'f'.repeat(64), 'conmon'),
      ]),
      listenersByNetns: { '1': known([listener(80, engineId('web'))]), '2': notKnown('needs root') },
    }),
  }
  const { host } = buildTopology(snapshot(spec))
  const exporter = `root:container:${engineId('exporter')}`
  expect(
    Object.fromEntries(
      host.namespaces.map(one => [
        one.kind === 'host' ? 'host' : (one.ownerId ?? one.kind),
        one.listeners ?? one.listenersUnknownBecause,
      ]),
    ),
  ).toEqual({
    host: [listener(22, null, 'sshd'), listener(8080, null, 'conmon'), listener(9100, exporter)],
    [`root:container:${engineId('web')}`]: [listener(80, `root:container:${engineId('web')}`)],
    [`root:container:${engineId('dark')}`]: 'needs root',
    [`root:container:${engineId('unread')}`]: 'its sockets were not read',
    [`root:container:${engineId('off')}`]: 'nothing runs in it',
    rootless: 'Podman does not say which namespace its rootless bridges are in',
  })
  const blind = buildTopology(snapshot({ ...spec, probe: blindProbe() })).host.namespaces
  expect(new Set(blind.map(one => one.listenersUnknownBecause))).toEqual(new Set(['not on this machine']))
})

test('hosts are put together by name; ages are those of the moment', () => {
  const model = (id: string, name: string) => {
    const base = snapshot()
    return buildTopology({ ...base, connection: { ...base.connection, id, name } }, { ageSeconds: 3 })
  }
  const models = [model('user', 'b'), model('root', 'a')]
  const topology = assembleTopology(models, 7, '2026-01-01T00:00:00.000Z', new Map([['user', 9]]))
  expect(topology).toMatchObject({ schemaVersion: 1, revision: 7, generatedAt: '2026-01-01T00:00:00.000Z' })
  expect(topology.hosts.map(host => [host.id, host.ageSeconds])).toEqual([
    ['root', 3],
    ['user', 9],
  ])
  // Unchanged hosts are the same objects, so that a diff of them costs nothing.
  expect(topology.hosts[0]).toBe(models[1]?.host)
})

test('a snapshot is not touched', () => {
  const freeze = (value: unknown): void => {
    if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return
    Object.freeze(value)
    for (const one of Object.values(value)) freeze(one)
  }
  const spec = snapshot({
    networks: [network('b'), network('a')],
    pods: [pod('shop')],
    containers: [
      container('z', { networks: { b: ['10.0.0.2'], a: ['10.0.0.3'] }, ports: [{}] }),
      container('a', { mode: 'host' }),
    ],
    probe: probe(),
  })
  freeze(spec)
  expect(buildTopology(spec).host.containers).toHaveLength(2)
})
