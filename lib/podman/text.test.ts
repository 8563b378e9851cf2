import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cut, withoutCredentials, withoutImageCredentials } from './text'

describe('cut', () => {
  it('leaves short text alone and marks what it shortened', () => {
    expect(cut('abc', 3)).toBe('abc')
    expect(cut('abcd', 3)).toBe('ab…')
  })

  it('never leaves half a surrogate pair', () => {
    expect(cut('a😀bc', 3)).toBe('a…')
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-composite' }), fc.integer({ min: 2, max: 20 }), (text, max) => {
        const short = cut(text, max)
        expect(short.length).toBeLessThanOrEqual(max)
        expect(short).not.toMatch(/[\uD800-\uDFFF]/u)
      }),
    )
  })
})

describe('withoutCredentials', () => {
  it.each([
    ['https://example.org/a', 'https://example.org/a'],
    ['https://me:secret@example.org/a', 'https://example.org/a'],
    ['https://token@example.org', 'https://example.org'],
    ['https://a@b@example.org/x', 'https://example.org/x'],
    ['see git+ssh://me:secret@host/x and https://u:p@h', 'see git+ssh://host/x and https://h'],
    ['https://me:sec/ret@example.org/a', 'https://example.org/a'],
    ['https://example.org/a@1.2', 'https://example.org/a@1.2'],
    ['https://example.org:8443/a@1.2', 'https://example.org:8443/a@1.2'],
    ['https://example.org/a?token=secret#secret', 'https://example.org/a'],
    ['HTTPS://me:secret@example.org', 'HTTPS://example.org'],
    ['1.2.3', '1.2.3'],
  ])('%s → %s', (given, expected) => {
    expect(withoutCredentials(given)).toBe(expected)
  })
})

describe('withoutImageCredentials', () => {
  const digest = `sha256:${'0a'.repeat(32)}`
  it.each([
    ['localhost/busybox:latest', 'localhost/busybox:latest'],
    [`docker.io/library/nginx@${digest}`, `docker.io/library/nginx@${digest}`],
    ['me:secret@registry.example/app:1', 'registry.example/app:1'],
    [`me:secret@registry.example/app@${digest}`, `registry.example/app@${digest}`],
    ['docker://me:secret@registry.example/app', 'docker://registry.example/app'],
    ['', ''],
  ])('%s → %s', (given, expected) => {
    expect(withoutImageCredentials(given)).toBe(expected)
  })
})
