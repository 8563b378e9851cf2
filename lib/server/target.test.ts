import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MAX_TARGET, judgeTarget } from './target'

test.each([
  '/',
  '/?theme=dark&select=container%3Aweb',
  '/api/v1/containers/root:container:0123456789ab',
  '/api/v1/containers/name%3Awith%20space',
  '/_next/static/chunks/0a1b.js',
  '/.well-known/x',
  '/a?b=%252e',
])('%s is served', target => expect(judgeTarget(target)).toMatchObject({ ok: true }))

describe('what could be read in two ways is refused', () => {
  const refused: [string, number][] = [
    ['/../etc/passwd', 400],
    ['/a/../b', 400],
    ['/a/./b', 400],
    ['/..', 400],
    ['/%2e%2e/etc/passwd', 400],
    ['/.%2e/etc', 400],
    ['/..;/admin', 400],
    ['/%252e%252e/x', 400],
    ['/%25%32%65', 400],
    ['/%2e%2e%2fetc', 404],
    ['/api/v1/containers/..%2f..%2fimages%2fjson', 404],
    ['/a%5cb', 404],
    ['/a\\b', 400],
    ['/a%00b', 400],
    ['/a%0d%0aX: y', 400],
    ['/a%0d%0aX:y', 400],
    ['/?a=%0d%0aX:y', 400],
    ['/?a=%00', 400],
    ['/%zz', 400],
    ['/?a=%zz', 400],
    ['/%c0%ae%c0%ae/', 400],
    ['/ä', 400],
    ['/a b', 400],
    ['/a#b', 400],
    ['//evil.example', 404],
    ['/api//v1', 404],
    ['/api/v1/containers/x%3Fsize=true', 404],
    ['/api/v1/containers/x%23', 404],
    ['http://169.254.169.254/', 400],
    ['https://localhost:4410/', 400],
    ['localhost:4410', 400],
    ['*', 400],
    ['', 400],
    ['/?__nextLocale=de', 400],
    ['/?%5f_nextLocale=de', 400],
    ['/?a=1&nxtPid=x', 400],
    ['/?nxtIid=x', 400],
    [`/?${'a&'.repeat(MAX_TARGET)}`, 414],
    [`/${'a'.repeat(MAX_TARGET)}`, 414],
  ]
  test.each(refused)('%s', (target, status) => expect(judgeTarget(target)).toMatchObject({ ok: false, status }))
})

test('whatever is served has a path that decoding again and normalising leave as it is', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('/', '.', '%2e', '%2f', '%25', '%', '\\', ';', 'a', '?', '#', '%5c', '\u0000', '2e')),
      parts => {
        const verdict = judgeTarget(`/${parts.join('')}`)
        if (!verdict.ok) return
        expect(new URL(`http://h${verdict.path.replaceAll('%', '%25')}`).pathname).toBe(
          verdict.path.replaceAll('%', '%25'),
        )
        expect(verdict.path).not.toMatch(/%[0-9a-f]{2}|\\|\/\.\.?(\/|$)|\/\//i)
      },
    ),
    { numRuns: 2000 },
  )
})
