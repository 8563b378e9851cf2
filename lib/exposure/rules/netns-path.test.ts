import { expect, test } from 'vitest'
import { examine } from '../engine'
import { hitsOf, model, run, unknownOf, unread } from '../testing'
import { netnsPath } from './netns-path'

const at = (path: string) => ({ mode: 'path' as const, facts: { networkMode: `ns:${path}` } })

test('a namespace by path is medium, the host’s is high', () => {
  const containers = [
    { name: 'blue', ...at('/run/netns/blue') },
    { name: 'init', ...at('/proc/1/ns/net') },
  ]
  expect(run(netnsPath, { containers }).findings).toMatchObject([
    { severity: 'high', subject: { name: 'init' }, message: expect.stringContaining("the host's network namespace") },
    { severity: 'medium', subject: { name: 'blue' }, message: expect.stringContaining('/run/netns/blue') },
  ])
})

test('a path that turns out to be the host’s namespace is high', () => {
  const containers = [{ name: 'odd', mode: 'host' as const, facts: { networkMode: 'ns:/run/netns/default' } }]
  expect(run(netnsPath, { containers }).findings).toMatchObject([{ severity: 'high' }])
})

test('the host’s namespace is told once', () => {
  const containers = [{ name: 'odd', mode: 'host' as const, facts: { networkMode: 'ns:/proc/1/ns/net' } }]
  expect(examine([model({ containers })]).findings.map(one => one.ruleId)).toEqual(['netns-path'])
})

test('other modes are no hit', () => {
  expect(hitsOf(netnsPath, { containers: [{ name: 'web' }, { name: 'host', mode: 'host' }] })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', at('/proc/1/ns/net'))] }
  expect(hitsOf(netnsPath, spec)).toEqual([])
  expect(unknownOf(netnsPath, spec)).toEqual(['ghost: inspect answered 500'])
})
