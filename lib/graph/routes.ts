/**
 * Lines. They run in the corridors only: left of the host, over it, between host and lanes, between columns, between the
 * lanes of a column, between the chips of a lane. One that would cross a box all the same is not drawn at rest.
 */
import type { Block } from './block'
import { doorId } from './edge-nodes'
import { childrenOf, type Surroundings } from './entries'
import { targetsOf } from './leads'
import type { Metrics } from './metrics'
import { blocked } from './paths'
import { hasMemberLines } from './pivots'
import { driverOf, type HostPlan, networksOf } from './plan'
import { descents, ties, uplinks } from './ties'
import type { SceneEdge, SceneNode } from './types'
import { routeWays, type Way } from './ways'

/** Beyond so many, words replace the lines of doors; earlier where the picture is dense. */
const DOORS_AT_REST: Record<Metrics['lines'], number> = { 3: 12, 2: 12, 1: 8 }

export interface Router extends Surroundings {
  plan: HostPlan
  block: Block
}

/** Doors that are kept inside lead nobody in from outside: their lines are drawn on demand only. */
function doorWays(router: Router, nodes: readonly SceneNode[]): Way[] {
  const { plan, byId } = router
  const targetOf = targetsOf(plan, nodes, byId)
  const ways = plan.doors.flatMap((door): Way[] => {
    const source = byId.get(doorId(plan.host.id, door))
    const target = targetOf(door)
    if (source === undefined || target === undefined) return []
    // What is declared has its line already, so that no other gives way when it opens.
    const isOpen = source.live || (source.declared && door.forwarded !== 'no')
    const atRest = isOpen && door.scope !== 'loopback'
    return [{ kind: 'leads', source, target, bundle: `to ${target.id}`, atRest, variant: source.variant }]
  })
  const few = ways.filter(way => way.atRest).length <= DOORS_AT_REST[router.metrics.lines]
  return few ? ways : ways.map(way => ({ ...way, atRest: false }))
}

function pivotWays({ plan, byId, metrics }: Router): Way[] {
  const known = new Map(plan.host.networks.map(network => [network.name, network]))
  const pivots = plan.groups.filter(({ key }) => key === 'pivots' || key === 'engines').flatMap(group => group.items)
  const atRest = hasMemberLines(plan, metrics)
  return pivots.flatMap(item => {
    const source = byId.get((item.shape === 'chip' ? item.members[0]?.id : item.namespace?.id) ?? '')
    if (source === undefined || item.namespace === null) return []
    const lanes = networksOf(item.namespace, known).flatMap(name => {
      const network = known.get(name)
      const target = network === undefined ? undefined : byId.get(network.id)
      return network === undefined || target === undefined ? [] : [{ target, variant: driverOf(network) }]
    })
    // Each of a bundle leads to all that it leads to: so one line that branches says the truth of all of them.
    const bundle = `of ${lanes
      .map(({ target }) => target.id)
      .sort()
      .join(' ')}`
    return lanes.map((lane): Way => ({ kind: 'member', source, ...lane, bundle, atRest }))
  })
}

/** All lines of one block. `first` = the block that has the machine's interfaces. */
export function routeBlock(
  plan: HostPlan,
  block: Block,
  metrics: Metrics,
  nodes: readonly SceneNode[],
  first: boolean,
): SceneEdge[] {
  const byId = new Map(nodes.map(node => [node.id, node]))
  const router: Router = { plan, block, corridors: block.corridors, metrics, byId, children: childrenOf(nodes) }
  const { edges: ways, descentX } = routeWays(
    router,
    [...doorWays(router, nodes), ...pivotWays(router)],
    first ? descents(router) : [],
  )
  const edges = first ? [...uplinks(router), ...ties(router, descentX), ...ways] : ways
  return edges.map(line => (line.atRest && blocked(line, nodes, byId) ? { ...line, atRest: false } : line))
}
