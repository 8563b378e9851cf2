import fc from 'fast-check'
import { expect, test } from 'vitest'
import { enabledRules, examine } from './engine'
import { fingerprint } from './fingerprint'
import { RULES } from './rules'
import { door, model, network } from './testing'
import type { Rule, RuleHit } from './types'

const hit = (name: string, given: Partial<RuleHit> = {}): RuleHit => ({
  subject: { kind: 'container', id: name, name },
  severity: 'medium',
  confidence: 'high',
  message: name,
  evidence: [{ field: 'F', value: 'v' }],
  fix: { podman: null, quadlet: null },
  ...given,
})
const rule = (id: string, hits: RuleHit[], unknown: string[] = []): Rule => ({
  id,
  title: id,
  severity: 'medium',
  when: '',
  fix: '',
  falsePositives: null,
  references: ['ref'],
  enabledByDefault: true,
  examine: () => ({ hits, unknown }),
})
const names = (rules: Rule[], models = [model()]) => examine(models, { rules }).findings.map(one => one.subject.name)

test('an empty host has no findings, and says that the firewall was not looked at', () => {
  expect(examine([model()])).toEqual({ findings: [], notExamined: ['host firewall'] })
  expect(examine([])).toEqual({ findings: [], notExamined: ['host firewall'] })
})

test('worst first, then those reached from outside, then by name', () => {
  const exposed = model({ containers: [{ name: 'z-open', ports: [door()] }, { name: 'a-shut' }, { name: 'b-shut' }] })
  const subject = (name: string) => {
    const container = exposed.host.containers.find(one => one.name === name)
    return { subject: { kind: 'container' as const, id: container?.id ?? '', name } }
  }
  const hits = [
    hit('b', subject('b-shut')),
    hit('a', subject('a-shut')),
    hit('z', subject('z-open')),
    hit('c', { ...subject('a-shut'), severity: 'critical', evidence: [] }),
  ]
  expect(names([rule('r', hits)], [exposed])).toEqual(['a-shut', 'z-open', 'a-shut', 'b-shut'])
})

test('equal hits are one finding', () => {
  expect(names([rule('r', [hit('a'), hit('a'), hit('a', { evidence: [{ field: 'G', value: 'v' }] })])])).toEqual([
    'a',
    'a',
  ])
})

test('a hit that replaces its parts leaves the parts of other subjects alone', () => {
  const parts = rule('part', [hit('a'), hit('b')])
  const whole = rule('whole', [hit('a', { replaces: ['part'] })])
  const found = examine([model()], { rules: [parts, whole] }).findings
  expect(found.map(one => `${one.ruleId} ${one.subject.name}`)).toEqual(['whole a', 'part b'])
})

test('the id survives re-creation, new values and the order of evidence, and nothing else', () => {
  const id = (given: Partial<RuleHit>, ruleId = 'r') =>
    examine([model()], { rules: [rule(ruleId, [hit('a', given)])] }).findings[0]?.id
  const base = id({
    evidence: [
      { field: 'F', value: '1' },
      { field: 'G', value: '2' },
    ],
  })
  expect(base).toMatch(/^[0-9a-f]{32}$/)
  expect(
    id({
      evidence: [
        { field: 'G', value: 'other' },
        { field: 'F', value: '1' },
      ],
    }),
  ).toBe(base)
  expect(
    id({
      subject: { kind: 'container', id: 'new id', name: 'a' },
      evidence: [
        { field: 'F', value: '' },
        { field: 'G', value: '' },
      ],
    }),
  ).toBe(base)
  expect(
    id({
      message: 'other words',
      evidence: [
        { field: 'F', value: '1' },
        { field: 'G', value: '2' },
      ],
    }),
  ).toBe(base)
  expect(id({ evidence: [{ field: 'F', value: '1' }] })).not.toBe(base)
  expect(
    id(
      {
        evidence: [
          { field: 'F', value: '1' },
          { field: 'G', value: '2' },
        ],
      },
      's',
    ),
  ).not.toBe(base)
})

test('fingerprints of different texts differ', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), (a, b) => {
      expect(fingerprint(a) === fingerprint(b)).toBe(a === b)
    }),
  )
  const many = Array.from({ length: 50_000 }, (_, i) => fingerprint(`web-${i}`))
  expect(new Set(many).size).toBe(many.length)
})

test('with several hosts, what was not examined names its host', () => {
  const a = model({ host: { id: 'a', name: 'alpha' } })
  const b = model({ host: { id: 'b', name: 'beta' } })
  const report = examine([a, b], { rules: [rule('r', [hit('x')], ['x: no answer'])] })
  expect(report.notExamined).toEqual(['host firewall', 'alpha: x: no answer', 'beta: x: no answer'])
  expect(report.findings.map(one => one.hostId)).toEqual(['a', 'b'])
  expect(new Set(report.findings.map(one => one.id)).size).toBe(2)
})

test('P10 a host that was never read, is stale, or has no probe is not clean', () => {
  const lines = (host: Partial<ReturnType<typeof model>['host']>) => examine([model({ host })]).notExamined.slice(1)
  expect(lines({ status: 'unreachable', problem: 'connection refused' })).toEqual([
    'testhost was never read: connection refused',
  ])
  expect(lines({ status: 'stale', ageSeconds: 90, problem: 'timeout' })).toEqual([
    'testhost is as it was 90 s ago: timeout',
  ])
  expect(lines({ probe: { available: false, reason: 'remote host' } })).toEqual(['kernel of testhost: remote host'])
})

test('names like constructor and __proto__ are names', () => {
  const containers = ['constructor', '__proto__', 'toString'].map(name => ({
    name,
    networks: { [name]: ['10.0.0.2'] },
    ports: [door()],
  }))
  const networks = containers.map(({ name }) => ({ name, isDefault: true }))
  const { findings } = examine([model({ containers, networks })])
  expect(findings.filter(one => one.ruleId === 'published-all-interfaces').map(one => one.subject.name)).toEqual([
    '__proto__',
    'constructor',
    'toString',
  ])
  expect(network({ name: 'constructor' }).name).toBe('constructor')
})

test('every rule of the table has an id of its own, references and words', () => {
  expect(new Set(RULES.map(one => one.id)).size).toBe(RULES.length)
  for (const one of RULES) {
    expect(one.id).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/)
    expect(one.references.length, one.id).toBeGreaterThan(0)
    for (const words of [one.title, one.when, one.fix]) expect(words, one.id).not.toBe('')
  }
  expect(enabledRules()).toEqual(RULES.filter(one => one.enabledByDefault))
})
