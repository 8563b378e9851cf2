import { expect, test } from 'vitest'
import { door, hitsOf, run, unknownOf, unread } from '../testing'
import { publishAllPorts } from './publish-all-ports'

test('a container made with -P is found, with what its image declares', () => {
  const facts = { publishAllPorts: true, exposedPorts: ['80/tcp', '443/tcp'] }
  expect(run(publishAllPorts, { containers: [{ name: 'web', facts }] }).findings).toMatchObject([
    { severity: 'medium', message: expect.stringContaining('(80/tcp, 443/tcp)') },
  ])
})

test('a stopped one is latent', () => {
  const containers = [{ name: 'web', state: 'exited' as const, facts: { publishAllPorts: true } }]
  expect(run(publishAllPorts, { containers }).findings).toMatchObject([{ severity: 'low' }])
})

test('others are no hit', () => {
  expect(hitsOf(publishAllPorts, { containers: [{ name: 'web' }] })).toEqual([])
})

test('what was not read or not said is unknown', () => {
  const spec = { containers: [unread('ghost'), { name: 'mute', facts: { publishAllPorts: null } }] }
  expect(hitsOf(publishAllPorts, spec)).toEqual([])
  expect(unknownOf(publishAllPorts, spec)).toEqual([
    'ghost: inspect answered 500',
    'mute: whether it publishes all ports is not known',
  ])
})

test('Podman 4.3 does not tell', () => {
  const host = { engine: { podman: '4.3.1', netavark: null, defaultNetwork: 'podman' } }
  const containers = [{ name: 'web', ports: [door()] }, { name: 'db' }]
  expect(unknownOf(publishAllPorts, { containers, host })).toEqual([
    'web: Podman 4.3.1 may say PublishAllPorts false of --publish-all too',
  ])
})
