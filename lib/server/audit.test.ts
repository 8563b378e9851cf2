import { expect, test } from 'vitest'
import { createAudit } from './audit'
import { createLog } from './log'

const rig = () => {
  const lines: string[] = []
  const audit = createAudit(createLog({ write: text => lines.push(text) }))
  return { lines, audit, entries: () => lines.map(line => JSON.parse(line)) }
}

test('each sign-in is one line that says who, from where, and how it ended', () => {
  const { audit, entries } = rig()
  for (const result of ['ok', 'wall', 'refused'] as const) audit.signIn({ result, address: '192.0.2.7', agent: 'curl' })
  const common = { event: 'sign-in', address: '192.0.2.7', agent: 'curl' }
  expect(entries()).toEqual([
    expect.objectContaining({ ...common, level: 'info', result: 'ok', msg: 'signed in from 192.0.2.7' }),
    expect.objectContaining({ ...common, level: 'info', result: 'wall' }),
    expect.objectContaining({ ...common, level: 'warn', result: 'refused' }),
  ])
})

test('who has to wait is told once, and fills no disk by trying', () => {
  const { audit, entries } = rig()
  audit.blocked('192.0.2.7')
  for (let i = 0; i < 1000; i++) audit.signIn({ result: 'waiting', address: '192.0.2.7', agent: '' })
  expect(entries()).toEqual([expect.objectContaining({ level: 'warn', result: 'blocked', address: '192.0.2.7' })])
})

test('P14 a browser’s name starts no line and moves no cursor', () => {
  const { audit, lines, entries } = rig()
  audit.signIn({ result: 'ok', address: '::1\n', agent: `\u001B[2J\r\n{"level":"info"}\u202E${'x'.repeat(5000)}` })
  expect(lines).toHaveLength(1)
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  expect(lines[0]?.trimEnd()).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202e]/)
  expect(lines[0]?.length).toBeLessThan(500)
  expect(entries()[0]).toMatchObject({ result: 'ok' })
})
