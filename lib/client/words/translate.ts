/**
 * Texts of the server in another language. A text is read by the templates of a grammar; what no template knows stays as it
 * is, and is marked. Values are copied, never changed. Pure, and never throws.
 */
import type { Grammar } from './grammar'
import { Reading, type Said } from './reading'

export interface Part {
  text: string
  /** null = in the language of the grammar. */
  lang: 'en' | null
}

/** Longer texts stay English; the longest that the server makes has some hundred words. */
const MAX_LENGTH = 4000
/** Reasons of reasons of reasons. */
const MAX_DEPTH = 3
/** Stands for a space within a name while sentences are read. */
const HARD_SPACE = '\uE000'

/**
 * @param odd names with white space in them, which could be read as sentences. Engines give no such names to containers and
 *   networks; users and those who pretend to be an engine do.
 */
export function translate(grammar: Grammar, text: string, odd: readonly string[] = []): Part[] {
  if (text.length > MAX_LENGTH || text.includes(HARD_SPACE)) return [{ text, lang: 'en' }]
  let hard = text
  for (const name of odd.toSorted((a, b) => b.length - a.length))
    if (name !== '') hard = hard.replaceAll(name, () => name.replaceAll(' ', HARD_SPACE))
  const parts: Part[] = []
  const add = (piece: string, lang: Part['lang']) => {
    const last = parts.at(-1)
    const plain = piece.replaceAll(HARD_SPACE, ' ')
    if (last?.lang === lang) last.text += plain
    else if (plain !== '') parts.push({ text: plain, lang })
  }
  const flatten = (said: Said, depth: number) => {
    if (typeof said === 'string') add(said, null)
    else if ('value' in said) put(said.value, depth + 1)
    else for (const one of said) flatten(one, depth)
  }
  const put = (value: string, depth: number) => {
    const { reached, said } = depth > MAX_DEPTH ? NOTHING : new Reading(grammar, value).whole()
    flatten(said, depth)
    add(value.slice(reached), 'en')
  }
  put(hard, 0)
  return parts
}

const NOTHING = { reached: 0, said: '' }
