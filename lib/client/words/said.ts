/** What the server says, as the reader is told it. English is what it speaks; other languages bring their sentences. */
import { createStore } from 'zustand/vanilla'
import type { Topology } from '@/lib/topology/types'
import type { Language } from './language'
import type { Part } from './translate'

/** Equal texts give the same parts. The topology tells which names there are. */
export type Say = (text: string, topology: Topology | null) => readonly Part[]

/** `say` is null where the server's words are the reader's. */
export const saying = createStore<{ say: Say | null; topology: Topology | null }>(() => ({ say: null, topology: null }))

/** null for English. Where the sentences cannot be loaded, English stays, and is marked. */
export async function sayingOf(language: Language): Promise<Say | null> {
  switch (language) {
    case 'en':
      return null
    case 'es':
      return import('./es/sentences').then(
        ({ sayInSpanish }) => sayInSpanish,
        () => marked,
      )
  }
}

const marked: Say = text => [{ text, lang: 'en' }]

/** In the reader's language as far as it is known there. `lang` is set when some of it is English. */
export interface Told {
  text: string
  lang: 'en' | undefined
}

/** For one line of one language: the whole text in the reader's, else as the server says it. */
export function wholly(text: string): Told {
  const { say, topology } = saying.getState()
  if (say === null) return { text, lang: undefined }
  const parts = say(text, topology)
  return parts.every(({ lang }) => lang === null)
    ? { text: parts.map(part => part.text).join(''), lang: undefined }
    : { text, lang: 'en' }
}

/** For labels, which cannot mark a part as English. */
export function plainly(text: string): string {
  const { say, topology } = saying.getState()
  return say === null
    ? text
    : say(text, topology)
        .map(part => part.text)
        .join('')
}
