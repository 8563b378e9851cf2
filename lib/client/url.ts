/**
 * The page's state as a link: `?host=root&select=container:web&theme=dark&view=list&q=nginx`.
 * Things are named, not numbered, so that a link survives the re-creation of what it points at.
 */
import type { Grouping } from '@/lib/exposure/grouping'
import type { Severity } from '@/lib/exposure/types'
import { SEVERITIES } from '@/lib/graph/marks'
import { formatRef, parseRef, type Ref } from '@/lib/topology/ref'
import { formatReachRef, parseReachRef, type ReachRef } from '@/lib/reach/refs'
import { isThemeChoice, type ThemeChoice } from './theme'
import { isLanguage, type Language } from './words/language'

export type View = 'map' | 'list' | 'matrix'
export const VIEWS: readonly View[] = ['map', 'list', 'matrix']

/** `hostId` is null when the link left it out: then the first host that has such a thing is meant. */
export interface LinkedSelection {
  hostId: string | null
  ref: Ref
}

/** `?reach=container:web&to=container:db`, or `?reach=outside`: who is asked about, and whether it reaches one other. */
export interface LinkedReach {
  /** As for a selection. */
  hostId: string | null
  from: ReachRef | 'outside'
  /** Always null for `outside`. */
  to: ReachRef | null
}

export interface UrlState {
  /** Show this host alone; null = all hosts. */
  host: string | null
  select: LinkedSelection | null
  reach: LinkedReach | null
  /** Overrules the reader's stored choice, for screens that are set up by link. */
  theme: ThemeChoice | null
  /** null = the browser's. */
  lang: Language | null
  /** null = what suits the width of the window. */
  view: View | null
  /** Search text. */
  q: string
  /** Conditions, see lib/client/filter/parse.ts; "" = none. */
  filter: string
  /** What the filter does not pick is left out rather than dimmed. */
  hideOthers: boolean
  /** What files declare and is not there is left out. */
  hideDeclared: boolean
  /** Severities that the list of findings leaves out, worst first. */
  hideSeverities: readonly Severity[]
  findingsBy: Grouping
}

export const EMPTY_URL: UrlState = {
  host: null,
  select: null,
  reach: null,
  theme: null,
  lang: null,
  view: null,
  q: '',
  filter: '',
  hideOthers: false,
  hideDeclared: false,
  hideSeverities: [],
  findingsBy: 'cause',
}

const isView = (text: string): text is View => VIEWS.some(view => view === text)

/**
 * With several hosts in sight a selection says which one it means: `select=user-1000/container:web`. A kind's colon before the
 * slash (port:*:80/tcp) means that the slash belongs to the reference.
 */
export function splitHost(text: string, host: string | null): { hostId: string | null; rest: string } {
  const slash = text.indexOf('/')
  const prefix = slash > 0 ? text.slice(0, slash) : ''
  return prefix !== '' && !prefix.includes(':')
    ? { hostId: prefix, rest: text.slice(slash + 1) }
    : { hostId: host, rest: text }
}

function parseSelection(text: string, host: string | null): LinkedSelection | null {
  const { hostId, rest } = splitHost(text, host)
  const ref = parseRef(rest)
  return ref === null ? null : { hostId, ref }
}

function parseReach(text: string, to: string | null, host: string | null): LinkedReach | null {
  const { hostId, rest } = splitHost(text, host)
  if (rest === 'outside') return { hostId, from: 'outside', to: null }
  const from = parseReachRef(rest)
  return from === null ? null : { hostId, from, to: to === null ? null : parseReachRef(to) }
}

/** Reads a query string; what it does not know it ignores. */
export function parseUrl(search: string): UrlState {
  const query = new URLSearchParams(search)
  const host = query.get('host') || null
  const select = query.get('select')
  const theme = query.get('theme')
  const lang = query.get('lang')
  const view = query.get('view')
  const reach = query.get('reach')
  const hide = (query.get('hide') ?? '').split(',')
  return {
    host,
    select: select === null ? null : parseSelection(select, host),
    reach: reach === null ? null : parseReach(reach, query.get('to'), host),
    theme: theme !== null && isThemeChoice(theme) ? theme : null,
    lang: lang !== null && isLanguage(lang) ? lang : null,
    view: view !== null && isView(view) ? view : null,
    q: query.get('q') ?? '',
    filter: query.get('filter')?.trim() ?? '',
    hideOthers: query.get('others') === 'hidden',
    hideDeclared: query.get('declared') === 'hidden',
    hideSeverities: SEVERITIES.filter(severity => hide.includes(severity)),
    findingsBy: query.get('by') === 'subject' ? 'subject' : 'cause',
  }
}

/** The query string, with its `?`, or "" for the plain page. Colons and slashes stay readable. */
export function formatUrl(state: UrlState): string {
  const query = new URLSearchParams()
  if (state.host !== null) query.set('host', state.host)
  const onHost = (hostId: string | null, text: string) =>
    hostId === null || hostId === state.host ? text : `${hostId}/${text}`
  if (state.select !== null) query.set('select', onHost(state.select.hostId, formatRef(state.select.ref)))
  if (state.reach !== null) {
    const { hostId, from, to } = state.reach
    query.set('reach', onHost(hostId, from === 'outside' ? from : formatReachRef(from)))
    if (to !== null) query.set('to', formatReachRef(to))
  }
  if (state.theme !== null) query.set('theme', state.theme)
  if (state.lang !== null) query.set('lang', state.lang)
  if (state.view !== null) query.set('view', state.view)
  if (state.q !== '') query.set('q', state.q)
  if (state.filter !== '') query.set('filter', state.filter)
  if (state.hideOthers) query.set('others', 'hidden')
  if (state.hideDeclared) query.set('declared', 'hidden')
  if (state.hideSeverities.length > 0) query.set('hide', state.hideSeverities.join(','))
  if (state.findingsBy !== 'cause') query.set('by', state.findingsBy)
  const text = query.toString().replaceAll('%3A', ':').replaceAll('%2F', '/').replaceAll('%2C', ',')
  return text === '' ? '' : `?${text}`
}
