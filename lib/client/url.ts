/**
 * The page's state as a link: `?host=root&select=container:web&theme=dark&view=list&q=nginx`.
 * Things are named, not numbered, so that a link survives the re-creation of what it points at.
 */
import { formatRef, parseRef, type Ref } from '@/lib/topology/ref'
import { isThemeChoice, type ThemeChoice } from './theme'

export type View = 'map' | 'list'

/** `hostId` is null when the link left it out: then the first host that has such a thing is meant. */
export interface LinkedSelection {
  hostId: string | null
  ref: Ref
}

export interface UrlState {
  /** Show this host alone; null = all hosts. */
  host: string | null
  select: LinkedSelection | null
  /** Overrules the reader's stored choice, for screens that are set up by link. */
  theme: ThemeChoice | null
  /** null = what suits the width of the window. */
  view: View | null
  /** Search text. */
  q: string
}

export const EMPTY_URL: UrlState = { host: null, select: null, theme: null, view: null, q: '' }

const isView = (text: string): text is View => text === 'map' || text === 'list'

/** With several hosts in sight a selection says which one it means: `select=user-1000/container:web`. */
function parseSelection(text: string, host: string | null): LinkedSelection | null {
  const slash = text.indexOf('/')
  const prefix = slash > 0 ? text.slice(0, slash) : ''
  // A kind's colon before the slash (port:*:80/tcp) means that the slash belongs to the reference.
  if (prefix !== '' && !prefix.includes(':')) {
    const ref = parseRef(text.slice(slash + 1))
    return ref === null ? null : { hostId: prefix, ref }
  }
  const ref = parseRef(text)
  return ref === null ? null : { hostId: host, ref }
}

/** Reads a query string; what it does not know it ignores. */
export function parseUrl(search: string): UrlState {
  const query = new URLSearchParams(search)
  const host = query.get('host') || null
  const select = query.get('select')
  const theme = query.get('theme')
  const view = query.get('view')
  return {
    host,
    select: select === null ? null : parseSelection(select, host),
    theme: theme !== null && isThemeChoice(theme) ? theme : null,
    view: view !== null && isView(view) ? view : null,
    q: query.get('q') ?? '',
  }
}

/** The query string, with its `?`, or "" for the plain page. Colons and slashes stay readable. */
export function formatUrl(state: UrlState): string {
  const query = new URLSearchParams()
  if (state.host !== null) query.set('host', state.host)
  if (state.select !== null) {
    const { hostId, ref } = state.select
    query.set('select', hostId === null || hostId === state.host ? formatRef(ref) : `${hostId}/${formatRef(ref)}`)
  }
  if (state.theme !== null) query.set('theme', state.theme)
  if (state.view !== null) query.set('view', state.view)
  if (state.q !== '') query.set('q', state.q)
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/')
  return text === '' ? '' : `?${text}`
}
