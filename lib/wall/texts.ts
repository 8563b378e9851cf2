/** Every word of the wall: one table for each language, of which one is loaded. What findings say at length is English. */
import { formatAge } from '@/lib/client/age'
import type { Words } from '@/lib/client/words/catalogue'
import type { Language } from '@/lib/client/words/language'
import type { MapWords } from '@/lib/graph/map-words'
import type { Severity } from '@/lib/exposure/types'
import type { WallBox } from './facts'
import type { WallChange } from './ticker'
import { en } from './words/en'

export interface WallTexts {
  language: Language
  /** Of the dashboard's own catalogue, what the wall says too: signs, rules and freshness. */
  legend: Words['legend']
  rules: Words['rules']
  page: Words['page']
  map: MapWords
  number: (n: number) => string
  /** "09:05" */
  clock: (time: Date) => string
  /** Under the number of doors; `n` is that number, `more` says that not all are known. */
  doors: (n: number, more: boolean) => string
  /** What the number is made of, and what needs no door; the most important first. */
  made: (parts: { published: number; listening: number | null; hostMode: number; onLan: number }) => string[]
  outside: string
  noDoors: string
  unknownDoors: string
  moreDoors: (n: number) => string
  published: string
  unsure: string
  unknownListener: string
  severity: (severity: Severity, n: number) => string
  noFindings: string
  notExamined: (n: number) => string
  /** From the longest to the shortest. */
  size: (containers: number, running: number, networks: number, declared: number) => string[]
  boxes: Record<NonNullable<WallBox['group']>, string>
  moreChips: (n: number) => string
  /** From the longest to the shortest. */
  moreBoxes: (boxes: number, containers: number) => string[]
  /** From the longest to the shortest. */
  live: (age: string) => string[]
  polling: (age: string) => string[]
  reconnecting: (seconds: number) => string[]
  connecting: string
  ended: string
  stale: string
  /** The whole of the headline's place, while nothing may be taken for current. */
  staleAge: (age: string) => string
  lastGood: string
  changes: string
  noChanges: (since: string) => string
  change: (change: WallChange) => string
  reading: string
  noServer: string
  noHosts: string
  noSuchHost: (host: string) => string
  unreachable: (host: string) => string
  demo: string
  broken: string
  signedOut: string
  position: (nth: number, of: number) => string
  title: (host: string) => string
}

/** English comes with the wall, other languages when they are asked for. */
export async function wallTextsOf(language: Language): Promise<WallTexts> {
  switch (language) {
    case 'en':
      return en
    case 'es':
      return (await import('./words/es')).es
  }
}

/** Durations as the wall says them. */
export const ageText = (seconds: number): string => formatAge(seconds).replaceAll(' ', '\u00a0')
