/** How the verdicts of several ways become one, and which way a namespace's packets take. */
import type { Network } from '@/lib/topology/types'
import { once, type ReachContext } from './context'
import { type Family, familyOf, speaks } from './families'
import { defaultRoute, judge, onParent } from './networks'
import { overlaps } from './subnets'
import type { Judgement, NamespaceGroup } from './types'

/** The best of several ways that are all tried: one open way is enough. */
export function best(judgements: readonly Judgement[]): Judgement {
  const found =
    judgements.find(one => one.verdict === 'reachable') ??
    judgements.find(one => one.verdict === 'unknown') ??
    judgements[0]
  if (found === undefined) throw new Error('best() of nothing: the caller checks that there is a way to judge')
  return found
}

/** One of several ways is taken, and nobody knows which: only what they agree on is certain. */
export function agreed(judgements: readonly Judgement[], networks: readonly string[]): Judgement {
  const [first, ...rest] = judgements
  if (first === undefined) throw new Error('agreed() of nothing: the caller checks that there is a way to judge')
  if (rest.every(one => one.verdict === first.verdict)) return first
  return judge('unknown', { code: 'several-routes', networks }, first.path)
}

/**
 * The networks that a namespace's packets leave by when no subnet of its own fits. As its kernel says, where that was asked;
 * else those of the lowest metric, and several if equal.
 */
export const egress = (context: ReachContext, group: NamespaceGroup, family: Family): Network[] =>
  once(context.memo.egress[family], group, () => defaultRoutes(context, group, family))

function defaultRoutes(context: ReachContext, group: NamespaceGroup, family: Family): Network[] {
  const seen = group.leavesBy[family]
  if (seen !== null) return seen.flatMap(name => context.networks.get(name) ?? [])
  const routes = group.attachments.flatMap(attachment => {
    const { network } = attachment
    if (network === null || !speaks(attachment, family)) return []
    const route = defaultRoute(context, network, family)
    return route ? [{ network, metric: route.metric }] : []
  })
  const lowest = Math.min(...routes.map(({ metric }) => metric))
  return routes.filter(({ metric }) => metric === lowest).map(({ network }) => network)
}

/**
 * How a namespace answers somebody whose address nobody rewrites on the way in: one in `subnets`, CIDR. null = through the host,
 * as it came; else why it does not, or why that is not certain.
 */
export function wayBack(
  context: ReachContext,
  group: NamespaceGroup,
  family: Family,
  subnets: readonly string[],
): Judgement | null {
  // A route to a subnet of its own is taken before any default route.
  const asked = subnets.filter(cidr => familyOf(cidr) === family)
  const beside = group.attachments.find(({ network }) =>
    network?.subnets.some(({ cidr }) => overlaps(cidr, asked)),
  )?.network
  // Frames of a bridge pass the host's connection tracking when br_netfilter is loaded, which is not read.
  if (beside)
    return judge(onParent(beside) ? 'blocked' : 'unknown', {
      code: 'answers-elsewhere',
      end: 'to',
      network: beside.name,
    })
  const routes = egress(context, group, family)
  if (routes.length === 0) {
    const internal = group.attachments.find(({ network }) => network?.internal)
    return internal
      ? judge('blocked', { code: 'internal-to', network: internal.name })
      : judge('blocked', { code: 'no-way-back', end: 'to' })
  }
  const past = routes.filter(onParent)
  const [first] = past
  if (first === undefined) return null
  const verdict = past.length === routes.length ? 'blocked' : 'unknown'
  return judge(verdict, { code: 'answers-elsewhere', end: 'to', network: first.name })
}
