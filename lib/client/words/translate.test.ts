import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sentences } from './es/sentences'
import { compile, type Language, type Slot, type Template } from './grammar'
import { translate, type Part } from './translate'

const language = (tables: Language['tables']): Language => ({ tables, and: () => ' y ', more: count => `${count} más` })
const grammar = compile(
  language({
    sentence: {
      '{name} is on {networks:list}.': '{name} está en {networks}.',
      'Nobody answers ({because:because}).': 'Nadie responde ({because}).',
      'It is open.': 'Está abierto.',
    },
    reason: {
      '{name} is {state}; would open': '{name} está {state}; se abriría',
      '{name} is {state}': '{name} está {state}',
    },
    note: { '{name}: {because:because}': '{name}: {because}' },
  }),
)
const say = (text: string, odd?: readonly string[]) => translate(grammar, text, odd)
const plain = (parts: readonly Part[]) => parts.map(({ text }) => text).join('')

describe('a text', () => {
  test.each([
    ['web is on a, b and c. It is open.', 'web está en a, b y c. Está abierto.'],
    ['web is on a, b and 3 more.', 'web está en a, b y 3 más.'],
    ['web is on and and and.', 'web está en and y and.'],
    [
      'Nobody answers (a is exited; would open; b is paused). It is open.',
      'Nadie responde (a está exited; se abriría; b está paused). Está abierto.',
    ],
    ['a is up; b is down', 'a está up; b está down'],
    ['host: a is up', 'host: a está up'],
    ['x.: is on {name}.', 'x.: está en {name}.'],
    ['x y: is on {name}.', null],
  ])('%s', (english, spanish) => {
    expect(say(english)).toEqual([spanish === null ? { text: english, lang: 'en' } : { text: spanish, lang: null }])
  })

  test('is Spanish as far as its sentences are known, and English from there on', () => {
    expect(say('It is open. Something else.')).toEqual([
      { text: 'Está abierto.', lang: null },
      { text: ' Something else.', lang: 'en' },
    ])
  })

  test('within another stays English, marked, where it is not known', () => {
    expect(say('Nobody answers (EOF). It is open.')).toEqual([
      { text: 'Nadie responde (', lang: null },
      { text: 'EOF', lang: 'en' },
      { text: '). Está abierto.', lang: null },
    ])
  })

  test('keeps a name that reads like a sentence', () => {
    const name = 'x is on y. It is open. z'
    expect(plain(say(`${name} is on a.`, [name]))).toBe(`${name} está en a.`)
    expect(plain(say(`web is on ${name}.`, [name]))).toBe(`web está en ${name}.`)
  })
})

test.each([
  [{ 'a {x}': 'a' }, /slot x is lost/],
  [{ a: 'a {x}' }, /no slot x/],
  [{ 'a {x:nowhere}': '{x}' }, /no table nowhere/],
])('a grammar that cannot be is refused: %j', (reason, message) => {
  expect(() => compile(language({ sentence: {}, note: {}, reason }))).toThrow(message)
})

/** Names as they could come from somebody who means ill; none holds what the tables hold themselves. */
const SIGNS = [
  '{name}',
  '$&',
  '$1',
  '.*',
  '(',
  ')',
  '\u202E',
  '\u200F',
  '`',
  '.',
  ',',
  ':',
  ';',
  ' and ',
  '. It is open. ',
  ' is on ',
  '({',
  'é',
  '🦭',
  '\\',
  '"',
]
const hostileName = fc
  .array(fc.oneof(fc.constantFrom(...SIGNS), fc.string({ minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 5 })
  .map(parts => `n${parts.join('').replaceAll(/[^\S ]|\uE000/g, '')}m`)

/** A text that one template makes of values, and the values. */
function filled(
  template: Template,
  value: (slot: Slot) => string,
  tables: ReadonlyMap<string, readonly Template[]>,
  depth = 0,
): string {
  return template.items
    .map(item => {
      if (typeof item === 'string') return item
      const inner = tables.get(item.kind === 'because' ? 'reason' : item.kind)
      // The last of a table is the plainest.
      const last = inner?.at(-1)
      if (last === undefined || depth > 2) return item.kind === 'code' ? `\`${value(item)}\`` : value(item)
      return filled(last, value, tables, depth + 1)
    })
    .join('')
}

describe('every sentence of the table', () => {
  const templates = [...sentences.tables].flatMap(([table, entries]) =>
    table === 'sentence' || table === 'reason' ? entries.map(template => ({ template })) : [],
  )

  test('is found again, and its values are in it, whatever they are called', () => {
    fc.assert(
      fc.property(fc.constantFrom(...templates), fc.infiniteStream(hostileName), ({ template }, names) => {
        const values: string[] = []
        const value = () => {
          const { value: name } = names.next()
          values.push(name)
          return name
        }
        const english = filled(template, value, sentences.tables)
        const parts = translate(
          sentences,
          english,
          values.filter(name => name.includes(' ')),
        )
        const spanish = plain(parts)
        for (const name of values)
          expect({ english, spanish, has: spanish.includes(name) }).toEqual({ english, spanish, has: true })
      }),
      { numRuns: 1500 },
    )
  })

  test('is Spanish without a part in English, where values are words', () => {
    for (const { template } of templates) {
      let next = 0
      const english = filled(template, () => `v${next++}`, sentences.tables)
      const parts = translate(sentences, english)
      // What others said is quoted.
      const quoted = template.items.some(item => typeof item !== 'string' && item.kind === 'said')
      if (!quoted) expect({ english, parts }).toEqual({ english, parts: [{ text: plain(parts), lang: null }] })
    }
  })
})

test('any text at all is shown, and none takes long', () => {
  const pieces = [...sentences.tables.values()]
    .flat()
    .flatMap(({ items }) => items.filter(item => typeof item === 'string'))
  const text = fc
    .array(fc.oneof(fc.constantFrom(...pieces), fc.string()), { maxLength: 300 })
    .map(parts => parts.join(''))
  fc.assert(
    fc.property(text, english => {
      const parts = translate(sentences, english)
      if (parts.every(({ lang }) => lang === 'en')) expect(plain(parts)).toBe(english)
    }),
    { numRuns: 60 },
  )
})

test.each([
  'a, ',
  'a and ',
  'It listens on a, ',
  'Nobody answers there (',
  '). ',
  ': ',
  'a: ',
  '`',
  'a; ',
  'x is on a (internal) and on ',
  '.',
  'n: 1/t → a; ',
])('thousands of %j end, and nothing is lost', piece => {
  const english = piece.repeat(4000).slice(0, 4000)
  for (const name of english.split(/[^\p{L}]+/u).slice(0, 1))
    expect(plain(translate(sentences, english))).toContain(name)
})

test('what is too long stays English', () => {
  const english = `It listens on ${'a'.repeat(4000)}.`
  expect(translate(sentences, english)).toEqual([{ text: english, lang: 'en' }])
})
