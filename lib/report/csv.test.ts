import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelOfRecording, recordingNames } from '@/tests/recordings/model'
import { examine } from '@/lib/exposure/engine'
import { CSV_COLUMNS, NOT_EXAMINED, toCsv } from './csv'
import { finding, HOSTILE, OBEYED, report } from './testing'

const hosts = [{ id: 'root', name: 'prod' }]

/** RFC 4180, read strictly. */
function parse(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  const cell = /("(?:[^"]|"")*"|[^",\r\n]*)(,|\r\n)/y
  while (cell.lastIndex < text.length) {
    const at = cell.lastIndex
    const match = cell.exec(text)
    if (match === null) throw new Error(`no CSV at ${at}: ${JSON.stringify(text.slice(at, at + 40))}`)
    const [, raw = '', end] = match
    row.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw)
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

const records = (text: string) => {
  const [header = [], ...rows] = parse(text)
  return rows.map(row => Object.fromEntries(header.map((name, index) => [name, row[index]])))
}

test('a finding is a row, with the name of its host', () => {
  const [row, unknown] = records(
    toCsv(report(finding({ suppressed: { by: 'file', reason: 'dind', until: '2027-01-31' } })), hosts),
  )
  expect(row).toMatchObject({
    host: 'prod',
    severity: 'critical',
    rule: 'privileged',
    'subject kind': 'container',
    subject: 'web',
    evidence: 'HostConfig.Privileged = true',
    'fix (quadlet)': '[Container]\n# remove it',
    'suppressed by': 'file',
    'suppression reason': 'dind',
    'suppressed until': '2027-01-31',
    fingerprint: 'f00d',
  })
  expect(unknown).toMatchObject({ severity: NOT_EXAMINED, message: 'host firewall', rule: '' })
})

describe('P17 a spreadsheet', () => {
  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', ' =1', '\r=1', '＝1'])('does not run %j', name => {
    const [row] = records(toCsv(report(finding({ title: name })), hosts))
    expect(row?.['title']).toMatch(/^['\uFFFD]/)
  })

  test('gets no cell, whatever it holds, that begins like a formula or ends early', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '"', ',', '\r', '\n', '\t', '\u001b', ' ', 'a') }),
        text => {
          const rows = parse(toCsv(report(finding({ message: text, title: text })), hosts))
          expect(rows.map(row => row.length)).toEqual([CSV_COLUMNS.length, CSV_COLUMNS.length, CSV_COLUMNS.length])
          for (const cell of rows.flat()) expect(cell).not.toMatch(/^\s*[=+\-@]/)
        },
      ),
    )
  })
})

test('nothing in it moves a cursor', () => {
  const csv = toCsv(
    report(finding({ message: HOSTILE, subject: { kind: 'container', id: 'x', name: HOSTILE } })),
    hosts,
  )
  expect(csv.replaceAll('\r\n', '\n')).not.toMatch(OBEYED)
})

test.each(recordingNames())('%s: as many rows as there is to tell', async name => {
  const { host, facts } = await modelOfRecording(name)
  const told = examine([{ host, facts }])
  const rows = records(toCsv(told, [host]))
  expect(rows.filter(row => row['severity'] !== NOT_EXAMINED).map(row => row['fingerprint'])).toEqual(
    told.findings.map(({ id }) => id),
  )
  expect(rows.length).toBe(told.findings.length + told.notExamined.length)
})
