import { expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { buildTopology } from './build'
import { indexHost, namespaceName, namespaceOf } from './lookup'
import { container, engineId, network, pod, probe, snapshot } from './testing'
import type { HostModel } from './types'

const build = (spec: Partial<HostSnapshot>): HostModel => buildTopology(snapshot(spec))

/** "kind name: members" of every namespace, with names for people. */
const shapes = ({ host }: HostModel): string[] => {
  const { containers } = indexHost(host)
  return host.namespaces.map(namespace => {
    const members = namespace.memberIds.map(id => containers.get(id)?.name ?? '?')
    return `${namespace.kind} ${namespaceName(host, namespace)}: ${members.join(' ')}`.trim()
  })
}

const incomplete = ({ facts }: HostModel, name: string): string[] =>
  facts.containers[`root:container:${engineId(name)}`]?.incomplete ?? ['no such container']

const idOf = (name: string) => `root:container:${engineId(name)}`

test('an empty host has its own namespace and nothing else', () => {
  const { host } = build({})
  expect(host.namespaces).toMatchObject([{ id: 'root:namespace:host', kind: 'host', ownerId: null, memberIds: [] }])
})

test('every mode has its kind, and only bridges make attachments', () => {
  const model = build({
    networks: [network('app')],
    containers: [
      container('a-bridge', { networks: { app: ['10.89.0.2'] } }),
      container('b-host', { mode: 'host', netns: 'h' }),
      container('c-none', { mode: 'none' }),
      container('d-pasta', { mode: 'pasta' }),
      container('e-slirp', { mode: 'slirp4netns:allow_host_loopback=true' }),
      container('f-path', { mode: 'ns:/run/netns/blue' }),
    ],
  })
  expect(shapes(model)).toEqual([
    'path /run/netns/blue: f-path',
    'private a-bridge: a-bridge',
    'none c-none: c-none',
    'pasta d-pasta: d-pasta',
    'slirp4netns e-slirp: e-slirp',
    'host host: b-host',
  ])
  expect(model.host.namespaces.map(one => one.id)).toContain('root:namespace:path:/run/netns/blue')
  expect(model.host.namespaces.map(one => one.id)).toContain(`root:namespace:${engineId('a-bridge')}`)
  for (const one of model.host.namespaces) expect(one.attachments).toHaveLength(one.kind === 'private' ? 1 : 0)
  for (const one of Object.values(model.facts.containers)) expect(one.incomplete).toEqual([])
})

test('the networks that inspect makes up for host, none and pasta are none', () => {
  const model = build({
    containers: ['host', 'none', 'pasta'].map(mode =>
      container(`in-${mode}`, {
        mode,
        state: 'exited',
        detail: {
          attachments: [{ networkName: mode, networkId: mode, addresses: [], mac: null, gateway: null, aliases: [] }],
        },
      }),
    ),
  })
  expect(model.host.namespaces.flatMap(one => one.attachments)).toEqual([])
  expect(incomplete(model, 'in-pasta')).toEqual([])
})

test('a chain of joins ends at its root, whose attachments are listed once', () => {
  const joiner = (name: string, target: string) =>
    container(name, {
      mode: `container:${engineId(target)}`,
      netns: 'n',
      networks: { app: ['10.89.0.2'] },
      summary: { networks: [] },
    })
  const model = build({
    networks: [network('app')],
    containers: [
      joiner('c', 'b'),
      joiner('b', 'a'),
      container('a', { netns: 'n', networks: { app: ['10.89.0.2'] }, ports: [{ hostPort: 80 }] }),
    ],
  })
  expect(shapes(model)).toEqual(['private a: a b c', 'host host:'])
  expect(model.host.namespaces[0]).toMatchObject({ ownerId: idOf('a'), attachments: [{ networkName: 'app' }] })
  expect(model.host.namespaces[0]?.published).toHaveLength(1)
})

test('joiners of a host-mode container are in the host', () => {
  const model = build({
    containers: [
      container('exporter', { mode: 'host', netns: 'h' }),
      container('sidecar', { mode: `container:${engineId('exporter')}`, netns: 'h' }),
    ],
  })
  expect(shapes(model)).toEqual(['host host: exporter sidecar'])
})

test('joins that lead nowhere leave the container alone, and say so', () => {
  const model = build({
    containers: [
      container('dangling', {
        mode: `container:${'f'.repeat(64)}`,
        state: 'exited',
        ports: [{}],
        networks: { app: [] },
      }),
      container('follower', { mode: `container:${engineId('dangling')}`, state: 'exited' }),
      container('left', { mode: `container:${engineId('right')}`, state: 'exited' }),
      container('right', { mode: `container:${engineId('left')}`, state: 'exited' }),
      container('self', { mode: `container:${engineId('self')}`, state: 'exited' }),
      container('to-circle', { mode: `container:${engineId('left')}`, state: 'exited' }),
    ],
  })
  expect(shapes(model)).toEqual([
    'private dangling: dangling follower',
    'host host:',
    'private left: left',
    'private right: right',
    'private self: self',
    'private to-circle: to-circle',
  ])
  expect(incomplete(model, 'dangling')).toEqual(['container:ffffffffffff does not exist'])
  expect(incomplete(model, 'follower')).toEqual([])
  expect(incomplete(model, 'self')).toEqual(['its network mode leads back to itself'])
  expect(incomplete(model, 'left')).toEqual(['its network mode leads back to itself'])
  expect(incomplete(model, 'to-circle')).toEqual(['its network mode leads into a circle'])
  // What a joiner's row lists is its owner's, and here nobody knows whose.
  for (const one of model.host.namespaces) expect([one.attachments, one.published]).toEqual([[], []])
})

test('sixteen hops are followed, seventeen are not', () => {
  const chain = (length: number) => {
    const model = build({
      containers: Array.from({ length: length + 1 }, (_, index) =>
        container(`c${index}`, {
          state: 'exited',
          mode: index === 0 ? 'bridge' : `container:${engineId(`c${index - 1}`)}`,
        }),
      ),
    })
    return { model, last: namespaceOf(model.host, indexHost(model.host).containersByName.get(`c${length}`) ?? fail()) }
  }
  expect(chain(16).last?.ownerId).toBe(idOf('c0'))
  expect(chain(17).last?.ownerId).toBe(idOf('c17'))
  expect(incomplete(chain(17).model, 'c17')).toEqual(['its network mode leads through more than 16 containers'])
})

const fail = (): never => {
  throw new Error('missing')
}

test('a pod is one namespace: infra owns it, and is a member like the others', () => {
  const model = build({
    networks: [network('app')],
    pods: [pod('shop')],
    containers: [
      container('shop-infra', { infra: true, pod: 'shop', netns: 'p', networks: { app: ['10.89.0.8'] }, ports: [{}] }),
      container('shop-web', { pod: 'shop', netns: 'p', mode: `container:${engineId('shop-infra')}`, ports: [{}] }),
    ],
  })
  expect(shapes(model)).toEqual(['host host:', 'private shop: shop-infra shop-web'])
  const [, shared] = model.host.namespaces
  expect(shared).toMatchObject({ ownerId: idOf('shop-infra'), podId: `root:pod:${engineId('shop')}` })
  expect(shared?.published).toMatchObject([{ ownerId: idOf('shop-infra') }])
  expect(model.host.pods).toEqual([
    {
      id: `root:pod:${engineId('shop')}`,
      name: 'shop',
      namespaceId: shared?.id,
      containerIds: [idOf('shop-infra'), idOf('shop-web')],
    },
  ])
  expect(model.host.containers.map(one => one.isInfra)).toEqual([true, false])
})

test('members of a host-network pod are in the host', () => {
  const model = build({
    pods: [pod('edge', { hostNetwork: true })],
    containers: [
      container('edge-infra', { infra: true, pod: 'edge', mode: 'host', netns: 'h' }),
      container('edge-a', { pod: 'edge', mode: 'host', netns: 'h' }),
    ],
  })
  expect(shapes(model)).toEqual(['host host: edge-a edge-infra'])
  expect(model.host.pods[0]?.namespaceId).toBe('root:namespace:host')
  expect(model.host.namespaces[0]?.podId).toBeNull()
})

test('members of a pod that does not share its network have namespaces of their own', () => {
  const model = build({
    networks: [network('app')],
    pods: [pod('loose', { shares: ['ipc', 'uts'] })],
    containers: [
      container('loose-infra', { infra: true, pod: 'loose' }),
      container('loose-a', { pod: 'loose', networks: { app: ['10.89.0.3'] } }),
    ],
  })
  expect(shapes(model)).toEqual(['host host:', 'private loose-a: loose-a', 'private loose-infra: loose-infra'])
  expect(model.host.pods[0]?.namespaceId).toBeNull()
  expect(model.host.namespaces.map(one => one.podId)).toEqual([null, null, null])
  expect(model.host.containers.map(one => one.podId)).toEqual(Array(2).fill(`root:pod:${engineId('loose')}`))
})

test('a pod without an answer of its own is recognised by where its members are', () => {
  const containers = [
    container('shop-infra', { infra: true, pod: 'shop', netns: 'p' }),
    container('shop-web', { pod: 'shop', netns: 'p', mode: `container:${engineId('shop-infra')}` }),
  ]
  const answered = (members: typeof containers) =>
    build({ pods: [pod('shop', { failed: 'answered 500' })], containers: members }).host.pods[0]?.namespaceId
  expect(answered(containers)).toBe(`root:namespace:${engineId('shop-infra')}`)
  expect(answered(containers.slice(0, 1))).toBeNull()
})

test('a pod that is not listed, and a second infra container, are noted', () => {
  const lost = build({ containers: [container('web', { pod: 'gone' })] })
  expect(incomplete(lost, 'web')).toEqual(['its pod is not in the list of pods'])
  expect(lost.host.containers[0]?.podId).toBeNull()
  const twins = build({
    pods: [pod('shop')],
    containers: [
      container('shop-infra', { infra: true, pod: 'shop' }),
      container('shop-infra2', { infra: true, pod: 'shop' }),
    ],
  })
  expect(incomplete(twins, 'shop-infra2')).toEqual(['pod shop has 2 infra containers'])
})

test('ns:PATH is the namespace whose inode it shows, else one of its own per path', () => {
  const model = build({
    probe: probe({ hostNetns: 'h' }),
    containers: [
      container('at-host', { mode: 'ns:/proc/1/ns/net', netns: 'h' }),
      container('at-web', { mode: 'ns:/run/netns/x', netns: 'w' }),
      container('blue', { mode: 'ns:/run/netns/blue', netns: 'b' }),
      container('blue-too', { mode: 'ns:/run/netns/blue', netns: 'b' }),
      container('blue-alias', { mode: 'ns:/run/netns/azure', netns: 'b' }),
      container('red', { mode: 'ns:/run/netns/red', state: 'exited' }),
      container('web', { netns: 'w' }),
    ],
  })
  expect(shapes(model)).toEqual([
    // The first by name gives the path.
    'path /run/netns/blue: blue blue-alias blue-too',
    'path /run/netns/red: red',
    'host host: at-host',
    'private web: at-web web',
  ])
  for (const one of Object.values(model.facts.containers)) expect(one.incomplete).toEqual([])
})

test("ns:PATH of the file that Podman made for another container is that container's namespace", () => {
  const model = build({
    containers: [
      container('tool', { mode: 'ns:/run/netns/netns-1', state: 'created' }),
      container('web', { detail: { sandboxKey: '/run/netns/netns-1' } }),
    ],
  })
  expect(shapes(model)).toEqual(['host host:', 'private web: tool web'])
})

test('one path that was mounted twice is two namespaces', () => {
  const model = build({
    containers: [
      container('new', { mode: 'ns:/run/netns/blue', netns: 'b2' }),
      container('old', { mode: 'ns:/run/netns/blue', netns: 'b1' }),
    ],
  })
  const paths = model.host.namespaces.filter(one => one.kind === 'path')
  expect(paths.map(one => [one.id, one.ownerId, one.memberIds])).toEqual([
    ['root:namespace:path:/run/netns/blue', null, [idOf('new')]],
    [`root:namespace:${engineId('old')}`, null, [idOf('old')]],
  ])
})

test('where inodes contradict the mode, the inodes win, and it is noted', () => {
  const model = build({
    probe: probe({ hostNetns: 'h' }),
    networks: [network('app')],
    containers: [
      container('orphaned', {
        mode: `container:${engineId('vpn')}`,
        netns: 'old',
        ports: [{}],
        networks: { app: ['10.89.0.2'] },
      }),
      container('orphaned2', { mode: `container:${engineId('vpn')}`, netns: 'old' }),
      container('stayed', { mode: `container:${engineId('vpn')}`, netns: 'new' }),
      container('vpn', { netns: 'new', ports: [{}], networks: { app: ['10.89.0.2'] } }),
      container('claims-host', { mode: 'host', netns: 'elsewhere' }),
      container('claims-bridge', { netns: 'h', networks: { app: ['10.89.0.9'] } }),
    ],
  })
  expect(shapes(model)).toEqual([
    'private claims-host: claims-host',
    'host host: claims-bridge',
    'private orphaned: orphaned orphaned2',
    'private vpn: stayed vpn',
  ])
  const moved = (where: string) => [`runs in another network namespace than its mode says: ${where}`]
  expect(incomplete(model, 'orphaned')).toEqual(moved('one of its own'))
  expect(incomplete(model, 'orphaned2')).toEqual(moved('that of orphaned'))
  expect(incomplete(model, 'claims-host')).toEqual(moved('one of its own'))
  expect(incomplete(model, 'claims-bridge')).toEqual(moved("the host's"))
  expect(incomplete(model, 'stayed')).toEqual([])
  // Nothing is claimed about a namespace of which nothing is known.
  const { host } = model
  for (const name of ['orphaned', 'claims-host', 'host']) {
    const one = host.namespaces.find(namespace => namespaceName(host, namespace) === name)
    expect([one?.attachments, one?.published]).toEqual([[], []])
  }
})

test('a namespace is where its owner is, also when nothing else is known of the owner', () => {
  const model = build({
    containers: [
      container('astray', { mode: `container:${engineId('web')}`, netns: 'other' }),
      container('web', { failed: 'inspect answered 500', netns: 'w' }),
    ],
  })
  expect(shapes(model)).toEqual(['private astray: astray', 'host host:', 'private web: web'])
  expect(namespaceOf(model.host, indexHost(model.host).containersByName.get('web') ?? fail())?.id).toBe(
    `root:namespace:${engineId('web')}`,
  )
  expect(incomplete(model, 'astray')).toEqual(['runs in another network namespace than its mode says: one of its own'])
})

test('a joiner that outlives its stopped owner stays with it', () => {
  const model = build({
    networks: [network('app')],
    containers: [
      container('sidecar', { mode: `container:${engineId('vpn')}`, netns: 'old' }),
      container('vpn', { state: 'exited', networks: { app: [] }, ports: [{}] }),
    ],
  })
  expect(shapes(model)).toEqual(['host host:', 'private vpn: sidecar vpn'])
  expect(incomplete(model, 'sidecar')).toEqual([])
  expect(model.host.namespaces[1]?.published).toMatchObject([{ forwarded: 'no' }])
})

test('without a probe, the inode of the host is what host-mode containers agree on', () => {
  const agree = build({
    containers: [
      container('a', { mode: 'host', netns: 'h' }),
      container('b', { mode: 'ns:/proc/1/ns/net', netns: 'h' }),
    ],
  })
  expect(shapes(agree)).toEqual(['host host: a b'])
  const disagree = build({
    containers: [container('a', { mode: 'host', netns: 'h1' }), container('b', { mode: 'host', netns: 'h2' })],
  })
  expect(shapes(disagree)).toEqual(['host host: a b'])
})

test('after a failed inspect, as much is said as the list row shows', () => {
  const failed = 'inspect answered 500'
  const model = build({
    probe: probe({ hostNetns: 'h' }),
    networks: [network('app')],
    pods: [pod('shop')],
    containers: [
      container('at-host', { failed, netns: 'h' }),
      container('at-web', { failed, netns: 'w' }),
      container('on-app', { failed, networks: { app: ['10.89.0.5'] }, ports: [{ hostPort: 81 }] }),
      container('running', { failed, ports: [{ hostPort: 82 }] }),
      container('stopped', { failed, state: 'exited' }),
      container('shop-infra', { infra: true, pod: 'shop', netns: 'p', ports: [{ hostPort: 83 }] }),
      container('shop-web', { failed, pod: 'shop', state: 'created', ports: [{ hostPort: 83 }] }),
      container('web', { netns: 'w' }),
    ],
  })
  expect(shapes(model)).toEqual([
    'host host: at-host',
    'private on-app: on-app',
    'private running: running',
    'private shop: shop-infra shop-web',
    'private stopped: stopped',
    'private web: at-web web',
  ])
  const unsure = 'what its network namespace is attached to is not known'
  expect(incomplete(model, 'at-host')).toEqual([failed])
  expect(incomplete(model, 'running')).toEqual([failed, unsure])
  expect(incomplete(model, 'stopped')).toEqual([failed, unsure])
  expect(incomplete(model, 'shop-web')).toEqual([failed, 'its network namespace is taken to be that of its pod'])
  const { host } = model
  const named = (name: string) => host.namespaces.find(one => namespaceName(host, one) === name)
  expect(named('on-app')?.attachments).toEqual([{ networkName: 'app', addresses: [], mac: null, aliases: [] }])
  expect(named('on-app')?.published).toMatchObject([{ hostPort: 81, forwarded: 'yes' }])
  expect(named('running')?.published).toMatchObject([{ hostPort: 82, forwarded: 'unknown' }])
  expect(named('shop')?.published).toMatchObject([{ hostPort: 83, ownerId: idOf('shop-infra') }])
})

test("an undecided container does not publish what another lists too: it may be that one's joiner", () => {
  const model = build({
    containers: [
      container('joiner', { failed: 'inspect answered 500', netns: null, ports: [{ hostPort: 90 }] }),
      container('web', { mode: 'pasta', ports: [{ hostPort: 90 }] }),
    ],
  })
  expect(model.host.namespaces.flatMap(one => one.published)).toMatchObject([{ hostPort: 90, ownerId: idOf('web') }])
})

test('after a failed inspect, members of a host-network pod are in the host', () => {
  const model = build({
    pods: [pod('edge', { hostNetwork: true })],
    containers: [container('edge-a', { failed: 'inspect answered 500', pod: 'edge', state: 'exited' })],
  })
  expect(shapes(model)).toEqual(['host host: edge-a'])
})

test('after a failed inspect of a running pod member, the inode is the proof', () => {
  const model = (netns: string) =>
    build({
      pods: [pod('shop')],
      containers: [
        container('shop-infra', { infra: true, pod: 'shop', netns: 'p' }),
        container('shop-web', { failed: 'inspect answered 500', pod: 'shop', netns }),
      ],
    })
  expect(shapes(model('p'))).toEqual(['host host:', 'private shop: shop-infra shop-web'])
  expect(incomplete(model('p'), 'shop-web')).toEqual(['inspect answered 500'])
  expect(shapes(model('q'))).toEqual(['host host:', 'private shop: shop-infra', 'private shop-web: shop-web'])
})

test('a mode that nobody knows claims nothing', () => {
  const model = build({ containers: [container('odd', { mode: 'wormhole', networks: { app: ['10.89.0.2'] } })] })
  expect(shapes(model)).toEqual(['host host:', 'private odd: odd'])
  expect(incomplete(model, 'odd')[0]).toBe('network mode "wormhole" is not known')
  expect(model.host.namespaces[1]?.attachments).toEqual([])
})

test('a rootless host with a running bridge container has the namespace of its bridges', () => {
  const bridged = (state: 'running' | 'exited') => container('web', { state, networks: { app: ['10.89.0.2'] } })
  const kinds = (spec: Partial<HostSnapshot>) =>
    build({ networks: [network('app')], ...spec }).host.namespaces.map(one => one.kind)
  expect(kinds({ rootless: true, containers: [bridged('running')] })).toEqual(['host', 'rootless', 'private'])
  expect(kinds({ rootless: true, containers: [bridged('exited')] })).toEqual(['host', 'private'])
  expect(kinds({ rootless: true, containers: [container('p', { mode: 'pasta' })] })).toEqual(['host', 'pasta'])
  expect(kinds({ rootless: false, containers: [bridged('running')] })).toEqual(['host', 'private'])
  expect(kinds({ rootless: null, containers: [bridged('running')] })).toEqual(['host', 'private'])
  // An orphan repeats the networks of an owner that has gone.
  const orphan = container('web', { mode: `container:${'f'.repeat(64)}`, networks: { app: ['10.89.0.2'] } })
  expect(kinds({ rootless: true, containers: [orphan] })).toEqual(['host', 'private'])
})

test('names that are properties of every object are names like others', () => {
  const names = ['__proto__', 'constructor', 'hasOwnProperty', 'toString']
  const model = build({
    networks: names.map(name => network(name)),
    pods: names.map(name => pod(name, { infra: `${name}-infra` })),
    containers: names.flatMap(name => [
      container(name, { networks: Object.fromEntries([[name, ['10.89.0.2']]]) }),
      container(`${name}-infra`, { infra: true, pod: name, netns: `i-${name}` }),
    ]),
  })
  expect(model.host.networks.map(one => one.name)).toEqual(names)
  expect(model.host.namespaces.flatMap(one => one.attachments.map(({ networkName }) => networkName)).sort()).toEqual(
    names,
  )
  for (const name of names) expect(incomplete(model, name)).toEqual([])
})

test('the order of the engine’s lists does not matter', () => {
  const spec = {
    networks: [network('b'), network('a')],
    pods: [pod('y'), pod('x')],
    containers: [
      container('w', { networks: { b: ['10.89.0.2'], a: ['10.89.1.2'] }, ports: [{ hostPort: 9 }, { hostPort: 8 }] }),
      container('y-infra', { infra: true, pod: 'y', netns: 'y' }),
      container('y-a', { pod: 'y', mode: `container:${engineId('y-infra')}`, netns: 'y' }),
      container('v', { mode: 'host', netns: 'h' }),
    ],
  }
  const reversed = {
    networks: spec.networks.toReversed(),
    pods: spec.pods.toReversed(),
    containers: spec.containers.toReversed(),
  }
  expect(JSON.stringify(build(reversed))).toBe(JSON.stringify(build(spec)))
})

test('whoever meant to join an owner that is seen elsewhere is in a namespace of its own', () => {
  const model = build({
    probe: probe({ hostNetns: 'h' }),
    containers: [
      container('moved', { networks: {}, netns: 'h' }),
      container('joiner', { mode: `container:${engineId('moved')}`, netns: '7' }),
    ],
  })
  expect(shapes(model)).toEqual(['host host: moved', 'private joiner: joiner'])
  expect(model.host.namespaces.map(one => one.ownerId)).toEqual([null, idOf('joiner')])
})

test('of two pods that claim one infra container, the first by name has its namespace, in any order', () => {
  const pods = ['a', 'b'].map(name => pod(name, { infra: 'infra' }))
  const containers = [container('infra', { infra: true })]
  const [one, two] = [build({ pods, containers }), build({ pods: pods.toReversed(), containers })]
  expect(JSON.stringify(two)).toBe(JSON.stringify(one))
  const owned = one.host.namespaces.filter(each => each.podId !== null).map(each => each.podId)
  expect(owned).toEqual([`root:pod:${engineId('a')}`])
})
