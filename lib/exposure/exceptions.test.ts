import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { acceptedRules, parseExceptions } from './exceptions'

const problemsOf = (text: string) => {
  const parsed = parseExceptions(text)
  return parsed.ok ? [] : parsed.problems
}

test('a file without exceptions has none', () => {
  expect(parseExceptions('')).toEqual({ ok: true, exceptions: [] })
  expect(parseExceptions('listen = "127.0.0.1:80"\n')).toEqual({ ok: true, exceptions: [] })
})

test('an exception is read whole, with its line, and a day of TOML as well as a text', () => {
  const text = `hosts = ["wall.example"]

[[exceptions]]
rule = "privileged"
subject = "dind-*"
host = "build?"
reason = " builds images "
until = 2027-01-31

[[ "exceptions" ]]
rule = "published-all-interfaces"
subject = "web"
reason = "the public site"
until = "2028-02-29"
`
  expect(parseExceptions(text)).toEqual({
    ok: true,
    exceptions: [
      {
        ruleId: 'privileged',
        subject: 'dind-*',
        host: 'build?',
        reason: 'builds images',
        until: '2027-01-31',
        line: 3,
      },
      {
        ruleId: 'published-all-interfaces',
        subject: 'web',
        host: '*',
        reason: 'the public site',
        until: '2028-02-29',
        line: 10,
      },
    ],
  })
})

test('the same file may be JSON, where lines are not known', () => {
  const exception = { rule: 'privileged', subject: 'a', reason: 'b' }
  expect(parseExceptions(JSON.stringify({ listen: '127.0.0.1:1', exceptions: [exception] }))).toEqual({
    ok: true,
    exceptions: [{ ruleId: 'privileged', subject: 'a', host: '*', reason: 'b', until: null, line: null }],
  })
  expect(problemsOf('{"exceptions": ')).toEqual([{ line: null, message: 'begins with { and is not JSON' }])
})

describe('what is wrong is told with its line, its key and what is accepted, and all of it at once', () => {
  const table = (lines: string) => `\n[[exceptions]]\n${lines}`
  const good = 'rule = "privileged"\nsubject = "a"\nreason = "b"\n'
  test.each<[text: string, line: number | null, message: RegExp]>([
    ['a = ', 1, /^is not TOML: ./],
    ['[[exception]]\nrule = "privileged"', 1, /^unknown key "exception": expected .*exceptions/],
    ['[exceptions]\nrule = "privileged"', null, /expected tables, each headed \[\[exceptions\]\]/],
    ['exceptions = ["x"]', null, /exceptions\[0\]: expected a table of rule, subject/],
    [table(good.replace('privileged', 'priviledged')), 3, /"priviledged" is no rule: expected one of .*privileged,/],
    [table(good.replace('privileged', 'self-exposure')), 3, /self-exposure cannot be accepted/],
    [table(good.replace('"a"', '""')), 4, /subject: expected a name/],
    [table(good.replace('"a"', '7')), 4, /subject: expected a name/],
    [table(good.replace('reason = "b"', '')), 2, /reason: missing: expected why/],
    [table(good.replace('"b"', '"  "')), 5, /reason: expected why/],
    [table(`${good}until = 2027-01-31T00:00:00Z`), 6, /until: expected a day such as/],
    [table(`${good}until = "2027-02-30"`), 6, /until: expected a day such as/],
    [table(`${good}until = "soon"`), 6, /until: expected a day such as/],
    [table(`${good}untill = 2027-01-31`), 6, /untill: unknown key: expected rule, subject, host, reason, until/],
  ])('%j', (text, line, message) => {
    expect(problemsOf(text)).toEqual([{ line, message: expect.stringMatching(message) }])
  })

  test('one fault in one exception refuses the whole file', () => {
    expect(problemsOf(`${table(good)}${table('')}`).map(({ line }) => line)).toEqual([7, 7, 7])
  })

  test('a fault near the token does not repeat it', () => {
    expect(JSON.stringify(problemsOf('token = "hunter2-hunter2\n'))).not.toContain('hunter2')
  })
})

test('any text is read or refused, never thrown over', () => {
  const line = fc.constantFrom(
    '[[exceptions]]',
    'rule = "privileged"',
    'subject = "*"',
    'reason = "r"',
    'until = 2027-13-01',
    '__proto__ = 1',
    'constructor.x = {}',
    '"',
    '{',
  )
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(line).map(lines => lines.join('\n')),
      ),
      text => {
        const parsed = parseExceptions(text)
        if (parsed.ok) for (const one of parsed.exceptions) expect(one.reason).not.toBe('')
        else {
          expect(parsed.problems.length).toBeGreaterThan(0)
          for (const { message } of parsed.problems) expect(message).not.toMatch(/\n/)
        }
      },
    ),
  )
})

test('the example of the documentation is accepted', () => {
  const text = readFileSync(new URL('../../docs/exceptions.md', import.meta.url), 'utf8')
  const [, example = ''] = /```toml\n(.*?)```/s.exec(text) ?? []
  const parsed = parseExceptions(example)
  expect(parsed).toMatchObject({ ok: true })
  expect(parsed.ok && parsed.exceptions.length).toBeGreaterThan(1)
})

test('every rule can be named but the one about Podwire itself', () => {
  expect(acceptedRules()).toContain('exposed-and-host-equivalent')
  expect(acceptedRules()).not.toContain('self-exposure')
})
