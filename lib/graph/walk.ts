/** Walking the picture with the arrow keys: along the wiring where there is one, else to the nearest thing that way. */
import { indexScene } from './find'
import type { Scene, SceneNode } from './types'

export type Direction = 'left' | 'right' | 'up' | 'down'

interface Spot {
  node: SceneNode
  left: number
  right: number
  top: number
  bottom: number
}

const spots = new WeakMap<Scene, Spot[]>()

/** Where a node is met: all of it, of boxes the strip with their name. */
function spotsOf(scene: Scene): Spot[] {
  const known = spots.get(scene)
  if (known) return known
  const parents = new Set(scene.nodes.flatMap(node => node.parent ?? []))
  const list = scene.nodes
    .filter(node => node.kind !== 'heading')
    .map(node => {
      const title = parents.has(node.id) ? node.texts[0] : undefined
      const bottom = title === undefined ? node.y + node.height : title.y + title.height
      return { node, left: node.x, right: node.x + node.width, top: node.y, bottom }
    })
  spots.set(scene, list)
  return list
}

const gap = (aFrom: number, aTo: number, bFrom: number, bTo: number) => Math.max(0, bFrom - aTo, aFrom - bTo)

/** How far `to` is from `from` that way; null when it is not that way at all. */
function distance(from: Spot, to: Spot, direction: Direction): number | null {
  const [fx, fy] = [(from.left + from.right) / 2, (from.top + from.bottom) / 2]
  const [tx, ty] = [(to.left + to.right) / 2, (to.top + to.bottom) / 2]
  const sideways = direction === 'left' || direction === 'right'
  const forward = sideways ? (direction === 'right' ? tx - fx : fx - tx) : direction === 'down' ? ty - fy : fy - ty
  if (forward <= 1) return null
  const along = sideways ? gap(from.left, from.right, to.left, to.right) : gap(from.top, from.bottom, to.top, to.bottom)
  const beside = sideways
    ? gap(from.top, from.bottom, to.top, to.bottom)
    : gap(from.left, from.right, to.left, to.right)
  if (along === 0 && beside > 0) return null
  return along + forward * 0.05 + beside * 3
}

/** Left and right follow the wires: segment, interface; door, what it leads to. */
function alongWire(scene: Scene, from: SceneNode, direction: Direction): string | null {
  if (direction === 'right' && (from.kind === 'segment' || from.kind === 'door' || from.kind === 'listener'))
    return scene.edges.find(edge => edge.source === from.id && edge.kind !== 'parent')?.target ?? null
  if (direction === 'left' && from.kind === 'interface')
    return scene.edges.find(edge => edge.target === from.id && edge.kind === 'uplink')?.source ?? null
  return null
}

/** @returns the id to go to: the same when there is nothing that way, the first node when `fromId` is none of the scene. */
export function move(scene: Scene, fromId: string | null, direction: Direction): string | null {
  const all = spotsOf(scene)
  const from = all.find(spot => spot.node.id === fromId)
  if (from === undefined) return all[0]?.node.id ?? null
  const wired = alongWire(scene, from.node, direction)
  if (wired !== null && indexScene(scene).byId.has(wired)) return wired
  let best = from.node.id
  let nearest = Number.POSITIVE_INFINITY
  for (const spot of all) {
    if (spot === from) continue
    const far = distance(from, spot, direction)
    if (far === null || far >= nearest) continue
    nearest = far
    best = spot.node.id
  }
  return best
}
