'use client'

import { useEffect, useRef, useState } from 'react'
import { useFindings } from '@/components/findings/use-findings'
import { useIsStale, useShownTopology, useWords } from '@/components/page-state'

/** Reads out when the number of findings changes, and nothing else: a live page that talks all the time is muted. */
export function Announcer() {
  const count = useFindings()?.active.length ?? null
  const { announce, findings } = useWords().page
  const before = useRef<number | null>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    if (count !== null && before.current !== null && count !== before.current) {
      setText(
        count > before.current
          ? announce.more(findings(count), count - before.current)
          : announce.fewer(findings(count), before.current - count),
      )
    }
    before.current = count
  }, [count, announce, findings])
  return (
    <output aria-live="polite" className="sr-only">
      {text}
    </output>
  )
}

/** What a row of tabs has room for: the worst, and whether it may be believed. */
export function useTitle(): void {
  const findings = useFindings()
  const stale = useIsStale()
  const hosts = useShownTopology()?.hosts ?? []
  const { tab } = useWords().page
  const critical = findings?.active.filter(({ severity }) => severity === 'critical').length ?? 0
  const [only] = hosts
  const name = hosts.length === 1 && only !== undefined ? `${only.name} – Podwire` : 'Podwire'
  const title = `${stale ? `${tab.stale} ` : ''}${critical > 0 ? `${tab.critical(critical)} · ` : ''}${name}`
  useEffect(() => {
    document.title = title
  }, [title])
}
