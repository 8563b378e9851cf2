import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { defaultNetworkShared } from './default-network-shared'

const networks = [{ name: 'podman', isDefault: true }, { name: 'app' }]
const on = (network: string) => ({ networks: { [network]: ['10.88.0.2'] } })

test('containers of different groups on the default network are found together, once', () => {
  const containers = [
    { name: 'web', ...on('podman') },
    { name: 'cron', ...on('podman') },
  ]
  expect(run(defaultNetworkShared, { networks, containers }).findings).toMatchObject([
    {
      severity: 'medium',
      subject: { kind: 'network', name: 'podman' },
      message: expect.stringContaining('2 groups share the default network (web and cron)'),
      evidence: [{ value: 'web, cron' }],
    },
  ])
})

test('a pod, a compose project and a unit are one group each', () => {
  const project = { labels: { 'com.docker.compose.project': 'shop' } }
  const pod = [
    { name: 'infra', pod: 'duo', isInfra: true, ...on('podman') },
    { name: 'duo-a', pod: 'duo' },
    { name: 'sidecar', joins: 'duo-a' },
  ]
  const compose = [
    { name: 'shop-web', ...on('podman'), ...project },
    { name: 'shop-db', ...on('podman'), ...project },
  ]
  const unit = [
    { name: 'one', ...on('podman'), unit: 'app.service' },
    { name: 'two', ...on('podman'), unit: 'app.service' },
  ]
  for (const containers of [pod, compose, unit])
    expect(hitsOf(defaultNetworkShared, { networks, containers })).toEqual([])
  expect(hitsOf(defaultNetworkShared, { networks, containers: [...pod, ...compose] })).toEqual(['podman'])
})

test('other networks, a single container and stopped ones are no hit', () => {
  const containers = [
    { name: 'web', ...on('podman') },
    { name: 'old', ...on('podman'), state: 'exited' as const },
    { name: 'a', ...on('app') },
    { name: 'b', ...on('app') },
  ]
  expect(hitsOf(defaultNetworkShared, { networks, containers })).toEqual([])
})

test('the default network goes by what the engine says, not by its name', () => {
  const containers = [
    { name: 'a', ...on('app') },
    { name: 'b', ...on('app') },
  ]
  expect(hitsOf(defaultNetworkShared, { networks: [{ name: 'app', isDefault: true }], containers })).toEqual(['app'])
})

test('a second member that was not read leaves it unknown', () => {
  const spec = { networks, containers: [{ name: 'web', ...on('podman') }, unread('ghost', on('podman'))] }
  expect(hitsOf(defaultNetworkShared, spec)).toEqual([])
  expect(unknownOf(defaultNetworkShared, spec)).toEqual(['ghost: inspect answered 500'])
})

test('without an engine that says which network is the default, that is unknown', () => {
  const spec = { networks: [{ name: 'app' }], host: { engine: null } }
  expect(unknownOf(defaultNetworkShared, spec)).toEqual(['which network is the default one: the engine did not say'])
})
