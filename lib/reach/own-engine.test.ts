import { expect, test } from 'vitest'
import { buildTopology } from '@/lib/topology/build'
import { container, engineId, engineInfo, known, network, probe, snapshot } from '@/lib/topology/testing'
import { reachOf } from './reach'

const verdicts = (innerEngines: Record<string, string>) => {
  const model = buildTopology(
    snapshot({
      info: engineInfo({ podmanVersion: '5.4.2', netavarkVersion: '1.14.0' }),
      networks: [
        network('app', { subnets: [{ cidr: '10.89.0.0/24', gateway: '10.89.0.1', leaseRange: null }] }),
        network('db', { subnets: [{ cidr: '10.89.1.0/24', gateway: '10.89.1.1', leaseRange: null }] }),
      ],
      containers: [
        container('qm', { networks: { app: ['10.89.0.2'] } }),
        container('beside', { networks: { app: ['10.89.0.3'] } }),
        container('far', { networks: { db: ['10.89.1.2'] } }),
      ],
      probe: probe({ innerEngines: known(innerEngines) }),
    }),
  )
  const reach = reachOf(model)
  const one = (from: string, to: string) =>
    reach.pair({ kind: 'container', name: from }, { kind: 'container', name: to })?.direct[0]?.verdict
  return [one('qm', 'beside'), one('qm', 'far'), one('beside', 'far'), one('far', 'qm')]
}

test('an inner engine may have the addresses of a network further away, and not of one’s own', () => {
  expect(verdicts({})).toEqual(['reachable', 'reachable', 'reachable', 'reachable'])
  expect(verdicts({ [engineId('qm')]: 'seen' })).toEqual(['reachable', 'unknown', 'reachable', 'reachable'])
})
