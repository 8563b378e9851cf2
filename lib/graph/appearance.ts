/**
 * How everything looks, and what it is called: the one table behind stylesheet, icons and legend. Colours go by the
 * Okabe–Ito palette, lightened or darkened where a theme's contrast asks for it; no meaning hangs on colour alone.
 */
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

export const DECLARED: Look & { dash: number[] } = {
  word: 'declared by a file',
  means: 'it is not there: drawn where it would stand, with the doors that it would open',
  dash: [3, 4],
  tint: {
    dark: { line: '#7c889c', fill: '#0a0c10', glow: '#0a0c10', text: '#a9b4c4' },
    light: { line: '#76818f', fill: '#f5f6f8', glow: '#f5f6f8', text: '#505a69' },
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
