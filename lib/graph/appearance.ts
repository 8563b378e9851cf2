/**
 * How everything looks, and what it is called: the one table behind stylesheet, icons and legend. Colours go by the
 * Okabe–Ito palette, lightened or darkened where a theme's contrast asks for it; no meaning hangs on colour alone.
 */
import type { Severity } from '@/lib/exposure/types'
import type { Driver } from './types'

export type Theme = 'dark' | 'light'
export const THEMES: readonly Theme[] = ['dark', 'light']

export interface Surface {
  canvas: string
  host: string
  hostGlow: string
  hostLine: string
  chip: string
  chipLine: string
  ink: string
  muted: string
  faint: string
  accent: string
  /** Round the thing that is selected. */
  halo: string
}

export const SURFACES: Record<Theme, Surface> = {
  dark: {
    canvas: '#0a0c10',
    host: '#0f131b',
    hostGlow: '#1a2130',
    hostLine: '#5f6b80',
    chip: '#1b212d',
    chipLine: '#343e50',
    ink: '#eef1f6',
    muted: '#a9b4c4',
    faint: '#8b96a8',
    accent: '#6cc0f0',
    halo: '#6cc0f0',
  },
  light: {
    canvas: '#f5f6f8',
    host: '#fbfcfd',
    hostGlow: '#ffffff',
    hostLine: '#7f8a9b',
    chip: '#ffffff',
    chipLine: '#c2cad6',
    ink: '#14181f',
    muted: '#505a69',
    faint: '#5e6878',
    accent: '#0067a3',
    halo: '#0067a3',
  },
}

export interface Tint {
  line: string
  fill: string
  /** Where the fill begins: at the header of a lane, at the outer end of a door. */
  glow: string
  text: string
}

export interface Look {
  word: string
  /** For the legend. */
  means: string
  tint: Record<Theme, Tint>
}

/** Lanes, and whatever else speaks of a network. */
export const DRIVERS: Record<Driver, Look & { dashed: boolean }> = {
  bridge: {
    word: 'bridge network',
    means: 'behind the host: it routes and publishes',
    dashed: false,
    tint: {
      dark: { line: '#3c84b4', fill: '#0c131b', glow: '#14283a', text: '#7cc6f2' },
      light: { line: '#3b8cbf', fill: '#f5fafd', glow: '#dceefa', text: '#005a8c' },
    },
  },
  macvlan: {
    word: 'macvlan network',
    means: 'steps past the host, straight onto the segment',
    dashed: true,
    tint: {
      dark: { line: '#c98b0a', fill: '#13110b', glow: '#2b220c', text: '#f2b632' },
      light: { line: '#b87400', fill: '#fffbf2', glow: '#fbedcd', text: '#7d5000' },
    },
  },
  ipvlan: {
    word: 'ipvlan network',
    means: 'steps past the host with the host’s own MAC',
    dashed: true,
    tint: {
      dark: { line: '#b76a96', fill: '#140f15', glow: '#2b1a29', text: '#e4a3c6' },
      light: { line: '#b0588b', fill: '#fdf6fa', glow: '#f8e0ee', text: '#8b3c69' },
    },
  },
  other: {
    word: 'other network',
    means: 'a driver that is not read further',
    dashed: false,
    tint: {
      dark: { line: '#6f7c90', fill: '#0f1319', glow: '#1b212b', text: '#b4bfce' },
      light: { line: '#7b8798', fill: '#f7f8fa', glow: '#e6eaef', text: '#48525f' },
    },
  },
}

export type DoorLook = 'wildcard' | 'public' | 'private' | 'loopback' | 'dead'

