/**
 * Verdicts alone, by classes of ends. Between two namespaces that share neither a network nor an interface, only the kinds
 * of their networks decide, not which ones they are: so one judgement stands for all such pairs, and the cost grows with the
 * kinds of networks on a host instead of with the square of its namespaces. Reasons name networks, so they are judged one by one.
 */
import type { Network } from '@/lib/topology/types'
import { once, type ReachContext } from './context'
import { direct } from './direct'
import { throughDoor } from './doors'
import { defaultRoute, hasVrf, hostRoutes, hostStandsOn, isUnmanaged, onParent } from './networks'
import { within } from './subnets'
import type { Door, Endpoint, NamespaceGroup, Verdict } from './types'

export interface Classes {
  /** As `direct(context, from, to).verdict`; the two ends are different namespaces. */
  direct(from: Endpoint, to: Endpoint): Verdict
  /** As `throughDoor(context, from, fromNamespaceId, door).verdict`. */
  door(from: Endpoint, fromNamespaceId: string | null, door: Door): Verdict
}

/** `links`: networks and interfaces by number. Two ends that have one in common are judged by themselves. */
interface Class {
  id: number
  links: readonly number[]
}

const NO_LINKS: readonly number[] = []

export function createClasses(context: ReachContext): Classes {
  const numbers = new Map<string, number>()
  const numberOf = (key: string) => once(numbers, key, () => numbers.size)
  const kinds = new Map<Network, string>()
  const ends = new Map<Endpoint, Class | null>()
  const doors = new Map<Door, Class | null>()
  const ambiguous = new Map<string, boolean>()
  const directs = new Map<number, Verdict>()
  const throughs = new Map<number, Verdict>()

  /** null = never like another: neighbours differ by where they stand. */
  const classOf = (end: Endpoint): Class | null =>
    once(ends, end, () => {
      switch (end.kind) {
        case 'host':
          return { id: numberOf('host'), links: NO_LINKS }
        case 'neighbour':
          return null
        case 'namespace':
          return { id: numberOf(shapeOf(end.group)), links: linksOf(end.group) }
      }
    })

  function shapeOf(group: NamespaceGroup): string {
    const attachments = group.attachments.map(({ network, ipv4, ipv6 }) => {
      const kind = network === null ? 'dangling' : once(kinds, network, () => kindOf(context, network))
      return `${kind} ${ipv4} ${ipv6}`
    })
    return JSON.stringify([
      group.kind,
      group.stopped === null,
      group.incomplete === null,
      group.userMode?.words,
      attachments.sort(),
    ])
  }

  const linksOf = (group: NamespaceGroup): number[] =>
    group.attachments.flatMap(({ name, network }) => {
      const face = network && (network.interface ?? (onParent(network) ? context.defaultInterface : null))
      return [numberOf(`network ${name}`), ...(face === null ? [] : [numberOf(`interface ${face}`)])]
    })

  const doorClass = (door: Door): Class | null =>
    once(doors, door, () => {
      const owner = classOf(door.owner)
      const { scope, hostIp, forwarded } = door.port
      if (owner === null || (scope !== 'wildcard' && inSomeSubnet(hostIp))) return null
      return { id: numberOf(`door ${forwarded} ${scope} ${hostIp} ${owner.id}`), links: owner.links }
    })

  /** An address on a container network means another thing to its members than to everybody else. */
  const inSomeSubnet = (address: string): boolean =>
    once(ambiguous, address, () =>
      context.host.networks.some(({ subnets }) =>
        within(
          address,
          subnets.map(({ cidr }) => cidr),
        ),
      ),
    )

  return {
    direct(from, to) {
      const a = classOf(from)
      const b = classOf(to)
      const judge = () => direct(context, from, to).verdict
      return a === null || b === null || areLinked(a, b) ? judge() : once(directs, pairKey(a, b), judge)
    },
    door(from, fromNamespaceId, door) {
      const a = classOf(from)
      const b = doorClass(door)
      const judge = () => throughDoor(context, from, fromNamespaceId, door).verdict
      const own = fromNamespaceId === door.ownerNamespaceId
      return a === null || b === null || own || areLinked(a, b) ? judge() : once(throughs, pairKey(a, b), judge)
    },
  }
}

/** Classes are few: 2^20 of them would be a million different networks. */
const pairKey = (a: Class, b: Class): number => a.id * 2 ** 20 + b.id

const areLinked = (a: Class, b: Class): boolean => a.links.some(link => b.links.includes(link))

/** Everything about a network that can decide a verdict between its members and those of networks that it has no link to. */
const kindOf = (context: ReachContext, network: Network): string =>
  JSON.stringify([
    network.driver,
    network.mode,
    network.internal,
    network.vlan !== null,
    network.isolation.effective,
    isUnmanaged(network),
    hasVrf(context, network),
    hostStandsOn(context, network),
    hostRoutes(context, network),
    defaultRoute(context, network),
  ])
