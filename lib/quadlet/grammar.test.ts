import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allOf, isTrue, lastOf, parseUnitText, printUnitText } from './grammar'

const entries = (text: string) => parseUnitText(text).entries.map(({ section, key, value }) => [section, key, value])

test('sections, keys with blanks around them, and comments', () => {
  const text = '# about\n[Container]\n; more\n\nImage = localhost/x \nNetwork=host\n[Install]\t\nWantedBy=a'
  expect(entries(text)).toEqual([
    ['Container', 'Image', 'localhost/x'],
    ['Container', 'Network', 'host'],
    ['Install', 'WantedBy', 'a'],
  ])
})

test('a value goes on after a backslash, over comments and empty lines, and has the line on which it begins', () => {
  const [entry] = parseUnitText('[Container]\n\nPodmanArgs=--a \\\n  # not this\n\n  --b \\\n  --c\n').entries
  expect(entry).toEqual({ section: 'Container', key: 'PodmanArgs', value: '--a --b --c', line: 3 })
})

test('a backslash at the end of the file is dropped, and what only comments follow is lost, as in Podman', () => {
  expect(entries('[Container]\nNetwork=host\\')).toEqual([['Container', 'Network', 'host']])
  expect(entries('[Container]\nNetwork=host\\\n# end')).toEqual([])
})

describe('what makes Podman refuse the file', () => {
  test.each([
    ['[Container]\nNetwork\n', 2, 'the line is not a key-value pair, group, or comment'],
    ['Network=host\n', 1, 'key file does not start with a group'],
    ['[]\n', 1, 'invalid group name'],
    ['[Container]\n=host\n', 2, 'the line is not a key-value pair, group, or comment'],
  ])('%j', (text, line, message) => {
    expect(parseUnitText(text).problem).toMatchObject({ line, message })
  })

  test('is told with its line, never with its text', () => {
    expect(JSON.stringify(parseUnitText('[Container]\nhunter2\n'))).not.toContain('hunter2')
  })
})

test('an empty value takes back the ones before it', () => {
  const read = parseUnitText('[C]\nNetwork=a\nNetwork=b\nNetwork=\nNetwork=c\n').entries
  expect(allOf(read, 'C', 'Network').map(({ value }) => value)).toEqual(['c'])
})

test('the last of a key counts, without its quotes', () => {
  const read = parseUnitText('[C]\nContainerName=a\nContainerName="b"\n').entries
  expect(lastOf(read, 'C', 'ContainerName')?.value).toBe('b')
  expect(lastOf(read, 'C', 'constructor')).toBeNull()
})

test.each(['1', 'yes', 'TRUE', 'on'])('%s is true', value => expect(isTrue(value)).toBe(true))
test.each(['0', 'no', 'y', ''])('%j is not', value => expect(isTrue(value)).toBe(false))

const key = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/)
const value = fc.stringMatching(/^(?:[!-Z^-~][ -Z^-~]{0,30}[!-Z^-~])?$/)
const entry = fc.record({ section: fc.stringMatching(/^[A-Za-z][A-Za-z -]{0,9}[a-z]$/), key, value })

test('what is printed is read back', () => {
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 20 }), list => {
      const read = parseUnitText(printUnitText(list))
      expect(read.problem).toBeNull()
      expect(read.entries.map(({ section, key: name, value: text }) => ({ section, key: name, value: text }))).toEqual(
        list,
      )
    }),
  )
})

test('reads any bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), bytes => {
      const read = parseUnitText(new TextDecoder().decode(bytes))
      for (const one of read.entries) expect(one.line).toBeGreaterThan(0)
    }),
  )
})
