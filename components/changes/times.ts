'use client'

import { useMemo } from 'react'
import { localesOf } from '@/lib/client/age'
import { useWords } from '@/components/page-state'

/** Times of the log in the form that the reader's region gives the chosen language: with their day, unless that is today. */
export function useClock(): (iso: string) => string {
  const { locale } = useWords().page
  return useMemo(() => {
    const time = new Intl.DateTimeFormat(localesOf(locale), { timeStyle: 'medium' })
    const dateTime = new Intl.DateTimeFormat(localesOf(locale), { dateStyle: 'short', timeStyle: 'medium' })
    return iso => {
      const at = new Date(iso)
      if (Number.isNaN(at.getTime())) return iso
      return (at.toDateString() === new Date().toDateString() ? time : dateTime).format(at)
    }
  }, [locale])
}
