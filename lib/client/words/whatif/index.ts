/** Words of the what-if panel; they come with it, in the reader's language. */
import type { Translated } from '../catalogue'
import type { Language } from '../language'
import type { whatIf } from './en'

export type WhatIfWords = Translated<typeof whatIf>

export async function whatIfWordsOf(language: Language): Promise<WhatIfWords> {
  switch (language) {
    case 'en':
      return (await import('./en')).whatIf
    case 'es':
      return (await import('./es')).whatIf
  }
}
