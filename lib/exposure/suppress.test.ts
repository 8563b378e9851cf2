import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { examine } from './engine'
import { publishedAllInterfaces } from './rules/published-all-interfaces'
import { privileged } from './rules/privileged'
import { selfExposure } from './rules/self-exposure'
import { type ContainerSpec, door, type HostSpec, model, unread } from './testing'
import type { Acceptance, Exception } from './types'

const rules = [publishedAllInterfaces, privileged, selfExposure]
const TODAY = '2026-11-22'

const exception = (given: Partial<Exception> = {}): Exception => ({
  ruleId: 'published-all-interfaces',
  subject: 'web',
  host: '*',
  reason: 'the public site',
  until: null,
  line: 7,
  ...given,
})

const web = (given: Partial<ContainerSpec> = {}): ContainerSpec => ({ name: 'web', ports: [door()], ...given })
const annotated = (value: string, ruleId = 'published-all-interfaces') =>
  web({ facts: { annotations: { [`io.podwire.ignore/${ruleId}`]: value } } })

const report = (spec: HostSpec, acceptance: Partial<Acceptance> = {}) =>
  examine([model(spec)], { rules, acceptance: { today: TODAY, exceptions: [], problem: null, ...acceptance } })
const accepted = (spec: HostSpec, exceptions: Exception[] = []) =>
  report(spec, { exceptions }).findings.map(one => one.suppressed)
const notes = (spec: HostSpec, acceptance: Partial<Acceptance> = {}) => report(spec, acceptance).notExamined.slice(1)

describe('an exception of the file', () => {
  test('marks the finding and leaves it in the report', () => {
    expect(accepted({ containers: [web()] }, [exception({ until: '2027-01-31' })])).toEqual([
      { by: 'configuration file, line 7', reason: 'the public site', until: '2027-01-31' },
    ])
  })

  test('holds on its last day and is told from the next on', () => {
    expect(accepted({ containers: [web()] }, [exception({ until: TODAY })])).toEqual([expect.objectContaining({})])
    const over = [exception({ until: '2026-11-21' })]
    expect(accepted({ containers: [web()] }, over)).toEqual([null])
    expect(notes({}, { exceptions: over })).toEqual([
      'configuration file, line 7: the exception for published-all-interfaces on web ended on 2026-11-21',
    ])
  })

  test.each<[Partial<Exception>, boolean]>([
    [{ subject: 'w*' }, true],
    [{ subject: 'w?b' }, true],
    [{ subject: 'w?' }, false],
    [{ subject: 'w.b' }, false],
    [{ subject: '*' }, true],
    [{ subject: 'We*' }, false],
    [{ subject: 'eb' }, false],
    [{ host: 'test*' }, true],
    [{ host: 'other' }, false],
    [{ ruleId: 'privileged' }, false],
  ])('%j', (given, holds) => {
    expect(accepted({ containers: [web()] }, [exception(given)])[0] !== null).toBe(holds)
  })

  test('may accept what is critical', () => {
    const containers = [{ name: 'dind', privileged: true }]
    expect(accepted({ containers }, [exception({ ruleId: 'privileged', subject: 'dind' })])).toEqual([
      expect.objectContaining({ reason: 'the public site' }),
    ])
  })

  test('says nothing when the file cannot be used, which is told', () => {
    const { findings, notExamined } = report(
      { containers: [web()] },
      { exceptions: [exception()], problem: 'podwire.toml cannot be read' },
    )
    expect(findings[0]?.suppressed).toBeNull()
    expect(notExamined).toContain('accepted findings: podwire.toml cannot be read; every finding is shown')
  })
})

