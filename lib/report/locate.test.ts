import { describe, expect, test } from 'vitest'
import type { UnitRecord } from '@/lib/collector/types'
import { examine } from '@/lib/exposure/engine'
import { declareUnits } from '@/lib/quadlet/declare'
import { buildTopology } from '@/lib/topology/build'
import { declaredSnapshot } from '@/lib/topology/declared'
import { lineOfFinding } from './locate'
import { toSarif } from './sarif'
import { toTable } from './table'

const FILES = {
  'web.container': ['[Container]', 'Image=x', 'Network=host', ''],
  'sock.container': [
    '[Container]',
    'Image=x',
    'Network=none',
    'AddCapability=SYS_ADMIN',
    'Volume=/run/podman/podman.sock:/s',
    '',
  ],
  'shop.container': ['[Container]', 'Image=x', 'Network=app.network', 'PublishPort=80:80', ''],
  'two.pod': ['[Pod]', 'PublishPort=81:81', ''],
  'rival.container': ['[Container]', 'Image=x', 'PublishPort=9000:1', 'PublishPort=80:2', ''],
  'lost.container': ['[Container]', 'Image=x', 'Network=none.network', ''],
  'bad.container': ['[Container]', 'Image=x', '', 'Netwrok=host', ''],
  'app.network': ['[Network]', 'Options=isolate=true', ''],
}

const records = declareUnits(
  Object.entries(FILES).map(([name, lines]) => ({ path: `units/a b/${name}`, text: lines.join('\n'), dropIns: [] })),
  { podman: null },
).map((unit): UnitRecord => ({ unit, modifiedAt: null, systemd: null, systemdUnknownBecause: 'files' }))
const model = buildTopology(
  declaredSnapshot(records, { name: 'files', rootless: false, podman: '4.9.4', netavark: null }),
)
const report = examine([model])
const lineOf = (finding: (typeof report.findings)[number]) => lineOfFinding(model.host, finding)

describe('a finding about files', () => {
  test.each([
    ['host-network', 'systemd-web', 'web.container:3'],
    ['engine-socket-mounted', 'systemd-sock', 'sock.container:5'],
    ['host-equivalent-cap', 'systemd-sock', 'sock.container:4'],
    ['published-all-interfaces', 'systemd-shop', 'shop.container:4'],
    ['published-all-interfaces', 'systemd-two', 'two.pod:2'],
    ['network-believed-isolated', 'systemd-app', 'app.network:2'],
    ['unit-network-missing', 'files', 'lost.container:3'],
    ['unit-file-broken', 'files', 'bad.container:4'],
  ])('%s of %s is at %s', (ruleId, subject, place) => {
    const finding = report.findings.find(one => one.ruleId === ruleId && one.subject.name === subject)
    if (finding === undefined)
      throw new Error(`no such finding: ${report.findings.map(one => `${one.ruleId} ${one.subject.name}`).join()}`)
    const at = lineOf(finding)
    expect(`${at?.file}:${at?.line}`).toBe(`units/a b/${place}`)
  })

  test('tells both files of a port that two claim', () => {
    const finding = report.findings.find(({ ruleId }) => ruleId === 'unit-port-contention')
    expect(finding?.evidence.map(({ value }) => value)).toEqual([
      expect.stringContaining('rival.container:4'),
      expect.stringContaining('shop.container:4'),
    ])
  })

  test('has its line in the table, and every finding is told', () => {
    const outside = {
      hostId: 'files',
      targets: [],
      sources: [],
      sourcesUnknownBecause: 'files',
      judgements: [],
      notKnown: [],
    }
    const options = {
      width: 120,
      paint: (_: string, text: string) => text,
      verbose: false,
      showSuppressed: false,
      lineOf,
    }
    const text = toTable(report, [{ host: model.host, outside, recordedAt: null }], options)
    expect(text).toContain('at    units/a b/web.container:3')
    expect(text).toContain('unit-file-broken')
    expect(text).not.toContain('In short')
  })

  test('has it as its location in SARIF', () => {
    const { results } = toSarif(report, [model.host], '0.0.0', lineOf).runs[0] ?? { results: [] }
    const places = results.map(({ locations }) => locations[0]?.physicalLocation)
    expect(places).toContainEqual({ artifactLocation: { uri: 'units/a%20b/web.container' }, region: { startLine: 3 } })
  })
})

test('what no file declares has no line', () => {
  const [finding] = report.findings
  expect(finding && lineOfFinding({ ...model.host, units: null }, finding)).toBeNull()
})
