import { describe, expect, test } from 'vitest'
import type { ProbeInterface } from '@/lib/probe/types'
import { buildTopology } from '@/lib/topology/build'
import { blindProbe, container, known, network, port, probe, snapshot } from '@/lib/topology/testing'
import { modelOfRecording, truthOf } from '@/tests/recordings/model'
import { outsideOf, type ReachOutside } from './outside'
import { createReach } from './reach'

const of = async (name: string) => outsideOf(createReach(await modelOfRecording(name)))

/** What a source says of a target; of several with one reference the best. */
function verdict({ targets, sources, judgements }: ReachOutside, from: string, ref: string): string {
  const source = sources.find(one => one.from === from)
  const said = targets.flatMap((target, index) =>
    target.ref === ref ? (judgements[source?.verdicts[index] ?? -1]?.verdict ?? []) : [],
  )
  const [best] = ['reachable', 'unknown', 'blocked'].filter(word => said.some(one => one === word))
  if (best === undefined) throw new Error(`nothing is said of ${ref} from ${from}`)
  return best
}

describe('a rootful host', () => {
  test('tells neighbours that merely stand there from those that route here', async () => {
    const outside = await of('podman-5.4.2')
    expect(verdict(outside, 'neighbour:eth0', 'port:*:8080/tcp')).toBe('reachable')
    expect(verdict(outside, 'neighbour:eth0', 'container:web1')).toBe('blocked')
    expect(verdict(outside, 'routed:eth0', 'container:web1')).toBe('reachable')
    expect(verdict(outside, 'routed:eth0', 'container:created1')).toBe('blocked')
  })

  test('knows from which segment a machine of the LAN is met', async () => {
    const outside = await of('podman-5.4.2')
    expect(verdict(outside, 'neighbour:eth0', 'container:printer')).toBe('reachable')
    expect(verdict(outside, 'neighbour:eth1', 'container:printer')).toBe('blocked')
    expect(verdict(outside, 'neighbour:eth1', 'container:macpriv')).toBe('reachable')
  })

  test('opens neither loopback nor what an internal network only reserves', async () => {
    const outside = await of('podman-5.4.2')
    for (const { from } of outside.sources)
      for (const ref of ['port:127.0.0.1:18080/tcp', 'port:*:5432/tcp', 'listener:127.0.0.1:9101/tcp'])
        expect([from, ref, verdict(outside, from, ref)]).toEqual([from, ref, 'blocked'])
    expect(verdict(outside, 'neighbour:eth0', 'listener:0.0.0.0:9100/tcp')).toBe('reachable')
  })

  test("meets the host's own sockets at gateway addresses only by a route", async () => {
    const outside = await of('podman-5.4.2')
    expect(verdict(outside, 'neighbour:eth0', 'listener:10.89.0.1:53/tcp')).toBe('blocked')
    expect(verdict(outside, 'routed:eth0', 'listener:10.89.0.1:53/tcp')).toBe('reachable')
  })

  test('tells the socket that holds a published port as a door, and a pod without its infra container', async () => {
    const { targets } = await of('podman-5.4.2')
    expect(targets.filter(({ ref }) => ref.endsWith(':8080/tcp')).map(({ kind }) => kind)).toEqual(['door'])
    expect(targets.filter(({ kind, ref }) => kind === 'container' && ref.endsWith('-infra'))).toEqual([])
  })
})

test.each(['podman-4.3.1', 'podman-5.4.2', 'podman-6.1.1', 'podman-5.4.2-rootless'])(
  '%s: nothing is said of containers that packets contradict',
  async name => {
    const outside = await of(name)
    const met = new Map<string, boolean>()
    const { direct, owner } = truthOf(name)
    for (const [from, to, , , answeredBy] of direct) {
      // Members of one namespace answer for each other.
      const answered = answeredBy === to || (owner[to] !== undefined && owner[to] === (owner[answeredBy] ?? answeredBy))
      const key = `${from} container:${to}`
      met.set(key, met.get(key) === true || answered)
    }
    let compared = 0
    for (const { from } of outside.sources)
      for (const { kind, ref } of outside.targets) {
        const answered = met.get(`${from} ${ref}`)
        if (kind !== 'container' || answered === undefined) continue
        expect([from, ref, verdict(outside, from, ref)]).not.toEqual([from, ref, answered ? 'blocked' : 'reachable'])
        compared += 1
      }
    expect(compared).toBeGreaterThan(10)
  },
)

const face = (name: string, addresses: string[]): ProbeInterface => ({
  name,
  index: 2,
  kind: 'physical',
  mac: null,
  mtu: 1500,
  up: true,
  master: null,
  parent: null,
  addresses,
})

test('sockets on :: take IPv6; whether they take IPv4 as well is not known', () => {
  const listening = (address: string) => ({
    address,
    port: 80,
    protocol: 'tcp' as const,
    containerId: null,
    process: null,
  })
  const model = buildTopology(
    snapshot({
      probe: probe({
        interfaces: known([face('eth0', ['192.0.2.2/24', 'fe80::1/64']), face('eth1', ['198.51.100.2/24'])]),
        hostListeners: known([listening('::')]),
      }),
    }),
  )
  const outside = outsideOf(createReach(model))
  expect(verdict(outside, 'neighbour:eth0', 'listener:[::]:80/tcp')).toBe('reachable')
  expect(verdict(outside, 'neighbour:eth1', 'listener:[::]:80/tcp')).toBe('unknown')
})

test('without interfaces there are no sources, and the reason is given', () => {
  const web = container('web', { networks: { app: ['10.89.0.2'] }, ports: [port({ hostPort: 8080 })] })
  const model = buildTopology(snapshot({ networks: [network('app')], containers: [web], probe: blindProbe() }))
  const outside = outsideOf(createReach(model))
  expect(outside.sources).toEqual([])
  expect(outside.sourcesUnknownBecause).toContain('interfaces')
  expect(outside.targets.map(({ ref }) => ref)).toContain('port:*:8080/tcp')
})

test('in a namespace of the host, whose sockets are not known, reach is not known either', () => {
  const monitor = container('monitor', { mode: 'host' })
  const model = buildTopology(
    snapshot({
      containers: [monitor],
      probe: probe({
        interfaces: known([face('eth0', ['192.0.2.2/24'])]),
        hostListeners: { known: false, because: 'no permission' },
      }),
    }),
  )
  const outside = outsideOf(createReach(model))
  expect(verdict(outside, 'neighbour:eth0', 'container:monitor')).toBe('unknown')
  expect(outside.notKnown.join()).toContain('no permission')
})
