'use client'

import { useEffect, useState } from 'react'
import { isLanguage, type Language } from '@/lib/client/words/language'
import { useWords } from '@/components/page-state'

/** Words that come with a part of the page: null until they are there, "failed" when they cannot be loaded. */
export function useAreaWords<T extends object>(load: (language: Language) => Promise<T>): T | null | 'failed' {
  const { locale } = useWords().page
  const [loaded, setLoaded] = useState<{ locale: string; words: T | 'failed' } | null>(null)
  useEffect(() => {
    let left = false
    const tell = (words: T | 'failed') => {
      if (!left) setLoaded({ locale, words })
    }
    load(isLanguage(locale) ? locale : 'en').then(tell, () => tell('failed'))
    return () => {
      left = true
    }
  }, [locale, load])
  return loaded?.words ?? null
}
