/** Reads a text by the templates of a grammar: which sentences it is made of, and of which values they are. */
import type { Grammar, Joint, Slot, Template } from './grammar'

/** Templates tried per text: whatever the text, this ends. */
const MAX_STEPS = 200_000

/** What was understood, to be flattened: text, a value that is read on its own, or several. */
export type Said = string | { value: string } | readonly Said[]

interface Found {
  end: number
  said: Said
  /** How many of its values may be anything: the fewer, the surer it is. */
  free: number
}

const surest = (a: Found, b: Found): number => a.free - b.free

export class Reading {
  readonly #grammar: Grammar
  readonly #text: string
  /** Where the word ends that a position is in. */
  readonly #wordEnds: Uint32Array
  readonly #tables = new Map<string, Found[]>()
  #steps = MAX_STEPS

  constructor(grammar: Grammar, text: string) {
    this.#grammar = grammar
    this.#text = text
    this.#wordEnds = new Uint32Array(text.length + 1).fill(text.length)
    for (let at = text.length - 1; at >= 0; at--)
      this.#wordEnds[at] = /\s/.test(text.charAt(at)) ? at : (this.#wordEnds[at + 1] ?? at)
  }

  /** The text as sentences, or as one reason; else as many of its first sentences as are known. */
  whole(): { reached: number; said: Said } {
    const { length } = this.#text
    const sentences = this.#sentences()
    if (sentences.reached === length) return sentences
    for (const found of [...this.#several('reason', 'series', 0).toSorted(surest), ...this.#table('note', 0)])
      if (found.end === length) return { reached: length, said: found.said }
    return sentences
  }

  /** From the end to the beginning of what can be a sentence: whichever way gets furthest. */
  #sentences(): { reached: number; said: Said } {
    interface Way {
      at: number
      said: Said
      before: Way | null
    }
    const seen = new Set<number>()
    let best: Way = { at: 0, said: '', before: null }
    const open: Way[] = [best]
    for (let way = open.pop(); way !== undefined; way = open.pop()) {
      if (seen.has(way.at)) continue
      seen.add(way.at)
      if (way.at > best.at) best = way
      if (best.at === this.#text.length) break
      const begin = way.at === 0 ? 0 : way.at + 1
      for (const { end, said } of this.#table('sentence', begin).toReversed()) {
        if (end === this.#text.length || this.#text.charAt(end) === ' ')
          open.push({ at: end, said: way.at === 0 ? said : [' ', said], before: way })
      }
    }
    const said: Said[] = []
    for (let way: Way | null = best; way !== null; way = way.before) said.unshift(way.said)
    return { reached: best.at, said }
  }

  /** Every way to read one entry of a table here. */
  #table(name: string, at: number): Found[] {
    const key = `${name} ${at}`
    const known = this.#tables.get(key)
    if (known !== undefined) return known
    const found: Found[] = []
    // Set before it is filled: an entry that begins with its own table ends there.
    this.#tables.set(key, found)
    for (const template of this.#grammar.tables.get(name) ?? []) this.#fill(template, 0, at, [], 0, found)
    const sorted = found.toSorted(surest)
    this.#tables.set(key, sorted)
    return sorted
  }

  #fill(template: Template, index: number, at: number, values: readonly Said[], free: number, found: Found[]): void {
    if (this.#steps-- <= 0) return
    const item = template.items[index]
    if (item === undefined) {
      found.push({
        end: at,
        free,
        said: template.out.map(piece => (typeof piece === 'number' ? (values[piece] ?? '') : piece)),
      })
      return
    }
    if (typeof item === 'string') {
      if (this.#text.startsWith(item, at)) this.#fill(template, index + 1, at + item.length, values, free, found)
      return
    }
    const next = template.items[index + 1]
    for (const one of this.#slot(item, at, typeof next === 'string' ? next : null))
      this.#fill(template, index + 1, one.end, [...values, one.said], free + one.free, found)
  }

  #slot({ kind, joint }: Slot, at: number, next: string | null = null): Found[] {
    return joint === null ? this.#one(kind, at, next) : this.#several(kind, joint, at)
  }

  /** @param next the text that has to follow, if that is known */
  #one(kind: string, at: number, next: string | null): Found[] {
    switch (kind) {
      case 'word':
        return this.#words(at, next)
      case 'code':
        return this.#code(at)
      case 'said':
        return this.#anything(at, next, value => ({ value }))
      case 'text':
        return this.#anything(at, next, value => value)
      case 'because':
        return [...this.#several('reason', 'series', at), ...this.#anything(at, next, value => ({ value }))]
      default:
        return this.#table(kind, at)
    }
  }

  #words(at: number, next: string | null): Found[] {
    const last = this.#wordEnds[at] ?? at
    const found: Found[] = []
    for (let end = last; end > at; end--) {
      this.#steps--
      if (next === null || this.#text.startsWith(next, end))
        found.push({ end, said: this.#text.slice(at, end), free: 0 })
      // Nothing known follows: what may follow is a sign of the sentence around it.
      if (next === null && !/[.,;:)]/.test(this.#text.charAt(end - 1))) break
      if (next?.startsWith(' ') || this.#steps <= 0) break
    }
    return found
  }

  #code(at: number): Found[] {
    if (this.#text.charAt(at) !== '`') return []
    const end = this.#text.indexOf('`', at + 1) + 1
    return end === 0 ? [] : [{ end, said: this.#text.slice(at, end), free: 0 }]
  }

  /** The longest first: a text that looks like ours within a value is a part of the value. */
  #anything(at: number, next: string | null, said: (value: string) => Said): Found[] {
    const found: Found[] = []
    const { length } = this.#text
    const take = (end: number) => {
      if (end > at) found.push({ end, said: said(this.#text.slice(at, end)), free: 1 })
    }
    if (next === null) take(length)
    else
      for (
        let end = this.#text.lastIndexOf(next);
        end > at && this.#steps-- > 0;
        end = this.#text.lastIndexOf(next, end - 1)
      )
        take(end)
    return found
  }

  #several(kind: string, joint: Exclude<Joint, null>, at: number): Found[] {
    const { and, more } = this.#grammar.language
    const between = { list: ', ', commas: ', ', series: '; ', both: ' and ' }[joint]
    const found: Found[] = []
    const open = this.#one(kind, at, null).toReversed()
    for (let last = open.pop(); last !== undefined && this.#steps-- > 0; last = open.pop()) {
      const { end, said, free } = last
      found.push(last)
      const join = (separator: string, element: Found): Found => ({
        end: element.end,
        said: [said, separator, element.said],
        free: free + element.free,
      })
      if (this.#text.startsWith(between, end))
        for (const element of this.#one(kind, end + between.length, null).toReversed())
          open.push(join(joint === 'both' ? and(beginning(element.said)) : between, element))
      if (joint === 'both' || joint === 'commas') continue
      const count = /^ (?:and )?(\d+) more/.exec(this.#text.slice(end, end + 20))
      if (count?.[1] !== undefined && joint === 'list')
        found.push({ end: end + count[0].length, said: [said, and(count[1]), more(count[1])], free })
      if (joint === 'list' && this.#text.startsWith(' and ', end))
        for (const element of this.#one(kind, end + ' and '.length, null))
          found.push(join(and(beginning(element.said)), element))
    }
    return found.toSorted((a, b) => b.end - a.end || surest(a, b))
  }
}

/** The first text of it. */
function beginning(said: Said): string {
  if (typeof said === 'string') return said
  if ('value' in said) return said.value
  for (const one of said) {
    const text = beginning(one)
    if (text !== '') return text
  }
  return ''
}
