/**
 * The picture as data: nodes and edges with their places, before Cytoscape. A pure function of topology, findings, what the
 * reader has folded, and the aspect ratio; the same input gives the same picture on every screen.
 */
import type { Severity } from '@/lib/exposure/types'
import type { Ref } from '@/lib/topology/ref'

/**
 * segment    what is outside of a host interface
 * host       the box of the host itself; its members are in the host's namespace
 * interface  a host interface on the edge
 * door       a published port on the edge (a range of equal ones is one door)
 * listener   a listening socket of the host's namespace
 * network    a lane: the box of one network
 * rootless   the box of a user's rootless namespace, round its lanes
 * namespace  the box of a namespace with several members (pod, joined containers)
 * container  one container
 * visitor    outlined chip in a lane: a namespace that stands elsewhere (on several networks) is attached here
 * fold       "+12 more", with the worst state of what it hides
 * heading    a text between groups
 */
export type NodeKind =
  | 'segment'
  | 'host'
  | 'interface'
  | 'door'
  | 'listener'
  | 'network'
  | 'rootless'
  | 'namespace'
  | 'container'
  | 'visitor'
  | 'fold'
  | 'heading'

export interface Badge {
  /** "internal", "no DNS", "isolated", "macvlan", … */
  text: string
  tone: 'plain' | 'good' | 'caution' | 'danger' | 'unknown'
}

export interface SceneNode {
  /** Stable over revisions: the model's id, or derived from it. */
  id: string
  kind: NodeKind
  parent: string | null
  /** Top left corner and size, in scene units (CSS pixels at zoom 1). */
  x: number
  y: number
  width: number
  height: number
  /** Free text from the engine: shown as text, never parsed. */
  label: string
  sublabel: string | null
  badges: Badge[]
  /** Which variant of the kind: a network's driver, a namespace's kind, a door's scope, "dead" doors, … drives the style. */
  variant: string
  /** running | stopped: stopped things are drawn dashed and quiet. */
  live: boolean
  /** Worst unsuppressed finding on it; null = none, "unknown" = not fully examined. */
  mark: Severity | 'unknown' | null
  /** What the inspector opens on click; null for headings. */
  hostId: string
  ref: Ref | null
}

/**
 * uplink   segment ↔ interface
 * parent   macvlan/ipvlan lane ↔ its parent interface
 * leads    door → the namespace behind it
 * member   pivot ↔ a lane it is attached to
 */
export type EdgeKind = 'uplink' | 'parent' | 'leads' | 'member'

export interface SceneEdge {
  id: string
  kind: EdgeKind
  source: string
  target: string
  /** Corner points between the ends, in scene units; the line runs in the gutters. */
  bends: readonly { x: number; y: number }[]
  /** Drawn at rest; else only when the path is lit. */
  atRest: boolean
  live: boolean
}

export interface Scene {
  width: number
  height: number
  nodes: SceneNode[]
  edges: SceneEdge[]
  /** One sentence for the canvas's accessible description. */
  summary: string
}
