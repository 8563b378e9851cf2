import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PortMapping } from '@/lib/podman/types'
import { buildTopology } from '@/lib/topology/build'
import { modelOfRecording, snapshotOfRecording } from '@/tests/recordings/model'
import { compare } from './compare'
import { formatTarget, parseNetworkChoice, parsePublish, parseTarget, parseUnpublish } from './parse'
import { changedPorts, publishText } from './ports'
import { whatIf } from './whatif'

const RECORDINGS = ['podman-4.3.1', 'podman-5.4.2', 'podman-6.1.1', 'podman-6.1.1-rootless']

// Hundreds of verdicts each: seconds on a machine that has other things to do.
describe('on real hosts', { timeout: 60_000 }, () => {
  it.each(RECORDINGS)('every container and every choice has an answer, and %s stays as it is', async name => {
    const snapshot = await snapshotOfRecording(name)
    const before = buildTopology(snapshot)
    const text = JSON.stringify(snapshot)
    const networks = ['host', 'private', 'none', 'new:fresh:isolate=true', ...snapshot.networks.map(one => one.name)]
    let answered = 0
    for (const [at, { summary }] of snapshot.containers.entries()) {
      // Each choice with some of the containers; all of them would take minutes.
      const choice = networks[Math.floor(at / 3) % networks.length]
      if (at % 3 === 0 && choice !== undefined) {
        const target = { kind: 'container', name: summary.name } as const
        const answer = whatIf(snapshot, { target, network: parseNetworkChoice(choice), ports: [] }, { before })
        expect(
          answer !== null && answer.refusals.length > 0 !== (answer.outcome !== null),
          `${summary.name} ${choice}`,
        ).toBe(true)
        answered += 1
      }
    }
    expect(answered).toBeGreaterThan(3)
    expect(JSON.stringify(snapshot)).toBe(text)
  })

  it('what did not change shows no difference', async () => {
    const model = await modelOfRecording('podman-5.4.2')
    for (const { id } of model.host.containers)
      expect(compare(model, model, id)).toEqual({
        doors: { gained: [], lost: [], unknown: [], dead: [] },
        listeners: { gained: [], lost: [] },
        reachedBy: { gained: [], lost: [], unknown: [] },
        reaches: { gained: [], lost: [], unknown: [] },
        findings: { gained: [], lost: [] },
      })
  })
})

describe('what is asked', () => {
  it('any text is a question or none, and never an error', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[a-z0-9:.*[\]/=,-]{0,24}$/)), text => {
        for (const parse of [parseNetworkChoice, parsePublish, parseUnpublish, parseTarget]) parse(text)
      }),
    ))

  it.each([
    ['*:8080', { hostIp: '', hostPort: 8080, containerPort: null, protocol: 'tcp' }],
    ['8080:80', { hostIp: '', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
    ['127.0.0.1:53/udp', { hostIp: '127.0.0.1', hostPort: 53, containerPort: null, protocol: 'udp' }],
    ['[::1]:8080:80', { hostIp: '::1', hostPort: 8080, containerPort: 80, protocol: 'tcp' }],
    ['8080', { hostIp: '', hostPort: 8080, containerPort: null, protocol: 'tcp' }],
  ])('%s is a published port', (text, choice) => expect(parsePublish(text)).toEqual(choice))

  it.each(['', ':', '0', '70000', '::1:80', '80/icmp', '1:2:3:4', '[::1]', '127.0.0.1'])('%j is none', text =>
    expect(parsePublish(text)).toBeNull(),
  )

  it.each(['', 'new:', 'new:a:b:c', 'new:a:colour=red', 'front:alias=x', ':ip=1.2.3.4'])('%j is no network', text =>
    expect(parseNetworkChoice(text)).toBeNull(),
  )

  it('a target is written as it is read', () =>
    fc.assert(
      fc.property(fc.constantFrom('container' as const, 'pod' as const), fc.string({ minLength: 1 }), (kind, name) => {
        expect(parseTarget(formatTarget({ kind, name }))).toEqual({ kind, name })
      }),
    ))

  it('a changed port is where it was asked for, and every other port stays', () => {
    const mapping = fc.record({
      hostIp: fc.constantFrom('', '127.0.0.1', '::1'),
      hostPort: fc.integer({ min: 1, max: 60 }),
      containerPort: fc.integer({ min: 1, max: 60 }),
      range: fc.integer({ min: 1, max: 8 }),
      protocol: fc.constantFrom('tcp' as const, 'udp' as const),
    })
    const singles = (ports: readonly PortMapping[]) =>
      new Set(
        ports.flatMap(one =>
          Array.from({ length: one.range }, (_, at) =>
            publishText({ ...one, hostPort: one.hostPort + at, containerPort: one.containerPort + at, range: 1 }),
          ),
        ),
      )
    fc.assert(
      fc.property(fc.array(mapping, { maxLength: 4 }), fc.integer({ min: 1, max: 60 }), (ports, hostPort) => {
        const choice = { hostPort, protocol: 'tcp' as const, hostIp: '192.0.2.1', containerPort: 7 }
        const after = singles(changedPorts(ports, [choice]))
        const kept = [...singles(ports)].filter(
          text => text.endsWith('/udp') || Number(/(\d+):\d+$/.exec(text)?.[1]) !== hostPort,
        )
        expect(after).toEqual(new Set([...kept, `192.0.2.1:${hostPort}:7`]))
      }),
    )
  })
})
