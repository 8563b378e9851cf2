'use client'

import { useEffect } from 'react'
import { Saying } from '@/components/wall/parts'
import { reloadAfterFault } from '@/components/wall/recover'
import { useWallTexts } from '@/components/wall/use-texts'
import { labelOf } from '@/lib/wall/frame'
import { parseWallUrl } from '@/lib/wall/url'

/** Nobody is there to press a button. */
export default function WallError() {
  useEffect(() => reloadAfterFault(performance.now()), [])
  const inBrowser = typeof window !== 'undefined'
  const texts = useWallTexts(parseWallUrl(inBrowser ? location.search : '').lang)
  const label = inBrowser ? labelOf(innerWidth, innerHeight) : 24
  return (
    <main className="wall">
      <Saying label={label}>
        <h1>{texts?.broken}</h1>
      </Saying>
    </main>
  )
}
