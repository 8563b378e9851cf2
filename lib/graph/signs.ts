/** The small signs of picture and page, each with its word: severities, states, flags and kinds of things. */
import type { Severity } from '@/lib/exposure/types'
import { DOORS, PIVOT, SEGMENT, type Look, type DoorLook, type Theme } from './appearance'

export interface Sign {
  word: string
  means: string
  colour: Record<Theme, string>
  /** SVG inside a 16 × 16 view box; `C` is the colour, `K` the colour of what is cut out of it. */
  draw: string
}

const NEUTRAL = { dark: '#9aa4b2', light: '#6b7585' }
const GOOD = { dark: '#2fbf94', light: '#00805d' }
const ALARM = { dark: '#f07030', light: '#c24a00' }
const CAUTION = { dark: '#e69f00', light: '#b87400' }

export const SEVERITY_SIGNS: Record<Severity | 'unknown', Sign> = {
  critical: {
    word: 'Critical',
    means: 'finding',
    colour: ALARM,
    draw: '<path d="M5 .8h6L15.2 5v6L11 15.2H5L.8 11V5z" fill="C"/><path d="M8 4v4.6M8 11v1" stroke="K" stroke-width="2" stroke-linecap="round"/>',
  },
  high: {
    word: 'High',
    means: 'finding',
    colour: CAUTION,
    draw: '<path d="M8 1.2 15.4 14.4H.6z" fill="C" stroke="C" stroke-width="1" stroke-linejoin="round"/><path d="M8 6v3.6M8 12v.2" stroke="K" stroke-width="1.9" stroke-linecap="round"/>',
  },
  medium: {
    word: 'Medium',
    means: 'finding',
    colour: { dark: '#f0e442', light: '#8a7a00' },
    draw: '<path d="m8 .8 7.2 7.2L8 15.2.8 8z" fill="C"/><path d="M8 4.8v3.6M8 11v.2" stroke="K" stroke-width="1.8" stroke-linecap="round"/>',
  },
  low: {
    word: 'Low',
    means: 'finding',
    colour: { dark: '#56b4e9', light: '#0072b2' },
    draw: '<circle cx="8" cy="8" r="6.2" fill="C"/>',
  },
  info: {
    word: 'Info',
    means: 'finding',
    colour: NEUTRAL,
    draw: '<circle cx="8" cy="8" r="5.6" fill="none" stroke="C" stroke-width="2"/>',
  },
  unknown: {
    word: 'Unknown',
    means: 'not fully examined: no all-clear',
    colour: NEUTRAL,
    draw: '<circle cx="8" cy="8" r="6.6" fill="none" stroke="C" stroke-width="1.6" stroke-dasharray="2.6 2"/><path d="M6.2 6.4a1.9 1.9 0 1 1 2.7 1.8c-.6.3-.9.6-.9 1.3M8 11.7v.1" fill="none" stroke="C" stroke-width="1.5" stroke-linecap="round"/>',
  },
}

export type StateSign =
  | 'running'
  | 'healthy'
  | 'unhealthy'
  | 'starting'
  | 'paused'
  | 'stopped'
  | 'created'
  | 'declared'
  | 'unclear'

export const STATE_SIGNS: Record<StateSign, Sign> = {
  running: { word: 'running', means: 'no health check', colour: GOOD, draw: '<circle cx="8" cy="8" r="5" fill="C"/>' },
  healthy: {
    word: 'healthy',
    means: 'running, its health check passes',
    colour: GOOD,
    draw: '<circle cx="8" cy="8" r="7.4" fill="C"/><path d="m4.6 8.2 2.4 2.5 4.5-5" fill="none" stroke="K" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round"/>',
  },
  unhealthy: {
    word: 'unhealthy',
    means: 'running, its health check fails',
    colour: ALARM,
    draw: '<rect x=".8" y=".8" width="14.4" height="14.4" rx="3" fill="C"/><path d="m5 5 6 6m0-6-6 6" stroke="K" stroke-width="2.2" stroke-linecap="round"/>',
  },
  starting: {
    word: 'starting',
    means: 'running, its health check has not passed yet',
    colour: CAUTION,
    draw: '<circle cx="8" cy="8" r="6.4" fill="none" stroke="C" stroke-width="2.2"/><path d="M8 3.4a4.6 4.6 0 0 1 0 9.2z" fill="C"/>',
  },
  paused: {
    word: 'paused',
    means: '',
    colour: { dark: '#56b4e9', light: '#0072b2' },
    draw: '<path d="M3 2h3.6v12H3zM9.4 2H13v12H9.4z" fill="C"/>',
  },
  stopped: {
    word: 'stopped',
    means: '',
    colour: NEUTRAL,
    draw: '<circle cx="8" cy="8" r="5.4" fill="none" stroke="C" stroke-width="2.4"/>',
  },
  created: {
    word: 'created',
    means: 'never started',
    colour: NEUTRAL,
    draw: '<circle cx="8" cy="8" r="5.6" fill="none" stroke="C" stroke-width="2.2" stroke-dasharray="2.6 2.2"/>',
  },
  declared: {
    word: 'declared',
    means: 'a quadlet file makes it; it is not there',
    colour: NEUTRAL,
    draw: '<path d="M3 1.4h6.4L13 5v9.6H3z" fill="none" stroke="C" stroke-width="1.6" stroke-linejoin="round" stroke-dasharray="2.6 1.8"/><path d="M5.6 8h4.8M5.6 11h4.8" stroke="C" stroke-width="1.4" stroke-linecap="round"/>',
  },
  unclear: {
    word: 'state unknown',
    means: '',
    colour: NEUTRAL,
    draw: '<path d="M4.6 5.4a3.5 3.5 0 1 1 5 3.2c-1.1.6-1.6 1.1-1.6 2.2M8 13.8v.2" fill="none" stroke="C" stroke-width="2.2" stroke-linecap="round"/>',
  },
}

