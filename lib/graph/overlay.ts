/** What lies over the picture while somebody asks who reaches whom: signs on things, and a way through them. */
import type { GraphElement } from './elements'
import { verdictSign, type VerdictSign } from './signs'
import type { Point, Scene, SceneNode } from './types'

export interface Overlay {
  /** Ids of who asks, and of who is asked: framed like what is selected. */
  ends: ReadonlySet<string>
  /** Ids of nodes and lines to light; the rest dims. */
  lit: ReadonlySet<string>
  /** What is said of a node, by its id. */
  verdicts: ReadonlyMap<string, VerdictSign>
  /** The same in words, for who points at it or hears it. */
  words: ReadonlyMap<string, string>
  way: Way | null
}

export interface Way {
  tone: VerdictSign
  /** Unbroken lines; between two of them runs a line of the picture itself. */
  lines: readonly (readonly Point[])[]
  /** Where each hop of the list is. */
  steps: readonly { at: Point; text: string }[]
  /** Where the way ends, and where it would have led. */
  stop: { at: Point; target: Point | null; words: string } | null
}

const SIGN = 17
/** NUL is in no engine's id. */
const idOf = (what: string) => `\u0000${what}`

function signElement(node: SceneNode, verdict: VerdictSign, scale: number): GraphElement {
  const size = Math.max(SIGN, Math.min(SIGN * scale, node.height * 0.8))
  const stands = node.kind === 'host' || node.kind === 'network' || node.kind === 'namespace'
  return {
    group: 'nodes',
    // On the border at the right, where no text is; on boxes at their corner.
    position: { x: node.x + node.width - (stands ? size * 0.7 : 1), y: node.y + (stands ? size * 0.2 : 1) },
    data: {
      id: idOf(`sign ${node.id}`),
      owner: node.id,
      kind: 'sign',
      z: 9,
      sign: verdictSign(verdict),
      w: size,
      h: size,
      ...NO_TEXT,
    },
  }
}

const NO_TEXT = { text: '', size: 10, weight: 400, tx: 0, ty: 0 }

const corner = (id: string, at: Point): GraphElement => ({
  group: 'nodes',
  position: at,
  data: { id, owner: id, kind: 'corner', z: 8, w: 1, h: 1, ...NO_TEXT },
})

function wayElements(way: Way, scale: number): GraphElement[] {
  const elements: GraphElement[] = []
  const draw = (name: string, points: readonly Point[], more: { arrow: number; missing: number }) => {
    points.forEach((point, index) => elements.push(corner(idOf(`${name} ${index}`), point)))
    for (let index = 1; index < points.length; index += 1)
      elements.push({
        group: 'edges',
        data: {
          id: idOf(`${name} line ${index}`),
          source: idOf(`${name} ${index - 1}`),
          target: idOf(`${name} ${index}`),
          kind: 'way',
          live: 1,
          z: 7,
          tone: way.tone,
          width: (more.missing === 1 ? 1.75 : 3) * Math.min(2.2, scale),
          arrow: index === points.length - 1 ? more.arrow : 0,
          missing: more.missing,
        },
      })
  }
  way.lines.forEach((points, index) =>
    draw(`way ${index}`, points, { arrow: index === way.lines.length - 1 && way.stop === null ? 1 : 0, missing: 0 }),
  )
  if (way.stop !== null && way.stop.target !== null)
    draw('missing', [way.stop.at, way.stop.target], { arrow: 1, missing: 1 })
  way.steps.forEach(({ at, text }, index) => {
    const size = SIGN * Math.min(2.2, scale)
    elements.push({
      group: 'nodes',
      position: at,
      data: {
        id: idOf(`step ${index}`),
        owner: idOf(`step ${index}`),
        kind: 'step',
        z: 10,
        tone: way.tone,
        w: size,
        h: size,
        text,
        size: size * 0.62,
        weight: 700,
        tx: 0,
        ty: 0,
      },
    })
  })
  if (way.stop !== null) {
    const size = 26 * Math.min(2.2, scale)
    elements.push({
      group: 'nodes',
      position: way.stop.at,
      data: {
        id: idOf('stop'),
        owner: idOf('stop'),
        kind: 'sign',
        z: 11,
        sign: verdictSign('stop'),
        w: size,
        h: size,
        ...NO_TEXT,
      },
    })
  }
  return elements
}

/** Id of the element that marks the stop. */
export const STOP_ID = idOf('stop')

/** @param scale scene units per pixel of the fitted picture: signs are never drawn smaller than can be seen, if they fit */
export function overlayElements(scene: Scene, overlay: Overlay | null, scale: number): GraphElement[] {
  if (overlay === null) return []
  const byId = new Map(scene.nodes.map(node => [node.id, node]))
  const signs = [...overlay.verdicts].flatMap(([id, verdict]) => {
    const node = byId.get(id)
    return node === undefined ? [] : [signElement(node, verdict, Math.max(1, scale))]
  })
  return overlay.way === null ? signs : [...signs, ...wayElements(overlay.way, Math.max(1, scale))]
}
