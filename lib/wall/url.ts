/** The wall's link: `/wall?host=root&theme=dark&rotate=30&lang=en`. Nothing else sets it up, and nothing is stored. */
import { isThemeChoice, type ThemeChoice } from '@/lib/client/theme'
import type { Host } from '@/lib/topology/types'
import { isLanguage, type Language } from '@/lib/client/words/language'

export interface WallUrl {
  /** Id or name of the one host that is shown; null = all in turn. */
  host: string | null
  theme: ThemeChoice
  /** Seconds that each host is shown; 0 = the one that is worst stays. */
  rotate: number
  /** null = the browser's: the link says none, or one that there is no table for. */
  lang: Language | null
}

const USUAL_SECONDS = 30
/** Faster than this nobody reads; slower is as good as never. */
const FASTEST = 5
const SLOWEST = 86_400

function secondsOf(text: string | null): number {
  const seconds = text === null || text.trim() === '' ? USUAL_SECONDS : Number(text)
  if (!Number.isFinite(seconds)) return USUAL_SECONDS
  return seconds <= 0 ? 0 : Math.min(SLOWEST, Math.max(FASTEST, seconds))
}

/** Reads a query string; what it does not know it ignores. A wall is dark unless it is told otherwise. */
export function parseWallUrl(search: string): WallUrl {
  const query = new URLSearchParams(search)
  const theme = query.get('theme')
  const lang = query.get('lang')?.toLowerCase().split('-', 1)[0] ?? ''
  return {
    host: query.get('host') || null,
    theme: theme !== null && isThemeChoice(theme) ? theme : 'dark',
    rotate: secondsOf(query.get('rotate')),
    lang: isLanguage(lang) ? lang : null,
  }
}

/** Hosts that are shown, in turn: all, or the one that is named. */
export const hostsShown = (hosts: readonly Host[], named: string | null): readonly Host[] =>
  named === null ? hosts : hosts.filter(host => host.id === named || host.name === named).slice(0, 1)
