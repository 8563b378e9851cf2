import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { privileged } from './privileged'

const containers = [{ name: 'builder', privileged: true }]

test('a privileged container hands over the host, or its user when rootless', () => {
  expect(run(privileged, { containers }).findings).toMatchObject([
    { severity: 'critical', confidence: 'high', message: expect.stringContaining('root on the host') },
  ])
  expect(run(privileged, { containers, rootless: true }).findings).toMatchObject([
    { severity: 'high', message: expect.stringContaining('the user who runs the engine') },
  ])
})

test('a stopped one is one step lower', () => {
  expect(run(privileged, { containers: [{ name: 'old', privileged: true, state: 'exited' }] }).findings).toMatchObject([
    { severity: 'high', message: expect.stringContaining('Latent') },
  ])
})

test('others are no hit', () => {
  expect(hitsOf(privileged, { containers: [{ name: 'web', capabilities: ['CAP_SYS_ADMIN'] }] })).toEqual([])
})

test('a container that was not read is unknown', () => {
  const spec = { containers: [unread('ghost', { privileged: true })] }
  expect(hitsOf(privileged, spec)).toEqual([])
  expect(unknownOf(privileged, spec)).toEqual(['ghost: inspect answered 500'])
})
