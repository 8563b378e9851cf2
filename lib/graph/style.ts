/** The Cytoscape stylesheet of a theme, made from the table of appearance.ts. Selectors name our own kinds only. */
import type { StylesheetJson } from 'cytoscape'
import {
  DECLARED,
  DOORS,
  DRIVERS,
  type Look,
  PIVOT,
  RESIDENT,
  ROOTLESS,
  SEGMENT,
  SURFACES,
  type Theme,
  type Tint,
} from './appearance'
import { DETAIL } from './details'
import { signUri, VERDICT_SIGNS } from './signs'
import { FONT_FAMILY } from './text'
import type { BadgeTone, Driver } from './types'

interface Element {
  data(name: string): unknown
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const pixels = (element: Element, name: string) => list(element.data(name)).map(value => `${Number(value)}px`)

/** Colours of words in pills, and of titles that carry a driver. */
export function toneColours(theme: Theme): Record<BadgeTone | Driver, { text: string; fill: string; line: string }> {
  const { ink, chipLine } = SURFACES[theme]
  const driver = (name: Driver) => {
    const { text, line } = DRIVERS[name].tint[theme]
    return { text, line, fill: DRIVERS[name].tint[theme].fill }
  }
  const dark = theme === 'dark'
  return {
    plain: { text: ink, fill: dark ? '#232b39' : '#eceff4', line: chipLine },
    good: {
      text: dark ? '#8fe3c8' : '#00573f',
      fill: dark ? '#10261f' : '#e6f6f0',
      line: dark ? '#1f7a60' : '#00805d',
    },
    caution: {
      text: dark ? '#f7d48a' : '#6d4700',
      fill: dark ? '#2a2008' : '#fdf3dc',
      line: dark ? '#a8760a' : '#b87400',
    },
    danger: {
      text: dark ? '#ffc4a3' : '#7c3100',
      fill: dark ? '#2c150a' : '#ffece0',
      line: dark ? '#d9601f' : '#c24a00',
    },
    unknown: {
      text: dark ? '#b4bfce' : '#505a69',
      fill: dark ? '#1a202a' : '#eef0f3',
      line: dark ? '#66728a' : '#7b8798',
    },
    bridge: driver('bridge'),
    macvlan: driver('macvlan'),
    ipvlan: driver('ipvlan'),
    other: driver('other'),
  }
}

type Rule = StylesheetJson[number]
// The typings know neither list-valued mappers nor all enumerations; the rules are checked against Cytoscape in the tests.
type Style = Record<string, unknown>
const rule = (selector: string, style: Style): Rule => ({ selector, style })

const boxed = (tint: Tint): Style => ({ 'background-color': tint.fill, 'border-color': tint.line })

/**
 * An image of no size. For a node without any image Cytoscape would change the node's state, and so work out its style
 * anew, twice in every frame: one pass counts the missing image as drawn, the other does not.
 * https://github.com/cytoscape/cytoscape.js/blob/v3.34.4/src/extensions/renderer/canvas/drawing-nodes.mjs#L168
 */
const BLANK = `data:image/svg+xml,${encodeURIComponent('<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')}`

/** A fill that fades from one colour into another. */
const fading = (from: string, to: string, direction: 'to-bottom' | 'to-right', positions = '0% 100%'): Style => ({
  'background-fill': 'linear-gradient',
  'background-gradient-direction': direction,
  'background-gradient-stop-colors': `${from} ${to}`,
  'background-gradient-stop-positions': positions,
})

/** Signs and ways that lie over the picture while somebody asks who reaches whom. */
function overlay(theme: Theme, uriOf: (name: string) => string): Rule[] {
  const surface = SURFACES[theme]
  const colourOf = (element: Element) => WAY_COLOURS.get(String(element.data('tone')))?.colour[theme] ?? surface.ink
  return [
    rule('node[kind = "sign"]', {
      shape: 'ellipse',
      'background-color': surface.canvas,
      'background-opacity': 0,
      'background-image': (element: Element) => uriOf(String(element.data('sign'))),
      'background-width': '100%',
      'background-height': '100%',
      'border-width': 0,
      events: 'no',
    }),
    rule('node[kind = "step"]', {
      shape: 'ellipse',
      'background-color': colourOf,
      'border-color': surface.canvas,
      'border-width': 1.5,
      color: surface.canvas,
      'text-halign': 'center',
      'text-margin-x': 0,
      'text-margin-y': 0,
      events: 'no',
    }),
    rule('node[kind = "corner"]', { 'background-opacity': 0, 'border-width': 0, label: '', events: 'no' }),
    rule('edge[kind = "way"]', {
      visibility: 'visible',
      'source-endpoint': 'inside-to-node',
      'target-endpoint': 'inside-to-node',
      'line-color': colourOf,
      'target-arrow-color': colourOf,
      width: 'data(width)',
      'line-cap': 'round',
      'line-outline-width': 1.5,
      'line-outline-color': surface.canvas,
    }),
    rule('edge[kind = "way"][?arrow]', { 'target-arrow-shape': 'triangle', 'arrow-scale': 1.3 }),
    rule('edge[kind = "way"][?missing]', { 'line-style': 'dashed', 'line-dash-pattern': [3, 6], 'line-opacity': 0.9 }),
  ]
}

const WAY_COLOURS: ReadonlyMap<string, { colour: Record<Theme, string> }> = new Map(Object.entries(VERDICT_SIGNS))

/** @param uriOf where the image of a sign is; it may be drawn hundreds of times in a frame */
export function stylesheet(theme: Theme, uriOf = (name: string): string => signUri(name, theme)): StylesheetJson {
  const surface = SURFACES[theme]
  const tones = toneColours(theme)
  const byTone = new Map(Object.entries(tones))
  const toneOf = (element: Element) => byTone.get(String(element.data('tone'))) ?? tones.plain
  const lane = (name: Driver): Rule =>
    rule(`node[kind = "network"][variant = "${name}"]`, {
      ...boxed(DRIVERS[name].tint[theme]),
      ...fading(DRIVERS[name].tint[theme].glow, DRIVERS[name].tint[theme].fill, 'to-bottom'),
      'background-gradient-stop-positions': 'data(fade)',
      'border-style': DRIVERS[name].dashed ? 'dashed' : 'solid',
    })
  const door = (name: keyof typeof DOORS, look: Look): Rule[] => [
    rule(`node[variant ^= "${name}"][kind = "door"], node[variant ^= "${name}"][kind = "listener"]`, {
      ...boxed(look.tint[theme]),
      ...fading(look.tint[theme].glow, look.tint[theme].fill, 'to-right', '0% 70%'),
      color: look.tint[theme].text,
    }),
    rule(`node[kind = "text"][role = "to"][variant ^= "${name}"]`, { color: look.tint[theme].text }),
    rule(`edge[kind = "leads"][variant ^= "${name}"]`, {
      'line-color': look.tint[theme].line,
      'target-arrow-color': look.tint[theme].line,
    }),
  ]
  return [
    rule('core', { 'active-bg-opacity': 0, 'selection-box-opacity': 0 }),
    rule('node, edge', { 'z-index-compare': 'manual', 'z-index': 'data(z)' }),
    rule(':active', { 'overlay-opacity': 0 }),
    rule('node', {
      shape: 'round-rectangle',
      'corner-radius': '8px',
      width: 'data(w)',
      height: 'data(h)',
      'border-width': 1,
      'background-color': surface.chip,
      'border-color': surface.chipLine,
      color: surface.ink,
      label: 'data(text)',
      'font-family': FONT_FAMILY,
      'font-size': 'data(size)',
      'font-weight': 'data(weight)',
      'text-halign': 'left-inside',
      'text-valign': 'center',
      'text-margin-x': 'data(tx)',
      'text-margin-y': 'data(ty)',
      'min-zoomed-font-size': 3,
      'background-image': BLANK,
      'background-width': 0,
      'background-height': 0,
      'background-clip': 'none',
    }),
    rule('node[?iconCount]', {
      'background-image': (element: Element) => list(element.data('icons')).map(name => uriOf(String(name))),
      'background-width': (element: Element) => pixels(element, 'iconSize'),
      'background-height': (element: Element) => pixels(element, 'iconSize'),
      'background-position-x': (element: Element) => pixels(element, 'iconX'),
      'background-position-y': (element: Element) => pixels(element, 'iconY'),
    }),
    rule('node[kind = "text"]', {
      shape: 'rectangle',
      'background-opacity': 0,
      'border-width': 0,
      'text-margin-x': 0,
      'text-margin-y': 0,
      color: surface.muted,
      events: 'no',
    }),
    rule(`node[kind = "text"][size <= ${DETAIL.largest}]`, { 'min-zoomed-font-size': DETAIL.readable }),
    rule('node[kind = "text"][align = "right"]', { 'text-halign': 'right-inside' }),
    rule('node[kind = "text"][align = "center"]', { 'text-halign': 'center' }),
    rule('node[kind = "text"][role = "badge"]', {
      shape: 'round-rectangle',
      'corner-radius': '8.5px',
      'background-opacity': 1,
      'background-color': (element: Element) => toneOf(element).fill,
      'border-width': 1,
      'border-color': (element: Element) => toneOf(element).line,
      color: (element: Element) => toneOf(element).text,
    }),

    rule('node[kind = "heading"]', {
      'background-opacity': 0,
      'border-width': 0,
      color: surface.faint,
      events: 'no',
    }),
    rule('node[kind = "heading"][variant = "alert"]', { color: RESIDENT.tint[theme].text }),

    rule('node[kind = "segment"]', {
      ...boxed(SEGMENT.tint[theme]),
      ...fading(SEGMENT.tint[theme].glow, SEGMENT.tint[theme].fill, 'to-bottom'),
      color: SEGMENT.tint[theme].text,
      'corner-radius': '21px',
      'border-width': 1.5,
    }),
    rule('node[kind = "interface"]', {
      ...boxed(SEGMENT.tint[theme]),
      ...fading(SEGMENT.tint[theme].glow, SEGMENT.tint[theme].fill, 'to-right'),
      'border-width': 1.5,
    }),
    rule('node[kind = "host"]', {
      'background-color': surface.host,
      ...fading(surface.hostGlow, surface.host, 'to-bottom', '0% 35%'),
      'border-color': surface.hostLine,
      'border-width': 1.5,
      'corner-radius': '14px',
    }),
    rule('node[kind = "host"][variant = "machine"]', { 'background-opacity': 0.35, 'border-style': 'dotted' }),
    rule('node[kind = "host"][variant = "asleep"]', { 'border-style': 'dashed' }),
    rule('node[kind = "rootless"]', {
      ...boxed(ROOTLESS.tint[theme]),
      color: ROOTLESS.tint[theme].text,
      'border-width': 1.5,
      'border-style': 'dashed',
      'corner-radius': '14px',
    }),
    rule('node[kind = "network"]', {
      'border-width': 1.5,
      'corner-radius': '12px',
      'border-dash-pattern': [7, 5],
      color: (element: Element) => toneOf(element).text,
    }),
    ...(['bridge', 'macvlan', 'ipvlan', 'other'] as const).map(lane),

    rule('node[kind = "container"]', { 'corner-radius': '7px' }),
    rule('node[kind = "namespace"]', {
      'background-color': surface.host,
      'border-color': surface.hostLine,
      'corner-radius': '10px',
    }),
    rule('node[variant = "pivot"][kind = "container"], node[variant = "pivot"][kind = "namespace"]', {
      ...boxed(PIVOT.tint[theme]),
      ...fading(PIVOT.tint[theme].glow, PIVOT.tint[theme].fill, 'to-bottom'),
      'border-width': 1.75,
      'corner-radius': '10px',
    }),
    rule('node[variant = "resident"][kind = "container"]', { ...boxed(RESIDENT.tint[theme]), 'border-width': 1.5 }),
    rule('node[variant = "nest"][kind = "container"]', {
      ...boxed(PIVOT.tint[theme]),
      'background-opacity': 0.6,
      'border-width': 1.75,
      'corner-radius': '14px',
    }),
    rule('node[kind = "visitor"]', {
      'background-opacity': 0,
      'border-color': PIVOT.tint[theme].line,
      'corner-radius': '12px',
      color: PIVOT.tint[theme].text,
    }),
    rule('node[kind = "container"][mark = "critical"]', {
      'border-color': DOORS.wildcard.tint[theme].line,
      'border-width': 1.5,
    }),
    rule('node[kind = "container"][mark = "high"]', {
      'border-color': DOORS.private.tint[theme].line,
      'border-width': 1.5,
    }),
    rule('node[kind = "fold"]', {
      'background-opacity': 0,
      'border-style': 'dotted',
      'border-color': surface.hostLine,
      color: surface.muted,
      'corner-radius': '7px',
    }),
    rule('node[kind = "fold"][variant = "visitors"]', {
      'border-color': PIVOT.tint[theme].line,
      'corner-radius': '12px',
      color: PIVOT.tint[theme].text,
    }),

    rule(
      'node[!live][kind = "container"], node[!live][kind = "namespace"], node[!live][kind = "interface"], node[!live][kind = "visitor"], node[!live][kind = "segment"]',
      {
        'border-style': 'dashed',
        'background-opacity': 0.35,
        color: surface.faint,
      },
    ),

    rule('edge', {
      width: 1.5,
      'line-color': surface.hostLine,
      'curve-style': 'straight',
      'source-endpoint': 'data(from)',
      'target-endpoint': 'data(to)',
      events: 'no',
      visibility: 'hidden',
    }),
    rule('edge[?bent]', {
      'curve-style': 'round-segments',
      'edge-distances': 'endpoints',
      'segment-weights': 'data(weights)',
      'segment-distances': 'data(distances)',
      'segment-radii': 9,
      'radius-type': 'arc-radius',
    }),
    rule('edge[?rest], edge.lit', { visibility: 'visible' }),
    rule('edge[kind = "uplink"]', { 'line-color': SEGMENT.tint[theme].line, width: 2.5 }),
    rule('edge[kind = "parent"]', { 'line-style': 'dashed', 'line-dash-pattern': [7, 5], width: 2 }),
    rule('edge[kind = "leads"]', { 'line-opacity': 0.75, 'target-arrow-shape': 'triangle', 'arrow-scale': 0.7 }),
    rule('edge[kind = "member"]', { 'line-color': PIVOT.tint[theme].line, 'line-opacity': 0.8 }),
    ...(['bridge', 'macvlan', 'ipvlan', 'other'] as const).map(name =>
      rule(`edge[kind = "parent"][variant = "${name}"]`, { 'line-color': DRIVERS[name].tint[theme].line }),
    ),

    rule('node[kind = "door"], node[kind = "listener"]', { 'corner-radius': '15px', 'border-width': 1.5 }),
    ...(['wildcard', 'public', 'private', 'loopback', 'dead'] as const).flatMap(name => door(name, DOORS[name])),
    rule('node[kind = "listener"]', { 'border-width': 1 }),
    rule('node[variant *= "unsure"]', { 'border-style': 'dashed' }),
    rule('node[variant = "dead"][kind = "door"]', { 'border-style': 'dashed', 'background-opacity': 0 }),
    rule('node[!live][kind = "door"]', { 'border-style': 'dashed' }),

    // Outlines alone: nothing of it is there.
    rule('node[?declared]', {
      'border-style': 'dashed',
      'border-dash-pattern': DECLARED.dash,
      'background-opacity': 0,
      color: DECLARED.tint[theme].text,
    }),
    rule('node[?declared][kind = "container"], node[?declared][kind = "namespace"]', {
      'border-color': DECLARED.tint[theme].line,
    }),
    rule('edge[?declared]', { 'line-style': 'dashed', 'line-dash-pattern': DECLARED.dash, 'line-opacity': 0.5 }),

    rule('edge[!live]', { 'line-style': 'dashed', 'line-dash-pattern': [4, 4] }),
    rule('edge.lit', { width: 2.75, 'line-opacity': 1 }),

    rule('.dim', { opacity: 0.38 }),
    ...(['reachable', 'door', 'routed', 'unknown'] as const).map(name =>
      rule(`node[hostId].verdict-${name}`, {
        'border-color': VERDICT_SIGNS[name].colour[theme],
        'border-width': 2.25,
        'border-style': name === 'unknown' ? 'dashed' : 'solid',
      }),
    ),
    ...overlay(theme, uriOf),
    rule('node[hostId].lit', { 'border-width': 2.25 }),
    rule('node.chosen', {
      'outline-width': 2.5,
      'outline-color': surface.halo,
      'outline-offset': 2,
      'border-color': surface.halo,
    }),
    rule('node.cursor', {
      'outline-width': 2.5,
      'outline-color': surface.ink,
      'outline-style': 'dashed',
      'outline-offset': 2,
    }),
  ]
}
