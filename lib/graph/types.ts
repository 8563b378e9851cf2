/**
 * The picture as data: nodes and edges with their places, before Cytoscape. A pure function of topology, findings, what the
 * reader has folded, and the aspect ratio; the same input gives the same picture on every screen.
 */
import type { MapWords } from './map-words'
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

export type BadgeTone = 'plain' | 'good' | 'caution' | 'danger' | 'unknown'

export interface Badge {
  /** "internal", "no DNS", "isolated", "macvlan", … */
  text: string
  tone: BadgeTone
}

/** Colour families of networks; everything that is not drawn as one of the three is "other". */
export type Driver = 'bridge' | 'macvlan' | 'ipvlan' | 'other'

/**
 * title  the thing's name; drawn as the node's own label
 * sub    quiet second line: addresses, image, subnet
 * to     where a door leads
 * badge  a word in a pill
 */
export type TextRole = 'title' | 'sub' | 'to' | 'badge'

/** One piece of text with its place. It fits its box by the width table of text.ts on every screen. */
export interface SceneText {
  role: TextRole
  /** As drawn: shortened to fit, control characters made visible. The node's `label` has the full text. */
  text: string
  x: number
  y: number
  width: number
  height: number
  size: number
  bold: boolean
  align: 'left' | 'center' | 'right'
  tone: BadgeTone | Driver
}

/** One of the fixed signs of appearance.ts. */
export interface SceneIcon {
  name: string
  x: number
  y: number
  size: number
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
  /** Said by a file, and not there. */
  declared: boolean
  /** Worst unsuppressed finding on it; null = none, "unknown" = not fully examined. */
  mark: Severity | 'unknown' | null
  /** What the inspector opens on click; null for headings. */
  hostId: string
  ref: Ref | null
  texts: SceneText[]
  icons: SceneIcon[]
  /** Text forms of the references that this node also stands for: ports of a folded range, containers in a fold. */
  also: readonly string[]
  /** For visitors: the node in the pivot column. */
  stands?: string
  /** For the fold of a lane's visitors: their nodes in the pivot column. */
  hides?: readonly string[]
  /** Of a container whose engine is read: whether what that runs is drawn inside of it. */
  nest?: 'open' | 'folded'
}

/**
 * uplink   segment ↔ interface
 * parent   macvlan/ipvlan lane ↔ its parent interface
 * leads    door → the namespace behind it
 * member   pivot ↔ a lane it is attached to
 */
export type EdgeKind = 'uplink' | 'parent' | 'leads' | 'member'

export interface Point {
  x: number
  y: number
}

export interface SceneEdge {
  id: string
  kind: EdgeKind
  source: string
  target: string
  /** Where the line starts and ends, on the borders of the two nodes. */
  from: Point
  to: Point
  /** Corner points between the ends, in scene units; the line runs in the gutters. */
  bends: readonly Point[]
  /** Drawn at rest; else only when the path is lit. */
  atRest: boolean
  live: boolean
  /** To or from what a file declares and is not there. */
  declared: boolean
  /** Which variant: the driver of a network, the scope of a door; drives the style. */
  variant: string
}

/** What the reader asked for. */
export interface View {
  /** Width / height of the area to fill. */
  aspect: number
  /** Ids of networks that the reader folded or unfolded himself; a host's id unfolds its doors and what is right of its lanes. */
  folded?: ReadonlySet<string>
  unfolded?: ReadonlySet<string>
  /** Draw this host alone (with what shares its machine); null or absent = all. */
  hostId?: string | null
  /** Smallest height of a container's name as a share of the picture's height; below it lanes fold. */
  legible?: number
  /** What it is written in; absent = English. */
  words?: MapWords
}

export interface Scene {
  width: number
  height: number
  nodes: SceneNode[]
  edges: SceneEdge[]
  /** Hosts that are drawn inside of containers, by id: whose container, and which. Also those that are folded into it. */
  inside: ReadonlyMap<string, { hostId: string; ref: Ref }>
  /** What it is written in. */
  words: MapWords
  /** One sentence for the canvas's accessible description. */
  summary: string
}
