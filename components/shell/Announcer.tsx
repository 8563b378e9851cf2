'use client'

import { useEffect, useRef, useState } from 'react'
import { plural } from '@/lib/client/age'
import { isActive } from '@/lib/client/findings'
import { usePage } from '@/components/page-state'

/** Reads out when the number of findings changes, and nothing else: a live page that talks all the time is muted. */
export function Announcer() {
  const count = usePage(state => (state.findings === null ? null : state.findings.findings.filter(isActive).length))
  const before = useRef<number | null>(null)
  const [text, setText] = useState('')
  useEffect(() => {
    if (count !== null && before.current !== null && count !== before.current) {
      setText(
        `${plural(count, 'finding')}, ${Math.abs(count - before.current)} ${count > before.current ? 'more' : 'fewer'}`,
      )
    }
    before.current = count
  }, [count])
  return (
    <output aria-live="polite" className="sr-only">
      {text}
    </output>
  )
}