export type FlagSign = 'privileged' | 'capabilities' | 'engine'

export const FLAG_SIGNS: Record<FlagSign, Sign> = {
  privileged: {
    word: 'privileged',
    means: 'may do what the host’s root may',
    colour: ALARM,
    draw: '<path d="M9.6.8 2.6 9.2h4.2l-1 6 7.4-8.8H8.8z" fill="C"/>',
  },
  capabilities: {
    word: 'added capabilities',
    means: 'beyond Podman’s default set',
    colour: CAUTION,
    draw: '<path d="M8 1.4v13.2M1.4 8h13.2" stroke="C" stroke-width="2.6" stroke-linecap="round"/>',
  },
  engine: {
    word: 'runs its own engine',
    means: 'Podman inside of it has containers of its own',
    colour: NEUTRAL,
    draw: '<rect x="1.2" y="1.2" width="13.6" height="13.6" rx="2.4" fill="none" stroke="C" stroke-width="1.8"/><rect x="5" y="5" width="6" height="6" rx="1.2" fill="C"/>',
  },
}

export type ThingSign = DoorLook | 'listener' | 'segment' | 'interface' | 'pod' | 'shared' | 'pivot'

const line = (path: string) =>
  `<g fill="none" stroke="C" stroke-width="1.6" stroke-linecap="round" stroke-linejoin="round">${path}</g>`

const tinted = ({ tint }: Look) => ({ dark: tint.dark.line, light: tint.light.line })

export const THING_SIGNS: Record<ThingSign, Sign> = {
  wildcard: {
    word: DOORS.wildcard.word,
    means: DOORS.wildcard.means,
    colour: { dark: '#f07030', light: '#c24a00' },
    draw: line('<circle cx="8" cy="8" r="6.4"/><path d="M1.8 8h12.4M8 1.6c4 4 4 8.8 0 12.8M8 1.6c-4 4-4 8.8 0 12.8"/>'),
  },
  public: {
    word: DOORS.public.word,
    means: DOORS.public.means,
    colour: { dark: '#f07030', light: '#c24a00' },
    draw: line('<circle cx="8" cy="8" r="6.4"/><circle cx="8" cy="8" r="1.6" fill="C"/>'),
  },
  private: {
    word: DOORS.private.word,
    means: DOORS.private.means,
    colour: CAUTION,
    draw: line('<rect x="2" y="9.4" width="12" height="4.8" rx="1"/><path d="M8 9.4V5.6M4 2h8v3.6H4z"/>'),
  },
  loopback: {
    word: DOORS.loopback.word,
    means: DOORS.loopback.means,
    colour: NEUTRAL,
    draw: line('<path d="M13.4 8A5.4 5.4 0 1 1 11 3.5M11.4.8v3H8.4"/>'),
  },
  dead: {
    word: DOORS.dead.word,
    means: DOORS.dead.means,
    colour: NEUTRAL,
    draw: line('<circle cx="8" cy="8" r="6.2"/><path d="m3.8 3.8 8.4 8.4"/>'),
  },
  listener: {
    word: 'listens on the host itself',
    means: 'a socket in the host’s own namespace',
    colour: { dark: '#a9b4c4', light: '#505a69' },
    draw: line('<path d="M3.2 10.8a5.6 5.6 0 1 1 9.6 0M5.6 9a2.9 2.9 0 1 1 4.8 0M8 7.8v6.4"/>'),
  },
  segment: {
    word: SEGMENT.word,
    means: SEGMENT.means,
    colour: tinted(SEGMENT),
    draw: line('<path d="M4.4 12.8a3.2 3.2 0 0 1-.3-6.4 4.2 4.2 0 0 1 8-.6 3.6 3.6 0 0 1-.5 7z"/>'),
  },
  interface: {
    word: 'interface',
    means: 'of the host',
    colour: tinted(SEGMENT),
    draw: line('<path d="M2 3h12v8.6h-3v2H5v-2H2zM5.2 6.6v2M8 6.6v2M10.8 6.6v2"/>'),
  },
  pod: {
    word: 'pod',
    means: 'one network namespace, several containers',
    colour: { dark: '#a9b4c4', light: '#505a69' },
    draw: line('<path d="m8 1.4 5.8 3.2v6.8L8 14.6l-5.8-3.2V4.6zM2.2 4.6 8 8l5.8-3.4M8 8v6.4"/>'),
  },
  shared: {
    word: 'shared namespace',
    means: 'joined containers: one address, one set of ports',
    colour: { dark: '#a9b4c4', light: '#505a69' },
    draw: line('<circle cx="5.6" cy="8" r="4"/><circle cx="10.4" cy="8" r="4"/>'),
  },
  pivot: {
    word: PIVOT.word,
    means: PIVOT.means,
    colour: tinted(PIVOT),
    draw: line(
      '<circle cx="3.4" cy="8" r="1.9"/><circle cx="12.6" cy="3.4" r="1.9"/><circle cx="12.6" cy="12.6" r="1.9"/><path d="m5.2 7 5.6-2.7M5.2 9l5.6 2.7"/>',
    ),
  },
}

