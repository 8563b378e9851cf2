'use client'

import { useEffect, useState } from 'react'
import { parseUrl } from '@/lib/client/url'
import { type Words, wordsOf } from '@/lib/client/words/catalogue'
import { chooseLanguage } from '@/lib/client/words/language'
import { en } from '@/lib/client/words/en'

/** For screens that stand outside of the page's session: English until the reader's language is loaded. */
export function useScreenWords(): Words['screens'] {
  const [words, setWords] = useState<Words>(en)
  useEffect(() => {
    const language = chooseLanguage(parseUrl(location.search).lang, navigator.languages)
    void wordsOf(language).then(
      loaded => {
        document.documentElement.lang = language
        setWords(loaded)
      },
      () => {},
    )
  }, [])
  return words.screens
}
