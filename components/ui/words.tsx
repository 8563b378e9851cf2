'use client'

import { createContext, use } from 'react'

/** What the parts themselves say. Whoever uses them brings it, in the reader's language. */
export interface UiWords {
  unknown: string
  none: string
  copy: (what: string) => string
  copied: string
  copyBarred: string
}

const UiWordsContext = createContext<UiWords | null>(null)

export const UiWordsProvider = UiWordsContext

export function useUiWords(): UiWords {
  const words = use(UiWordsContext)
  if (words === null) throw new Error('outside of a page that speaks')
  return words
}
