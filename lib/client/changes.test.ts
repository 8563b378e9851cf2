import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { anyHost, findings, host, network, topology } from '@/lib/graph/testing'
import type { Host, Topology } from '@/lib/topology/types'
import { type ChangeLog, EMPTY_LOG, logFindings, logTopology, MAX_CHANGES } from './changes'

const at = (time: string, ...hosts: Host[]): Topology => ({ ...topology(...hosts), generatedAt: time })
const app = network('app')
const web = { name: 'web', on: ['app'] }

/** "web appeared", "web state running → exited" */
const words = (log: ChangeLog) =>
  log.changes.map(({ name, detail }) => {
    const rest = Object.entries(detail)
      .filter(([key]) => ['was', 'is', 'network', 'severity'].includes(key))
      .map(([, value]) => `${typeof value === 'string' ? value : null}`)
    return [name, detail.what, ...rest].join(' ')
  })

const follow = (...hosts: Host[]) =>
  hosts.reduce((log, one) => logTopology(log, at('2026-11-22T10:00:00Z', one)), EMPTY_LOG)

describe('a picture after another', () => {
  test('the first is no change', () => {
    expect(follow(host([app], [web])).changes).toEqual([])
  })

  test('a container comes, goes, and changes its state', () => {
    const one = host([app], [web])
    const two = host([app], [web, { name: 'db', on: ['app'] }])
    expect(words(follow(one, two))).toEqual(['db appeared'])
    expect(words(follow(two, one))).toEqual(['db vanished'])
    expect(words(follow(one, host([app], [{ ...web, state: 'exited' }])))).toEqual(['web state running exited'])
    expect(words(follow(one, host([app], [{ ...web, health: 'unhealthy' }])))).toEqual([
      'web state running running, unhealthy',
    ])
    expect(words(follow(one, host([app], [{ ...web, health: 'healthy' }])))).toEqual([])
  })

  test('the same name under another id is a re-creation', () => {
    const one = host([app], [web])
    const other = host([app], [{ name: 'x', on: ['app'] }, web])
    const without = { ...other, containers: other.containers.filter(({ name }) => name === 'web') }
    expect(words(follow(one, without))).toEqual(['web recreated'])
  })

  test('a door opens and closes; one on loopback does not count', () => {
    const shut = host([app], [web])
    const open = host([app], [{ ...web, ports: [{ hostPort: 8080 }] }])
    expect(words(follow(shut, open))).toEqual(['web opened'])
    expect(words(follow(open, shut))).toEqual(['web closed'])
    expect(words(follow(shut, host([app], [{ ...web, ports: [{ hostIp: '127.0.0.1' }] }])))).toEqual([])
  })

  test('a network comes, is joined and left', () => {
    const more = [app, network('back')]
    expect(words(follow(host([app], [web]), host(more, [{ name: 'web', on: ['app', 'back'] }])))).toEqual([
      'back appeared',
      'web joined back',
    ])
    expect(words(follow(host(more, [web]), host(more, [{ name: 'web', on: ['back'] }])))).toEqual([
      'web joined back',
      'web left app',
    ])
  })

  test('an engine that is not reached has lost nothing, and what it has is not new when it comes back', () => {
    const live = host([app], [web])
    const gone = host([], [], { status: 'unreachable' })
    const log = follow(live, gone, host([app], [web, { name: 'db', on: ['app'] }]))
    expect(words(log)).toEqual(['vm status live unreachable', 'vm status unreachable live', 'db appeared'])
  })

  test('a host that was never read begins when it is', () => {
    expect(words(follow(host([], [], { status: 'unreachable' }), host([app], [web])))).toEqual([
      'vm status unreachable live',
    ])
  })

  test('the same picture twice is no change, whatever is in it', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(anyHost('a'), one => {
        expect(follow(one, structuredClone(one)).changes).toEqual([])
      }),
      { numRuns: 40 },
    )
  })

  test('numbers go on, and the oldest go', () => {
    const [one, two] = [host([app], [web]), host([app], [])]
    const log = follow(...Array.from({ length: MAX_CHANGES * 2 + 2 }, (_, index) => (index % 2 === 0 ? one : two)))
    expect(log.changes).toHaveLength(MAX_CHANGES)
    expect(log.changes.at(-1)?.number).toBe(MAX_CHANGES * 2)
    expect(log.next).toBe(MAX_CHANGES * 2 + 1)
  })
})

describe('a report after another', () => {
  const base = follow(host([app], [web]))
  const report = (severity: 'high' | 'low') => {
    const made = findings({ kind: 'container', id: 'web', severity })
    return { ...made, findings: made.findings.map(finding => ({ ...finding, id: 'one' })) }
  }
  const none = findings()
  const steps = (log: ChangeLog, ...reports: (typeof none)[]) =>
    words(reports.reduce((sum, one) => logFindings(sum, one, '2026-11-22T10:00:00Z'), log))

  test('a finding comes, grows worse, and goes', () => {
    expect(steps(base, none, report('low'), report('high'), none)).toEqual([
      'web finding low null',
      'web finding high low',
      'web cleared high',
    ])
  })

  test('what is there at first is no change', () => {
    expect(steps(base, report('high'))).toEqual([])
  })

  test('nothing is cleared on a host that is not reached', () => {
    const log = logFindings(base, report('high'), '')
    const away = logTopology(log, at('2026-11-22T10:01:00Z', host([], [], { status: 'unreachable' })))
    const later = logFindings(away, none, '')
    expect(words(later)).toEqual(['vm status live unreachable'])
    const back = logTopology(later, at('2026-11-22T10:02:00Z', host([app], [web])))
    expect(words(logFindings(back, report('high'), ''))).toEqual([
      'vm status live unreachable',
      'vm status unreachable live',
    ])
  })
})
