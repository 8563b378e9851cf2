/** Tables of templates, taken apart once. */

/** How the elements of one slot are joined; null = there is one. */
export type Joint = 'list' | 'commas' | 'series' | 'both' | null

export interface Slot {
  name: string
  /** "word", "text", "said", "because", "code", or the name of a table; a capital letter means that its first word has one. */
  kind: string
  joint: Joint
}

export interface Template {
  items: readonly (string | Slot)[]
  /** Texts, and indexes of the slots. */
  out: readonly (string | number)[]
}

export interface Language {
  /** By name: English template → template of the language. A text begins in "sentence", else in "reason", else in "note". */
  tables: Readonly<Record<string, Readonly<Record<string, string>>>>
  /** Between the last two of a list; told what follows. */
  and: (next: string) => string
  /** After the last of a list that was cut. */
  more: (count: string) => string
}

export interface Grammar {
  tables: ReadonlyMap<string, readonly Template[]>
  language: Language
}

const SLOT = /\{([a-z]+)(?::([a-zA-Z]+)(?: (list|commas|series|both))?)?\}/g
const JOINTS: ReadonlyMap<string, Joint> = new Map([
  ['list', 'list'],
  ['commas', 'commas'],
  ['series', 'series'],
  ['both', 'both'],
])

/** @throws when a template has a slot that the other lacks, or a kind that is not there. */
export function compile(language: Language): Grammar {
  const tables = new Map<string, readonly Template[]>()
  for (const [name, pairs] of Object.entries(language.tables)) {
    const entries = Object.entries(pairs)
    tables.set(name, entries.map(read))
    tables.set(
      capital(name),
      entries.map(([english, other]) =>
        read(english.startsWith('{') ? [english, other] : [capital(english), capital(other)]),
      ),
    )
  }
  for (const { items } of [...tables.values()].flat())
    for (const item of items)
      if (typeof item !== 'string' && !BUILT_IN.has(item.kind) && !tables.has(item.kind))
        throw new Error(`no table ${item.kind}`)
  return { tables, language }
}

const BUILT_IN = new Set(['word', 'text', 'said', 'because', 'code'])

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function read([english, other]: readonly [string, string]): Template {
  const items = split(english, (name, kind, joint): Slot => {
    const known = JOINTS.get(joint ?? kind ?? '') ?? null
    return { name, kind: kind === undefined || JOINTS.has(kind) ? 'word' : kind, joint: known }
  })
  const names = items.flatMap(item => (typeof item === 'string' ? [] : [item.name]))
  const out = split(other, name => {
    const index = names.indexOf(name)
    if (index === -1) throw new Error(`no slot ${name} in: ${english}`)
    return index
  })
  for (const index of names.keys())
    if (!out.includes(index)) throw new Error(`slot ${names[index]} is lost in: ${other}`)
  return { items, out }
}

function split<T>(text: string, slot: (name: string, kind?: string, joint?: string) => T): (string | T)[] {
  const parts: (string | T)[] = []
  let from = 0
  for (const match of text.matchAll(SLOT)) {
    const [whole, name = '', kind, joint] = match
    if (match.index > from) parts.push(text.slice(from, match.index))
    parts.push(slot(name, kind, joint))
    from = match.index + whole.length
  }
  if (from < text.length) parts.push(text.slice(from))
  return parts
}