export const DOORS: Record<DoorLook, Look> = {
  wildcard: {
    word: 'on every address',
    means: 'whoever reaches the host reaches this door',
    tint: {
      dark: { line: '#d9601f', fill: '#1c120d', glow: '#4b2109', text: '#ffd3ba' },
      light: { line: '#d55e00', fill: '#fff6ef', glow: '#ffdcc2', text: '#7c3100' },
    },
  },
  public: {
    word: 'on a public address',
    means: 'reachable from wherever that address is',
    tint: {
      dark: { line: '#d9601f', fill: '#1c120d', glow: '#4b2109', text: '#ffd3ba' },
      light: { line: '#d55e00', fill: '#fff6ef', glow: '#ffdcc2', text: '#7c3100' },
    },
  },
  private: {
    word: 'on a private address',
    means: 'reachable from that network',
    tint: {
      dark: { line: '#c98b0a', fill: '#17140d', glow: '#3d2d08', text: '#f7dc9f' },
      light: { line: '#b87400', fill: '#fffbf2', glow: '#fbedcd', text: '#6d4700' },
    },
  },
  loopback: {
    word: 'this host only',
    means: 'a loopback address: kept inside the host’s edge',
    tint: {
      dark: { line: '#66728a', fill: '#171c26', glow: '#171c26', text: '#cfd7e2' },
      light: { line: '#7b8798', fill: '#f3f5f8', glow: '#f3f5f8', text: '#3a4452' },
    },
  },
  dead: {
    word: 'nobody answers',
    means: 'the port is only reserved: nothing is passed on',
    tint: {
      dark: { line: '#66728a', fill: '#0f1319', glow: '#0f1319', text: '#9aa5b5' },
      light: { line: '#7b8798', fill: '#f5f6f8', glow: '#f5f6f8', text: '#5b6573' },
    },
  },
}

export const PIVOT: Look = {
  word: 'on several networks',
  means: 'stands right of the lanes; each lane shows it as an outlined visitor',
  tint: {
    dark: { line: '#2fbf94', fill: '#0d1715', glow: '#12312a', text: '#8fe3c8' },
    light: { line: '#00805d', fill: '#f4fcf9', glow: '#d5f2e8', text: '#00573f' },
  },
}

export const RESIDENT: Look = {
  word: 'in the host’s own namespace',
  means: 'host mode: its sockets are the host’s sockets',
  tint: {
    dark: { line: '#d9601f', fill: '#1a1411', glow: '#2b1a10', text: '#ffd3ba' },
    light: { line: '#d55e00', fill: '#fffaf6', glow: '#ffefe2', text: '#7c3100' },
  },
}

export const SEGMENT: Look = {
  word: 'outside',
  means: 'the segment that an interface of the host stands on',
  tint: {
    dark: { line: '#7d86b8', fill: '#12141c', glow: '#1d2033', text: '#c8cef0' },
    light: { line: '#6a74ad', fill: '#f7f8fd', glow: '#e4e7f7', text: '#363f75' },
  },
}

export const ROOTLESS: Look = {
  word: 'rootless namespace',
  means: 'the user’s own namespace: only doors lead into it',
  tint: {
    dark: { line: '#5a667b', fill: '#0d1016', glow: '#141922', text: '#a9b4c4' },
    light: { line: '#828c9c', fill: '#fafbfc', glow: '#f0f2f5', text: '#505a69' },
  },
}

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

export type StateSign = 'running' | 'healthy' | 'unhealthy' | 'starting' | 'paused' | 'stopped' | 'created' | 'unclear'

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
  unclear: {
    word: 'state unknown',
    means: '',
    colour: NEUTRAL,
    draw: '<path d="M4.6 5.4a3.5 3.5 0 1 1 5 3.2c-1.1.6-1.6 1.1-1.6 2.2M8 13.8v.2" fill="none" stroke="C" stroke-width="2.2" stroke-linecap="round"/>',
  },
}

export type FlagSign = 'privileged' | 'capabilities'

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

const SIGNS: ReadonlyMap<string, Sign> = new Map(
  [SEVERITY_SIGNS, STATE_SIGNS, FLAG_SIGNS, THING_SIGNS].flatMap(table => Object.entries<Sign>(table)),
)

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
