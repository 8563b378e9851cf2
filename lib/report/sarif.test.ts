import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { examine } from '@/lib/exposure/engine'
import { RULES } from '@/lib/exposure/rules'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { toSarif } from './sarif'
import { finding, HOSTILE, report } from './testing'

const { $schema: _, id: __, ...published } = JSON.parse(readFileSync('tests/sarif/sarif-2.1.0.schema.json', 'utf8'))
const ajv = new Ajv({ allErrors: true, strict: false, unicodeRegExp: false })
formats.default(ajv)
const isSarif = ajv.compile(published)

/** What is wrong with it by the published schema. */
function faults(log: unknown): unknown[] {
  const valid = isSarif(JSON.parse(JSON.stringify(log)))
  return valid ? [] : (isSarif.errors ?? ['?'])
}

const hosts = [{ id: 'root', name: 'prod', status: 'live' }] as const
const runOf = (...findings: Parameters<typeof report>) => {
  const log = toSarif(report(...findings), hosts, '0.1.0')
  expect(faults(log)).toEqual([])
  const [run] = log.runs
  if (run === undefined) throw new Error('no run')
  return run
}
const resultOf = (...given: Parameters<typeof finding>) => {
  const [result] = runOf(finding(...given)).results
  if (result === undefined) throw new Error('no result')
  return result
}

test('the schema refuses what is none', () => {
  expect(faults({ version: '2.1.0', runs: [{}] })).not.toEqual([])
  const log = toSarif(report(finding()), hosts, '0.1.0')
  expect(faults({ ...log, surprise: 1 })).not.toEqual([])
})

describe.each(recordingNames())('%s', name => {
  test('is valid, and says every finding with its rule', async () => {
    const model = await modelOfRecording(name)
    const told = examine([model])
    const log = toSarif(told, [model.host], '0.1.0')
    expect(faults(log)).toEqual([])
    const [run] = log.runs
    const rules = run?.tool.driver.rules ?? []
    expect(run?.results.map(({ partialFingerprints }) => partialFingerprints['podwire/v1'])).toEqual(
      told.findings.map(({ id }) => id),
    )
    for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex ?? -1]?.id).toBe(ruleId)
  })
})

test('every rule is described, each once', () => {
  const { rules } = runOf().tool.driver
  expect(rules.map(({ id }) => id)).toEqual(RULES.filter(rule => rule.enabledByDefault).map(({ id }) => id))
  const privileged = rules.find(({ id }) => id === 'privileged')
  expect(privileged).toMatchObject({
    name: 'Privileged',
    defaultConfiguration: { level: 'error' },
    properties: { 'security-severity': '9.5' },
  })
})

test.each([
  ['critical', 'error', '9.5'],
  ['high', 'error', '8.0'],
  ['medium', 'warning', '5.5'],
  ['low', 'note', '2.0'],
  ['info', 'note', '0.0'],
] as const)('%s is %s and %s', (severity, level, score) =>
  expect(resultOf({ severity })).toMatchObject({ level, properties: { 'security-severity': score } }),
)

test('the place is the thing, within its host', () => {
  const [place] = resultOf({ subject: { kind: 'namespace', id: 'x', name: 'my shop' } }).locations
  expect(place).toMatchObject({
    physicalLocation: { artifactLocation: { uri: 'podman/prod/pod/my%20shop' } },
    logicalLocations: [{ name: 'my shop', fullyQualifiedName: 'prod/pod/my shop', kind: 'pod' }],
  })
})

test('a finding that is suppressed says why, and others that they are not', () => {
  expect(resultOf({ suppressed: { by: 'config', reason: 'dind', until: '2027-01-31' } }).suppressions).toEqual([
    { kind: 'external', status: 'accepted', justification: 'dind (config, until 2027-01-31)' },
  ])
  expect(resultOf().suppressions).toEqual([])
})

test('P10 a host that was not read is no successful run, and what was not examined is told', () => {
  const read = (status: 'live' | 'unreachable') =>
    toSarif(report(), [{ ...hosts[0], status }], '0.1.0').runs[0]?.invocations[0]
  expect(read('live')).toMatchObject({
    executionSuccessful: true,
    toolExecutionNotifications: [{ level: 'warning', message: { text: 'Not examined: host firewall' } }],
  })
  expect(read('unreachable')?.executionSuccessful).toBe(false)
})

test.each([HOSTILE, '..', '.', '/', '', '\uD800', '%', '日本', 'a:b?c#d'])('the name %j makes a valid log', name => {
  const result = resultOf({ subject: { kind: 'container', id: 'x', name } })
  expect(result.locations[0]?.physicalLocation.artifactLocation.uri.split('/')).toHaveLength(4)
})

test('a rule of no table is no reason to fail', () => {
  expect(resultOf({ ruleId: 'made-up' })).not.toHaveProperty('ruleIndex')
})
