/** Which hosts are drawn inside of which containers. */
import type { Ref } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { addMachine, composeMachine, planMachines } from './machine'
import type { Marks } from './marks'
import type { Metrics } from './metrics'
import type { Nest } from './nest'
import type { Scene, SceneEdge, SceneNode, View } from './types'

/** An inner host is one box among many: it is composed like a page of this shape, and folds when it is much larger than others. */
const SHAPE = { aspect: 1.5, legible: 0.016 }

export interface Nesting {
  /** Those that stand by themselves. */
  hosts: Host[]
  /** By the id of the container that they are in; also of those whose containers are folded. */
  inside: ReadonlyMap<string, Host>
}

/**
 * An engine is drawn inside of its container where that is drawn, and alone in its network namespace, which is what the box
 * stands for. Others stand by themselves.
 */
export function nestHosts(all: readonly Host[]): Nesting {
  const inside = new Map<string, Host>()
  const byId = new Map(all.map(host => [host.id, host]))
  const hosts = all.filter(host => {
    const outer = byId.get(host.nestedIn?.hostId ?? '')
    const container = outer?.containers.find(({ id }) => id === host.nestedIn?.containerId)
    if (outer === undefined || outer.nestedIn !== null || container === undefined || container.podId !== null)
      return true
    const space = outer.namespaces.find(({ id }) => id === container.namespaceId)
    const shares = space === undefined || (space.kind !== 'host' && space.memberIds.length > 1)
    if (shares || inside.has(container.id)) return true
    inside.set(container.id, host)
    return false
  })
  return { hosts, inside }
}

/** Where each inner host is, by its id: for who looks for what is folded. */
export function holders({ hosts, inside }: Nesting): Scene['inside'] {
  const found = new Map<string, { hostId: string; ref: Ref }>()
  for (const { id: hostId, containers } of hosts)
    for (const { id, name } of containers) {
      const inner = inside.get(id)
      if (inner !== undefined) found.set(inner.id, { hostId, ref: { kind: 'container', name } })
    }
  return found
}

/** Draws the inner hosts of containers that are not folded, by the container's id. */
export function drawNests(
  { hosts, inside }: Nesting,
  { metrics, marks }: { metrics: Metrics; marks: Marks },
  view: View,
): Map<string, Nest> {
  const nests = new Map<string, Nest>()
  for (const outer of hosts)
    for (const { id, name } of outer.containers) {
      const inner = inside.get(id)
      if (inner === undefined || view.folded?.has(id) === true) continue
      const titled = { ...inner, name: metrics.words.insideOf(name, outer.name) }
      const scene = { nodes: new Array<SceneNode>(), edges: new Array<SceneEdge>() }
      let [width, height] = [0, 0]
      for (const plan of planMachines([titled], metrics, new Map())) {
        const machine = composeMachine(plan, metrics, SHAPE.aspect, SHAPE.legible)
        ;({ width, height } = addMachine(machine, { metrics, marks }, { x: 0, y: 0, view, framed: false }, scene))
      }
      nests.set(id, { width, height, ...scene })
    }
  return nests
}