describe('an annotation', () => {
  test('accepts with its reason, with and without a day', () => {
    expect(accepted({ containers: [annotated('wanted')] })).toEqual([
      { by: 'annotation io.podwire.ignore/published-all-interfaces', reason: 'wanted', until: null },
    ])
    expect(accepted({ containers: [annotated(' wanted ; until=2027-01-31 ')] })).toMatchObject([
      { reason: 'wanted', until: '2027-01-31' },
    ])
  })

  test.each([
    ['', /gives no reason, so it accepts nothing/],
    ['  ', /gives no reason/],
    ['; until=2027-01-31', /gives no reason/],
    ['wanted; until=2026-11-21', /ended on 2026-11-21/],
    ['wanted; until=2027-02-29', /expected "REASON"/],
    ['wanted; untill=2027-01-31', /expected "REASON"/],
    ['wanted; until=2027-01-31; x', /expected "REASON"/],
    ['wanted; or so', /expected "REASON"/],
    ['x'.repeat(251), /longer than 250/],
  ])('%j accepts nothing and is told', (value, words) => {
    const spec = { containers: [annotated(value)] }
    expect(accepted(spec)).toEqual([null])
    expect(notes(spec)).toEqual([expect.stringMatching(words)])
    expect(notes(spec)[0]).toContain('web: annotation io.podwire.ignore/published-all-interfaces: ')
  })

  test('cannot accept what is critical', () => {
    const containers = [
      { name: 'dind', privileged: true, facts: { annotations: { 'io.podwire.ignore/privileged': 'builds' } } },
    ]
    expect(accepted({ containers })).toEqual([null])
    expect(notes({ containers })).toEqual([
      'dind: annotation io.podwire.ignore/privileged: what is critical is accepted in the configuration file only',
    ])
    // Rootless it is only high.
    expect(accepted({ rootless: true, containers })).toEqual([expect.objectContaining({ reason: 'builds' })])
  })

  test('P15 that the image may have set accepts nothing and is told', () => {
    const containers = [
      web({ facts: { unaskedAnnotations: ['io.podwire.ignore/published-all-interfaces', 'io.podwire.x'] } }),
    ]
    expect(accepted({ containers })).toEqual([null])
    expect(notes({ containers })).toEqual([expect.stringContaining('may come from the image and accepts nothing')])
  })

  test('for a rule that does not exist, or for another container, accepts nothing', () => {
    expect(notes({ containers: [annotated('x', 'publishd')] })).toEqual([
      expect.stringContaining('there is no such rule'),
    ])
    expect(notes({ containers: [annotated('x', 'self-exposure')] })).toEqual([
      expect.stringContaining('cannot be accepted'),
    ])
    expect(accepted({ containers: [annotated('x'), { name: 'b', ports: [door()] }] })).toEqual([
      null,
      expect.objectContaining({ reason: 'x' }),
    ])
  })

  test('of a container that was not read accepts nothing', () => {
    const containers = [unread('web', { facts: { annotations: { 'io.podwire.ignore/inspect-incomplete': 'x' } } })]
    const { findings } = examine([model({ containers })], {
      acceptance: { today: TODAY, exceptions: [], problem: null },
    })
    expect(findings).toMatchObject([{ ruleId: 'inspect-incomplete', suppressed: null }])
  })

  test('P15 a label accepts nothing', () => {
    expect(accepted({ containers: [web({ labels: { 'io.podwire.ignore/published-all-interfaces': 'x' } })] })).toEqual([
      null,
    ])
  })
})

test('Podwire itself cannot be accepted, whatever the file that was parsed says', () => {
  const self = { hostId: 'test', listen: '0.0.0.0:1', loopback: false, authenticated: false, anyHostName: false }
  const exceptions = [exception({ ruleId: 'self-exposure', subject: '*' })]
  const { findings } = examine([model()], {
    rules,
    settings: { self },
    acceptance: { today: TODAY, exceptions, problem: null },
  })
  expect(findings).toMatchObject([{ ruleId: 'self-exposure', suppressed: null }])
})

test('without an acceptance nothing is silenced and nothing is told', () => {
  expect(examine([model({ containers: [annotated('wanted')] })], { rules })).toMatchObject({
    findings: [{ suppressed: null }],
    notExamined: ['host firewall'],
  })
})

test('acceptance changes nothing of a report but the marks and the notes', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string(), fc.string())), pairs => {
      const exceptions = pairs.map(([subject, host]) => exception({ subject, host }))
      const models = [model({ containers: [web(), { name: 'x', privileged: true }] })]
      const plain = examine(models, { rules })
      const marked = examine(models, { rules, acceptance: { today: TODAY, exceptions, problem: null } })
      expect(marked.findings.map(one => ({ ...one, suppressed: null }))).toEqual(plain.findings)
    }),
  )
})
