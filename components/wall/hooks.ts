'use client'

import { useEffect, useState, useSyncExternalStore } from 'react'
import { staleBecause, type Stale } from '@/lib/client/freshness'
import type { Words } from '@/lib/client/words/catalogue'
import { useNow, usePage } from '@/components/page-state'
import type { Host } from '@/lib/topology/types'

const readSize = () => `${innerWidth} ${innerHeight}`
const watchSize = (changed: () => void) => {
  addEventListener('resize', changed)
  return () => removeEventListener('resize', changed)
}

/** Pixels of the screen. */
export function useScreenSize(): { width: number; height: number } {
  const text = useSyncExternalStore(watchSize, readSize, () => '1920 1080')
  const [width = 1920, height = 1080] = text.split(' ').map(Number)
  return { width, height }
}

const IDLE_MS = 3000

/** True when nobody has moved the pointer for a while. */
export function useIdle(): boolean {
  const [idle, setIdle] = useState(false)
  useEffect(() => {
    const sleep = () => setIdle(true)
    let timer = setTimeout(sleep, IDLE_MS)
    const wake = () => {
      clearTimeout(timer)
      timer = setTimeout(sleep, IDLE_MS)
      setIdle(false)
    }
    addEventListener('pointermove', wake)
    return () => {
      clearTimeout(timer)
      removeEventListener('pointermove', wake)
    }
  }, [])
  return idle
}

const SHIFT_MS = 180_000
/** Round the middle, one step at a time; in quarters of a label, which the margins have room for. */
const PATH = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
  [-1, 1],
  [-1, 0],
  [-1, -1],
  [0, -1],
  [1, -1],
] as const

/** A few pixels another way every few minutes, against burnt-in screens. */
export function useShift(label: number): string {
  const [step, setStep] = useState(0)
  useEffect(() => {
    const timer = setInterval(() => setStep(now => (now + 1) % PATH.length), SHIFT_MS)
    return () => clearInterval(timer)
  }, [])
  const [x, y] = PATH[step] ?? [0, 0]
  return `translate(${(x * label) / 4}px, ${(y * label) / 4}px)`
}

/** Which of so many is shown, one after the other. */
export function useTurn(count: number, seconds: number): number {
  const [turn, setTurn] = useState(0)
  useEffect(() => {
    if (count < 2 || seconds === 0) return
    const timer = setInterval(() => setTurn(now => now + 1), seconds * 1000)
    return () => clearInterval(timer)
  }, [count, seconds])
  return count === 0 ? 0 : turn % count
}

/** Why what is shown of this host may not be taken for current; null when it may. */
export function useStaleOf(host: Host | null, { freshness }: Words['page']): Stale | null {
  const stream = usePage(state => state.stream)
  const ages = usePage(state => state.ages)
  const now = useNow()
  return staleBecause(stream, host === null ? [] : [host], ages, now, freshness)
}
