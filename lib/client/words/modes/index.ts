/** Explanations of network modes; they come with whatever shows them, in the reader's language. */
import type { Translated } from '../catalogue'
import type { Language } from '../language'
import type { modes } from './en'

export type ModeWords = Translated<typeof modes>
export type Mode = keyof ModeWords

export async function modeWordsOf(language: Language): Promise<ModeWords> {
  switch (language) {
    case 'en':
      return (await import('./en')).modes
    case 'es':
      return (await import('./es')).modes
  }
}

/** One paragraph. */
export const paragraphOf = ({ claims }: { claims: Readonly<Record<string, string>> }): string =>
  Object.values(claims).join(' ')
