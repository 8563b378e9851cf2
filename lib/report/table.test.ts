import { describe, expect, test } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import type { Finding } from '@/lib/exposure/types'
import { outsideOf } from '@/lib/reach/outside'
import { createReach } from '@/lib/reach/reach'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { coloured, plain } from './style'
import { type ExaminedHost, type TableOptions, toTable } from './table'
import { finding, HOSTILE, OBEYED, report } from './testing'
import { widthOf } from './text'

const OPTIONS: TableOptions = { width: 80, paint: plain, verbose: false, showSuppressed: false }

async function examined(name = 'podman-5.4.2') {
  const model = await modelOfRecording(name)
  const host: ExaminedHost = { host: model.host, outside: outsideOf(createReach(model)), recordedAt: null }
  return { report: examine([model]), hosts: [host] }
}

const { report: real, hosts } = await examined()
const of = (findings: Finding[], options: Partial<TableOptions> = {}) =>
  toTable(report(...findings), hosts, { ...OPTIONS, ...options })
const named = (name: string, given: Partial<Finding> = {}) =>
  finding({ hostId: 'podman-5.4.2', subject: { kind: 'container', id: name, name }, ...given })

test('begins with the host, the counts, and what is open to the outside', () => {
  const lines = toTable(real, hosts, OPTIONS).split('\n')
  expect(lines[0]).toBe('podman-5.4.2: Podman 5.4.2, rootful, netavark 1.14.0, 28 containers, 10 networks')
  expect(lines[1]).toBe('29 findings: 2 critical, 7 high, 12 medium, 2 low, 6 info')
  expect(lines[3]).toBe('Open to the outside, to machines on eth0, eth1, eth2, eth3')
  expect(lines).toContain('  proxy            *:5353/udp, *:8080,8443/tcp')
  expect(lines).toContain('  pod shop         *:9090/tcp')
  expect(lines).toContain('  web2             *:7000-7010/tcp')
  expect(lines).toContain('  printer          every port it listens on, at 198.51.100.129 from eth0')
  // On loopback, and behind an internal network: not open.
  expect(lines.slice(0, 12).join()).not.toMatch(/legacy|18080|5432/)
})

test('what is not known of the outside stands there too', () => {
  const [one] = hosts
  if (one === undefined) throw new Error('no host')
  const text = (outside: ExaminedHost['outside']) => toTable(report(), [{ ...one, outside }], OPTIONS)
  const blind = { ...one.outside, notKnown: ['what listens on the host: not read'] }
  expect(text(blind)).toContain('  - not known: what listens on the host: not read\n')
  expect(text({ ...blind, targets: [] })).toContain('Open to the outside: nothing that is known, from eth0')
  expect(text({ ...blind, sources: [], sourcesUnknownBecause: 'nobody looked' })).toContain(
    'Open to the outside: not known; nobody looked\n',
  )
  expect(text({ ...blind, sources: [] })).toContain('Open to the outside: nothing, for no interface')
})

test('a subject stands once, with what was seen and the line that mends it', () => {
  const text = of([
    named('web'),
    named('web', {
      ruleId: 'host-pid',
      severity: 'high',
      message: 'web sees all.',
      fix: { podman: null, quadlet: null },
    }),
    named('db'),
  ])
  expect(text).toContain(
    [
      '■ Container web',
      '  critical privileged',
      '    web is privileged.',
      '    seen  HostConfig.Privileged = true',
      '    fix   # create web again without: --privileged',
      '  high     host-pid',
      '    web sees all.',
    ].join('\n'),
  )
  expect(text.split('■ Container web')).toHaveLength(2)
  expect(text.indexOf('■ Container web')).toBeLessThan(text.indexOf('■ Container db'))
})

test('what a rule is about is told once; what was seen and mends it, of each', () => {
  const text = of([named('web'), named('db', { fix: { podman: 'mend db', quadlet: null } })])
  expect(text.match(/web is privileged/g)).toHaveLength(1)
  expect(text).toContain(
    '  critical privileged, as web above\n    seen  HostConfig.Privileged = true\n    fix   mend db\n',
  )
  expect(of([named('web'), named('db')], { verbose: true }).match(/web is privileged/g)).toHaveLength(2)
})

test('what one fix mends has it once, and what has no line has a sentence', () => {
  const again = named('web', { ruleId: 'host-pid', severity: 'high' })
  expect(of([named('web'), again])).toContain('    fix   the same\n')
  expect(of([named('web', { fix: { podman: null, quadlet: null } })])).toContain('    mend  Name the capabilities')
})

test('the way from outside is told where a finding is about one', () => {
  const hops = ['eth0', '*:8080/tcp', 'web', 'root on the host'].map(
    label => ({ kind: 'door', id: '', label }) as const,
  )
  expect(of([named('web', { path: [...hops] })])).toContain('    way   eth0 → *:8080/tcp → web → root on the host\n')
})

test('what systemd runs is mended in its unit', () => {
  const [examinedHost] = hosts
  if (examinedHost === undefined) throw new Error('no host')
  const [container] = examinedHost.host.containers
  if (container === undefined) throw new Error('no container')
  const unit = { ...container, unit: 'web.service' }
  const host = { ...examinedHost.host, containers: [unit] }
  const one = named('web', { subject: { kind: 'container', id: unit.id, name: 'web' } })
  const text = toTable(report(one), [{ ...examinedHost, host }], OPTIONS)
  expect(text).toContain('    unit  [Container]\n          # remove it')
  expect(text).not.toContain('# create web again')
})