/** What is said of a thing when somebody asks who reaches it. */
export type VerdictSign = 'reachable' | 'door' | 'routed' | 'unknown' | 'blocked' | 'stop'

const DISC = '<circle cx="8" cy="8" r="7.6" fill="C"/>'
const cut = (path: string) =>
  `<path d="${path}" fill="none" stroke="K" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>`

/** Their names in the table of all signs carry a prefix: `unknown` is a severity's, too. */
export const VERDICT_SIGNS: Record<VerdictSign, Sign> = {
  reachable: {
    word: 'reachable',
    means: 'what listens at its own addresses can be connected to',
    colour: GOOD,
    draw: `${DISC}${cut('M4 8h7.4M8.4 4.8 11.8 8l-3.4 3.2')}`,
  },
  door: {
    word: 'through a port',
    means: 'only through a published port of the host',
    colour: { dark: '#56b4e9', light: '#0072b2' },
    draw: `<rect x=".6" y=".6" width="14.8" height="14.8" rx="3.4" fill="C"/>${cut('M3.6 8h5M6.6 5.6 9 8l-2.4 2.4M9.6 3.6h2.8v8.8H9.6')}`,
  },
  routed: {
    word: 'by route only',
    means: 'only if the neighbour routes container subnets by this host',
    colour: CAUTION,
    draw: `<path d="m8 .4 7.6 7.6L8 15.6.4 8z" fill="C"/>${cut('M5.6 10.6V8.2h4.6M8.6 6.2l2 2-2 2')}`,
  },
  unknown: {
    word: 'unknown',
    means: 'what is known does not decide it',
    colour: { dark: '#e4a3c6', light: '#8b3c69' },
    draw: '<rect x="1.2" y="1.2" width="13.6" height="13.6" rx="2" fill="K" stroke="C" stroke-width="1.7" stroke-dasharray="3 1.9"/><path d="M6 6.2a2.1 2.1 0 1 1 3 1.9c-.7.4-1 .7-1 1.5M8 11.9v.1" fill="none" stroke="C" stroke-width="1.8" stroke-linecap="round"/>',
  },
  blocked: {
    word: 'blocked',
    means: 'nothing gets through',
    colour: NEUTRAL,
    draw: '<circle cx="8" cy="8" r="6.6" fill="K" stroke="C" stroke-width="1.7"/><path d="M4.8 8h6.4" stroke="C" stroke-width="2.2" stroke-linecap="round"/>',
  },
  stop: {
    word: 'stopped here',
    means: 'the way ends at this place',
    colour: ALARM,
    draw: `${DISC}<path d="M4 8h8" stroke="K" stroke-width="2.8" stroke-linecap="round"/>`,
  },
}

export const verdictSign = (verdict: VerdictSign): string => `verdict-${verdict}`

const SIGNS: ReadonlyMap<string, Sign> = new Map([
  ...[SEVERITY_SIGNS, STATE_SIGNS, FLAG_SIGNS, THING_SIGNS].flatMap(table => Object.entries<Sign>(table)),
  ...Object.entries(VERDICT_SIGNS).map(([name, sign]): [string, Sign] => [`verdict-${name}`, sign]),
])

export const SIGN_NAMES: readonly string[] = [...SIGNS.keys()]

/** A sign as an SVG document; only the fixed table goes in, never text from outside. */
export function signSvg(name: string, theme: Theme): string {
  const sign = SIGNS.get(name)
  const body = sign
    ? sign.draw
        .replaceAll('"C"', `"${sign.colour[theme]}"`)
        .replaceAll('"K"', `"${theme === 'dark' ? '#10131a' : '#ffffff'}"`)
    : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64" viewBox="0 0 16 16">${body}</svg>`
}

const uris = new Map<string, string>()

export function signUri(name: string, theme: Theme): string {
  const key = `${theme} ${name}`
  const known = uris.get(key)
  if (known !== undefined) return known
  const uri = `data:image/svg+xml,${encodeURIComponent(signSvg(name, theme))}`
  uris.set(key, uri)
  return uri
}
