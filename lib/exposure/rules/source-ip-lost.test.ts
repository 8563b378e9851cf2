import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { sourceIpLost } from './source-ip-lost'

const networks = [{ name: 'app' }]
const api = { name: 'api', networks: { app: ['10.89.0.2'] }, ports: [door()] }

test('a rootless container on a bridge that publishes does not see its clients', () => {
  expect(run(sourceIpLost, { rootless: true, networks, containers: [api] }).findings).toMatchObject([
    { severity: 'info', subject: { name: 'api' }, fix: { quadlet: '[Container]\nNetwork=pasta' } },
  ])
})

test('rootful, pasta, pasta as forwarder, loopback and stopped ones are no hit', () => {
  expect(hitsOf(sourceIpLost, { networks, containers: [api] })).toEqual([])
  const containers = [
    { name: 'web', mode: 'pasta' as const, ports: [door()] },
    { ...api, name: 'local', ports: [door({ hostIp: '127.0.0.1', scope: 'loopback' })] },
    { ...api, name: 'old', state: 'exited' as const },
  ]
  expect(hitsOf(sourceIpLost, { rootless: true, networks, containers })).toEqual([])
  const facts = { rootlessPortForwarder: 'pasta' }
  expect(hitsOf(sourceIpLost, { rootless: true, networks, containers: [api], facts })).toEqual([])
})

test('it is unknown where the engine may be rootful, and of a container that was not read', () => {
  const spec = { rootless: null, networks, containers: [api, unread('ghost')] }
  expect(hitsOf(sourceIpLost, spec)).toEqual([])
  expect(unknownOf(sourceIpLost, spec)).toEqual([
    'ghost: inspect answered 500',
    'whether client addresses are preserved: whether the engine is rootless is not known',
  ])
})
