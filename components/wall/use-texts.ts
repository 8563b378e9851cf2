'use client'

import { useEffect, useState } from 'react'
import { chooseLanguage, type Language } from '@/lib/client/words/language'
import { saying, sayingOf } from '@/lib/client/words/said'
import { type WallTexts, wallTextsOf } from '@/lib/wall/texts'
import { en } from '@/lib/wall/words/en'

const AGAIN_MS = 30_000

/** What the wall says in the link's language, else the browser's; null until it is loaded, English while it cannot be. */
export function useWallTexts(asked: Language | null): WallTexts | null {
  const [texts, setTexts] = useState<WallTexts | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let ended = false
    const show = (loaded: WallTexts) => {
      if (ended) return
      document.documentElement.lang = loaded.language
      setTexts(loaded)
    }
    const load = () =>
      void textsAndSaying(chooseLanguage(asked, navigator.languages)).then(show, () => {
        show(en)
        if (!ended) timer = setTimeout(load, AGAIN_MS)
      })
    load()
    return () => {
      ended = true
      clearTimeout(timer)
    }
  }, [asked])
  return texts
}

/** The server's sentences are there before the first picture is composed with them. */
async function textsAndSaying(language: Language): Promise<WallTexts> {
  const [texts, say] = await Promise.all([wallTextsOf(language), sayingOf(language)])
  saying.setState({ say })
  return texts
}
