import { expect, test } from 'vitest'
import { hitsOf, run, unknownOf, unread } from '../testing'
import { hostNetwork } from './host-network'

test('a container in host mode is found, high when rootful and medium when rootless', () => {
  const containers = [{ name: 'exporter', mode: 'host' as const }]
  expect(run(hostNetwork, { containers }).findings).toMatchObject([
    { severity: 'high', subject: { kind: 'container', name: 'exporter' }, evidence: [{ value: 'host' }] },
  ])
  expect(run(hostNetwork, { containers, rootless: true }).findings).toMatchObject([{ severity: 'medium' }])
})

test('unknown privileges of the engine count as rootful, and the message says so', () => {
  const [finding] = run(hostNetwork, { containers: [{ name: 'exporter', mode: 'host' }], rootless: null }).findings
  expect(finding?.severity).toBe('high')
  expect(finding?.message).toContain('assuming rootful')
})

test('members and joiners inherit it, and are told from whom', () => {
  const spec = {
    containers: [
      { name: 'pod-infra', pod: 'agents', isInfra: true, mode: 'host' as const },
      { name: 'agent', pod: 'agents' },
      { name: 'exporter', mode: 'host' as const },
      { name: 'sidecar', joins: 'exporter' },
    ],
  }
  const messages = new Map(run(hostNetwork, spec).findings.map(one => [one.subject.name, one.message]))
  expect([...messages.keys()]).toEqual(['agent', 'exporter', 'sidecar'])
  expect(messages.get('agent')).toContain('inherited from pod agents')
  expect(messages.get('sidecar')).toContain('inherited from exporter')
  expect(messages.get('exporter')).not.toContain('inherited')
})

test('a pod without members is found by its own name', () => {
  const containers = [{ name: 'pod-infra', pod: 'agents', isInfra: true, mode: 'host' as const }]
  expect(hitsOf(hostNetwork, { containers })).toEqual(['agents'])
})

test('a stopped one is latent, one step lower', () => {
  const containers = [{ name: 'exporter', mode: 'host' as const, state: 'exited' as const }]
  expect(run(hostNetwork, { containers }).findings).toMatchObject([
    { severity: 'medium', message: expect.stringContaining('Latent') },
  ])
})

test('a network of its own, none, or pasta is no hit', () => {
  const containers = [
    { name: 'web', networks: { app: ['10.89.0.2'] } },
    { name: 'airgap', mode: 'none' as const },
    { name: 'user', mode: 'pasta' as const },
  ]
  expect(hitsOf(hostNetwork, { containers, networks: [{ name: 'app' }] })).toEqual([])
})

test('a container that was not read is unknown, not clean', () => {
  const spec = { containers: [unread('ghost', { mode: 'host' })] }
  expect(hitsOf(hostNetwork, spec)).toEqual([])
  expect(unknownOf(hostNetwork, spec)).toEqual(['ghost: inspect answered 500'])
})
