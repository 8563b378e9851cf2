import { mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { type ExceptionsFile, followExceptions } from './exceptions'

const table = (subject: string) => `[[exceptions]]\nrule = "privileged"\nsubject = "${subject}"\nreason = "r"\n`
/** At once, as editors do: half a file would be another fault. */
const write = (path: string, text: string) => {
  writeFileSync(`${path}.new`, text)
  renameSync(`${path}.new`, path)
}
const PATIENT = 30_000
const followed: ExceptionsFile[] = []

afterEach(() => {
  for (const one of followed.splice(0)) one.close()
  vi.useRealTimers()
})

function follow(path: string | null, clock: { now: string } = { now: '2026-11-22T10:00:00.000Z' }) {
  const problems: (string | null)[] = []
  const onChange = vi.fn()
  const file = followExceptions({
    path,
    exceptions: [],
    onChange,
    onProblem: problem => problems.push(problem),
    wallTime: () => clock.now,
    pollMs: 10,
  })
  followed.push(file)
  const subjects = () => file.acceptance().exceptions.map(one => one.subject)
  return { file, problems, onChange, subjects }
}

test('a changed file counts at once; one with a fault, or gone, accepts nothing and says why', async () => {
  const path = join(mkdtempSync(join(tmpdir(), 'podwire-exceptions-')), 'podwire.toml')
  write(path, '')
  const { file, problems, onChange, subjects } = follow(path)
  write(path, table('web'))
  await vi.waitFor(() => expect(subjects()).toEqual(['web']), PATIENT)
  expect(onChange).toHaveBeenCalled()
  expect(problems).toEqual([])

  write(path, `${table('web')}${table('db').replace('reason', 'raeson')}`)
  await vi.waitFor(
    () => expect(file.acceptance().problem).toMatch(/podwire\.toml:8: exceptions\[1\]\.raeson: unknown key/),
    PATIENT,
  )
  expect(subjects()).toEqual([])

  write(path, table('db'))
  await vi.waitFor(() => expect(subjects()).toEqual(['db']), PATIENT)
  rmSync(path)
  await vi.waitFor(() => expect(file.acceptance().problem).toBe(`${path} cannot be read`), PATIENT)
  expect(subjects()).toEqual([])
  expect(problems).toEqual([expect.stringContaining('raeson'), null, `${path} cannot be read`])
})

test('a new day is told, and nothing else when nothing changes', () => {
  vi.useFakeTimers()
  const clock = { now: '2026-11-22T23:58:00.000Z' }
  const { file, onChange } = follow(null, clock)
  vi.advanceTimersByTime(60_000)
  expect(onChange).not.toHaveBeenCalled()
  clock.now = '2026-11-23T00:00:10.000Z'
  vi.advanceTimersByTime(60_000)
  vi.advanceTimersByTime(60_000)
  expect(onChange).toHaveBeenCalledTimes(1)
  expect(file.acceptance()).toEqual({ today: '2026-11-23', exceptions: [], problem: null })
})
