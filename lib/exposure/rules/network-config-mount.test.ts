import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { networkConfigMount } from './network-config-mount'

const mount = (source: string, writable = true, type = 'bind') => ({
  type,
  source,
  destination: '/mnt',
  writable,
  propagation: null,
})

test.each([
  '/etc/containers',
  '/etc/containers/networks',
  '/var/run/netns',
  '/proc/sys/net',
  '/home/dev/.config/containers',
  '/home/dev/.local/share/containers/storage/networks/app.json',
])('%s writable is high, medium when rootless', source => {
  const containers = [{ name: 'setup', facts: { mounts: [mount(source)] } }]
  expect(run(networkConfigMount, { containers }).findings).toMatchObject([{ severity: 'high' }])
  expect(run(networkConfigMount, { containers, rootless: true }).findings).toMatchObject([{ severity: 'medium' }])
})

test.each(['/etc/containers-old', '/proc/sys', '/srv', '/home/dev/.config'])('%s is no hit', source => {
  expect(hitsOf(networkConfigMount, { containers: [{ name: 'c', facts: { mounts: [mount(source)] } }] })).toEqual([])
})

test('read-only is no hit', () => {
  expect(
    hitsOf(networkConfigMount, { containers: [{ name: 'c', facts: { mounts: [mount('/etc/containers', false)] } }] }),
  ).toEqual([])
})

test('what was not read is unknown, and so is what hides behind volumes', () => {
  const spec = {
    containers: [unread('ghost'), { name: 'c', facts: { mounts: [mount('data', true, 'volume')] } }],
    facts: { volumesUnknown: true },
  }
  expect(hitsOf(networkConfigMount, spec)).toEqual([])
  expect(unknownOf(networkConfigMount, spec)).toHaveLength(2)
})