describe('no wall of text', () => {
  test('low and info are told in short', () => {
    const text = of([named('web', { severity: 'info', ruleId: 'netns-joined' }), named('db', { severity: 'low' })])
    expect(text).not.toContain('■')
    expect(text).toContain('  info     netns-joined  web')
    expect(text).toContain('  low      privileged    db')
  })

  test('many mediums are told in short, and nothing that is urgent', () => {
    const many = (severity: Finding['severity']) =>
      Array.from({ length: 40 }, (_, index) => named(`${severity}-${index}`, { severity }))
    const text = of([...many('high'), ...many('medium')])
    expect(text.match(/^■ Container high/gm)).toHaveLength(40)
    expect(text.match(/^■ Container medium/gm)?.length).toBeLessThan(20)
    for (let index = 0; index < 40; index++) expect(text).toMatch(new RegExp(String.raw`\bmedium-${index}\b`))
  })

  test('--verbose tells all of it', () => {
    const text = of(
      [
        named('web', {
          severity: 'info',
          evidence: Array.from({ length: 9 }, (_, at) => ({ field: `f${at}`, value: 'v' })),
        }),
      ],
      {
        verbose: true,
      },
    )
    for (const part of ['f8 = v', 'fix ', 'unit ', 'CIS Docker Benchmark 5.5']) expect(text).toContain(part)
  })
})

test('what was not examined stands there, and suppressed ones are counted', () => {
  const suppressed = named('web', { suppressed: { by: 'config', reason: 'builds images', until: null } })
  const text = of([suppressed])
  expect(text).toContain('Not examined\n  - host firewall\n')
  expect(text).toContain('1 finding suppressed; --show-suppressed lists it.')
  expect(text).toContain('No finding.')
  expect(text).not.toContain('privileged')
  expect(of([suppressed], { showSuppressed: true })).toContain('  critical privileged  web\n    builds images (config)')
})

test('P10 a host that was not read is not clean', () => {
  const [one] = hosts
  if (one === undefined) throw new Error('no host')
  const host = { ...one.host, status: 'unreachable' as const, problem: 'No Podman socket.' }
  const text = toTable(report(), [{ ...one, host }], OPTIONS)
  expect(text).toContain('podman-5.4.2: not read\n  No Podman socket.\n')
  expect(text).not.toContain('No finding')
})

test('several hosts: the subject says which', () => {
  const [one] = hosts
  if (one === undefined) throw new Error('no host')
  const second = { ...one, host: { ...one.host, id: 'dev', name: 'user 1000' } }
  expect(toTable(report(named('web', { hostId: 'dev' })), [one, second], OPTIONS)).toContain(
    '■ Container web on user 1000',
  )
})

describe.each(recordingNames())('%s', name => {
  test.each([40, 80, 120])('fits into %i columns but for what is to be pasted', async width => {
    const { report: told, hosts: all } = await examined(name)
    const wide = toTable(told, all, { ...OPTIONS, width, verbose: true })
      .split('\n')
      .filter(line => widthOf(line) > width)
    const pasted = told.findings.flatMap(({ fix }) => [fix.podman, fix.quadlet]).join('\n')
    for (const line of wide) expect(pasted).toContain(line.slice(10).trim())
  })

  test('every finding is in it', async () => {
    const { report: told, hosts: all } = await examined(name)
    const text = toTable(told, all, OPTIONS).replaceAll(/\s+/g, ' ')
    for (const { subject, ruleId } of told.findings) {
      expect(text).toContain(subject.name)
      expect(text).toContain(ruleId)
    }
  })
})

test('names move no cursor, and colours are the only escapes', () => {
  const [one] = hosts
  if (one === undefined) throw new Error('no host')
  const hostile = finding({
    hostId: one.host.id,
    subject: { kind: 'container', id: 'x', name: HOSTILE },
    message: HOSTILE,
    evidence: [{ field: HOSTILE, value: HOSTILE }],
    fix: { podman: `${HOSTILE}\n${HOSTILE}`, quadlet: HOSTILE },
    references: [HOSTILE],
    suppressed: null,
  })
  const accepted = { ...hostile, suppressed: { by: HOSTILE, reason: HOSTILE, until: null } }
  const host = {
    ...one.host,
    name: HOSTILE,
    containers: one.host.containers.map(container => ({ ...container, name: HOSTILE })),
  }
  const told = { findings: [hostile, { ...hostile, severity: 'info' as const }, accepted], notExamined: [HOSTILE] }
  for (const verbose of [true, false])
    for (const problem of [null, HOSTILE]) {
      const page = { ...OPTIONS, verbose, showSuppressed: true, paint: coloured }
      const status = problem === null ? host.status : ('unreachable' as const)
      const text = toTable(told, [{ ...one, recordedAt: HOSTILE, host: { ...host, status, problem } }], page)
      // eslint-disable-next-line no-control-regex
      expect(text.replaceAll(/\u001B\[\d+m/g, '')).not.toMatch(OBEYED)
    }
})
