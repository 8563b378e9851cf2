import { describe, expect, test } from 'vitest'
import { THEMES } from '@/lib/graph/appearance'
import { RULES } from '@/lib/exposure/rules'
import { legend } from '@/lib/graph/legend'
import { wordsOf } from './catalogue'
import { en } from './en'
import { chooseLanguage, LANGUAGES } from './language'

/** Every text of a catalogue by its path; functions are asked with values that show. */
function textsOf(tree: object, path = ''): Map<string, string> {
  const texts = new Map<string, string>()
  for (const [key, value] of Object.entries(tree) as [string, unknown][]) {
    const here = path === '' ? key : `${path}.${key}`
    if (typeof value === 'string') texts.set(here, value)
    else if (typeof value === 'function') texts.set(here, String(value('«1»', '«2»', '«3»')))
    else if (typeof value === 'object' && value !== null)
      for (const [inner, text] of textsOf(value, here)) texts.set(inner, text)
  }
  return texts
}

test.each(LANGUAGES.filter(language => language !== 'en'))(
  '%s has a title for every rule, and no other',
  async language => {
    const { rules } = await wordsOf(language)
    expect(Object.keys(rules).toSorted()).toEqual(RULES.map(({ id }) => id).toSorted())
  },
)

describe.each(LANGUAGES)('%s', language => {
  test('no text is empty but where English is', async () => {
    const english = textsOf(en)
    for (const [path, text] of textsOf(await wordsOf(language)))
      if (english.get(path) !== '') expect({ path, text }).not.toEqual({ path, text: '' })
  })

  test('every value that English shows is shown', async () => {
    const translated = textsOf(await wordsOf(language))
    const valuesIn = (text: string | undefined) => (text?.match(/«\d»/g) ?? []).toSorted()
    for (const [path, text] of textsOf(en))
      expect({ path, values: valuesIn(translated.get(path)) }).toEqual({ path, values: valuesIn(text) })
  })

  test.each(THEMES)('the legend has a word and a picture for everything (%s)', async theme => {
    const { legend: words } = await wordsOf(language)
    const sections = legend(theme, words)
    for (const { word, svg } of sections.flatMap(({ rows }) => rows)) {
      expect(word).not.toBe('')
      expect(svg).toMatch(/^<svg .*<\/svg>$/)
    }
    const said = sections.flatMap(({ rows }) => rows.map(({ word }) => word))
    const { drivers, doors, states, flags, severities, verdicts, places } = words
    for (const table of [drivers, doors, states, flags, severities, verdicts, places])
      for (const { word } of Object.values(table)) expect(said).toContain(word)
  })
})

test('the language is the one of the link, else the first known of the browser, else English', () => {
  expect(chooseLanguage('es', ['en-GB'])).toBe('es')
  expect(chooseLanguage(null, ['fr', 'ES-mx', 'en'])).toBe('es')
  expect(chooseLanguage(null, ['fr', 'constructor'])).toBe('en')
  expect(chooseLanguage(null, [])).toBe('en')
})
