'use client'

import { useEffect, useState } from 'react'
import type { Words } from '@/lib/client/words/catalogue'
import { screens } from '@/lib/client/words/en/screens'
import { chooseLanguage, isLanguage, type Language } from '@/lib/client/words/language'

/** Of the catalogue only these: the build gives each of the few who ask here a copy of all that it asks for. */
const SCREENS: Record<Language, () => Promise<Words['screens']>> = {
  en: () => Promise.resolve(screens),
  es: () => import('@/lib/client/words/es/screens').then(loaded => loaded.screens),
}

/** For screens that stand outside of the page's session: English until the reader's language is loaded. */
export function useScreenWords(): Words['screens'] {
  const [words, setWords] = useState<Words['screens']>(screens)
  useEffect(() => {
    const asked = new URLSearchParams(location.search).get('lang')
    const language = chooseLanguage(asked !== null && isLanguage(asked) ? asked : null, navigator.languages)
    void SCREENS[language]().then(
      loaded => {
        document.documentElement.lang = language
        setWords(loaded)
      },
      () => {},
    )
  }, [])
  return words
}
