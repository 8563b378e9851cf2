import { expect, test } from 'vitest'
import { assembleTopology, buildTopology } from './build'
import {
  containerById,
  containersIn,
  doorsAt,
  hostById,
  hostNamespace,
  membersOf,
  namespaceById,
  namespaceName,
  namespaceOf,
  networkByName,
  ownerOf,
  podById,
  refOfContainer,
  refOfNamespace,
  resolveRef,
} from './lookup'
import { type Ref, parseRef } from './ref'
import { container, engineId, known, network, pod, probe, snapshot } from './testing'

const { host } = buildTopology(
  snapshot({
    rootless: true,
    networks: [network('app'), network('empty')],
    pods: [pod('shop')],
    containers: [
      container('shop-infra', { infra: true, pod: 'shop', netns: 'p', networks: { app: ['10.89.0.8'] } }),
      container('shop-web', { pod: 'shop', netns: 'p', mode: `container:${engineId('shop-infra')}` }),
      container('old', { networks: { app: [] }, ports: [{}], state: 'exited' }),
      container('web', { networks: { app: ['10.89.0.2'] }, ports: [{}] }),
      container('tool', { mode: 'ns:/run/netns/blue' }),
      container('rootless', { mode: 'pasta' }),
      container('host', { mode: 'none' }),
    ],
    probe: probe({
      hostListeners: known([{ address: '::', port: 22, protocol: 'tcp', containerId: null, process: 'sshd' }]),
    }),
  }),
)
const resolve = (text: string) => resolveRef(host, parseRef(text) ?? ({ kind: 'container', name: '' } satisfies Ref))
const web = containerById(host, `root:container:${engineId('web')}`)

test('names lead to what they name', () => {
  expect(resolve('host')).toMatchObject({ kind: 'host' })
  expect(resolve('container:web')).toEqual({ kind: 'container', container: web })
  expect(resolve('network:app')).toMatchObject({ kind: 'network', network: { name: 'app' } })
  expect(resolve('pod:shop')).toMatchObject({ kind: 'pod', pod: { name: 'shop' } })
  expect(resolve('namespace:shop')).toMatchObject({ namespace: { podId: `root:pod:${engineId('shop')}` } })
  expect(resolve('namespace:web')).toMatchObject({ namespace: { ownerId: web?.id } })
  expect(resolve('namespace:/run/netns/blue')).toMatchObject({ namespace: { kind: 'path' } })
  expect(resolve('interface:eth0')).toMatchObject({ kind: 'interface', interface: { name: 'eth0' } })
  expect(resolve('segment:eth0')).toMatchObject({ kind: 'segment', interface: { name: 'eth0' } })
  expect(resolve('listener:[::]:22/tcp')).toMatchObject({ kind: 'listener', listeners: [{ process: 'sshd' }] })
})

test('names of nothing lead nowhere', () => {
  const nowhere = ['container:no', 'network:no', 'pod:web', 'namespace:no', 'interface:no', 'segment:no']
  for (const text of [...nowhere, 'port:*:9/tcp', 'port:127.0.0.1:8080/tcp', 'listener:*:22/tcp', 'container:toString'])
    expect([text, resolve(text)]).toEqual([text, null])
})

test('a door that two claim names both, the live one first', () => {
  const found = resolve('port:*:8080/tcp')
  expect(found?.kind === 'port' && found.doors.map(({ port }) => [port.ownerId, port.forwarded])).toEqual([
    [web?.id, 'yes'],
    [`root:container:${engineId('old')}`, 'no'],
  ])
  expect(doorsAt(host, '', 8080, 'udp')).toEqual([])
})

test('namespaces that share a name with another are named by their id', () => {
  const refs = host.namespaces.map(one => refOfNamespace(host, one))
  expect(new Set(refs.map(ref => JSON.stringify(ref))).size).toBe(host.namespaces.length)
  for (const [index, ref] of refs.entries())
    expect(resolveRef(host, ref)).toEqual({ kind: 'namespace', namespace: host.namespaces[index] })
  const names = host.namespaces.map(one => namespaceName(host, one))
  expect(names).toEqual(['/run/netns/blue', 'host', 'host', 'old', 'rootless', 'rootless', 'shop', 'web'])
})

test('a container whose name another has too is named by its id', () => {
  const twins = buildTopology(
    snapshot({ containers: [container('web'), container('web', { id: 'f'.repeat(64) })] }),
  ).host
  const refs = twins.containers.map(one => refOfContainer(twins, one))
  expect(refs[0]).not.toEqual(refs[1])
  for (const [index, ref] of refs.entries())
    expect(resolveRef(twins, ref)).toEqual({ kind: 'container', container: twins.containers[index] })
})

test('from a thing to its neighbours', () => {
  const shop = podById(host, `root:pod:${engineId('shop')}`)
  const shared = shop?.namespaceId ? namespaceById(host, shop.namespaceId) : null
  if (!shared || !web) throw new Error('missing')
  expect(containersIn(host, shared).map(one => one.name)).toEqual(['shop-infra', 'shop-web'])
  expect(ownerOf(host, shared)?.name).toBe('shop-infra')
  expect(namespaceOf(host, web)?.ownerId).toBe(web.id)
  expect(hostNamespace(host)?.kind).toBe('host')
  expect(hostNamespace(host) && ownerOf(host, hostNamespace(host) ?? shared)).toBeNull()
  expect(membersOf(host, 'app').map(one => namespaceName(host, one.namespace))).toEqual(['old', 'shop', 'web'])
  expect(membersOf(host, 'empty')).toEqual([])
  expect(networkByName(host, 'constructor')).toBeNull()
  const topology = assembleTopology([{ host, facts: buildTopology(snapshot()).facts }], 1, 'now')
  expect([hostById(topology, 'root'), hostById(topology, 'no')]).toEqual([host, null])
})
