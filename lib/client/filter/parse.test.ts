import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FIELDS, FOCUSES, formatFilter, parseFilter, withoutTerm, withTerm } from './parse'

const text = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc
    .array(
      fc.tuple(
        fc.constantFrom('', '-', '--', '"', ' '),
        fc.constantFrom(...FIELDS, ...FOCUSES, 'ip', 'docker.io/x', ''),
        fc.constantFrom(':', '', '::', ':"'),
        fc.oneof(
          fc.string({ maxLength: 8 }),
          fc.constantFrom('443', 'exposed', 'high', 'container:web', 'a,b', '"a, b"'),
        ),
      ),
      { maxLength: 5 },
    )
    .map(parts => parts.map(part => part.join('')).join(' ')),
)

describe('what is typed', () => {
  it('is conditions: fields with their other names, words, negation, any of several values', () => {
    expect(parseFilter('port:443 network:front -state:Exited,created "two words" -web sev:crit')).toEqual([
      { kind: 'field', not: false, field: 'port', values: ['443'] },
      { kind: 'field', not: false, field: 'net', values: ['front'] },
      { kind: 'field', not: true, field: 'state', values: ['exited', 'created'] },
      { kind: 'word', not: false, text: 'two words' },
      { kind: 'word', not: true, text: 'web' },
      { kind: 'field', not: false, field: 'sev', values: ['critical'] },
    ])
    expect(parseFilter('near:user/network:back outside:port:*:80/tcp')).toEqual([
      { kind: 'focus', how: 'near', hostId: 'user', ref: { kind: 'network', name: 'back' } },
      { kind: 'focus', how: 'outside', hostId: null, ref: { kind: 'port', hostIp: '', hostPort: 80, protocol: 'tcp' } },
    ])
  })

  it('keeps as a word what has a colon and is no field: images, addresses', () => {
    for (const word of ['docker.io/library/web:1.2', 'fd00::5', 'constructor:x', '__proto__:x', '-'])
      expect(parseFilter(word)).toEqual([{ kind: 'word', not: false, text: word }])
    expect(parseFilter('"port:443"')).toEqual([{ kind: 'word', not: false, text: 'port:443' }])
  })

  it('is wrong where a field cannot have such a value', () => {
    for (const wrong of [
      'port:abc',
      'port:0',
      'port:70000',
      'port:1-99999',
      'sev:awful',
      'is:nice',
      'near:web',
      'net:',
    ])
      expect(parseFilter(wrong)).toMatchObject([{ kind: 'wrong', text: wrong }])
  })

  it('is read back as the same once it is written, whatever it was', () => {
    fc.assert(
      fc.property(text, given => {
        const terms = parseFilter(given)
        expect(parseFilter(formatFilter(terms))).toEqual(terms)
      }),
    )
  })

  it('has an end', () => {
    expect(parseFilter('a1 '.repeat(10_000))).toHaveLength(1)
    expect(parseFilter(Array.from({ length: 500 }, (_, at) => `w${at}`).join(' ')).length).toBeLessThan(50)
  })

  it('grows and shrinks by one condition', () => {
    const [term] = parseFilter('is:exposed')
    if (term === undefined) throw new Error('no term')
    expect(withTerm('web', term)).toBe('web is:exposed')
    expect(withTerm('web is:exposed', term)).toBe('web is:exposed')
    expect(withoutTerm('web is:exposed port:80', 1)).toBe('web port:80')
  })
})
