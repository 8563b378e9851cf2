/**
 * Verdicts alone, by classes of ends. Between two namespaces that share neither a network nor an interface, only the kinds
 * of their networks decide, not which ones they are: so one judgement stands for all such pairs, and the cost grows with the
 * kinds of networks on a host instead of with the square of its namespaces. Reasons name networks, so they are judged one by one.
 */
import type { Interface, Network } from '@/lib/topology/types'
import { once, type ReachContext } from './context'
import { direct } from './direct'
import { throughDoor } from './doors'
import { FAMILIES, speaks } from './families'
import {
  cidrsOf,
  defaultRoute,
  forwardsFromInternal,
  hasGateway,
  hasVrf,
  hostRoutes,
  hostStandsOn,
  isUnmanaged,
  onParent,
} from './networks'
import { overlaps, within } from './subnets'
import type { Door, Endpoint, NamespaceGroup, Verdict } from './types'

export interface Classes {
  /** As `direct(context, from, to).verdict`; the two ends are different namespaces. */
  direct(from: Endpoint, to: Endpoint): Verdict
  /** As `throughDoor(context, from, fromNamespaceId, door).verdict`. */
  door(from: Endpoint, fromNamespaceId: string | null, door: Door): Verdict
}

/** What is the same for all ends, or all doors, of one kind. `direct` and `door` hold verdicts by the other shape's number. */
interface Shape {
  number: number
  direct: Verdict[]
  door: Verdict[]
}

/** `links`: networks, subnets and interfaces by number. Two ends that have one in common are judged by themselves. */
interface Class {
  shape: Shape
  links: readonly number[]
}

const NO_LINKS: readonly number[] = []

export function createClasses(context: ReachContext): Classes {
  const shapes = new Map<string, Shape>()
  const numbers = new Map<string, number>()
  const kinds = new Map<Network, number>()
  const ends = new Map<Endpoint, Class>()
  const doors = new Map<Door, Class | null>()
  const ambiguous = new Map<string, boolean>()

  const shapeNamed = (key: string): Shape => once(shapes, key, () => ({ number: shapes.size, direct: [], door: [] }))

  // Asked for every pair: no closure may be made on the way to a known answer.
  const classOf = (end: Endpoint): Class => {
    const known = ends.get(end)
    if (known !== undefined) return known
    const made = classifyEnd(end)
    ends.set(end, made)
    return made
  }

  const classOfDoor = (door: Door): Class | null => {
    const known = doors.get(door)
    if (known !== undefined) return known
    const made = classifyDoor(door)
    doors.set(door, made)
    return made
  }

  function classifyEnd(end: Endpoint): Class {
    switch (end.kind) {
      case 'host':
        return { shape: shapeNamed('host'), links: NO_LINKS }
      case 'neighbour': {
        // Like no other, by where it stands; whom it reaches still depends on their kinds, but for those it stands beside.
        const { interface: face, routed } = end
        return { shape: shapeNamed(JSON.stringify(['neighbour', face.name, routed])), links: linksOfNeighbour(face) }
      }
      case 'namespace':
        return { shape: shapeNamed(shapeOf(end.group)), links: linksOf(end.group) }
    }
  }

  function classifyDoor(door: Door): Class | null {
    const { scope, hostIp, forwarded } = door.port
    if (scope !== 'wildcard' && inSomeSubnet(hostIp)) return null
    const owner = classOf(door.owner)
    const forwardedTo = FAMILIES.map(family => kindNamed(door.forwardedTo[family]))
    return {
      shape: shapeNamed(JSON.stringify(['door', forwarded, scope, hostIp, owner.shape.number, forwardedTo])),
      links: owner.links,
    }
  }

  function shapeOf(group: NamespaceGroup): string {
    const attachments = group.attachments.map(({ network, ipv4, ipv6 }) => {
      const kind = network === null ? 'dangling' : kindOfOne(network)
      return `${kind} ${ipv4} ${ipv6}`
    })
    return JSON.stringify([
      group.kind,
      group.stopped === null,
      group.incomplete === null,
      group.userMode?.words,
      group.ownEngine,
      FAMILIES.map(family => group.leavesBy[family]?.map(kindNamed).sort()),
      attachments.sort(),
    ])
  }

  const linksOf = (group: NamespaceGroup): number[] =>
    group.attachments.flatMap(({ name, network }) => {
      const face = network && (network.interface ?? (onParent(network) ? context.defaultInterface : null))
      const subnets = (network?.subnets ?? []).map(({ cidr }) => numberOf(`subnet ${cidr}`))
      return [numberOf(`network ${name}`), ...subnets, ...(face === null ? [] : [numberOf(`interface ${face}`)])]
    })

  /** Its interface, the bridge that this is a port of, and every subnet that shares an address with its own. */
  function linksOfNeighbour({ name, master, addresses }: Interface): number[] {
    const beside = context.host.networks.flatMap(network => cidrsOf(network).filter(cidr => overlaps(cidr, addresses)))
    const faces = master === null ? [name] : [name, master]
    return [...faces.map(face => numberOf(`interface ${face}`)), ...beside.map(cidr => numberOf(`subnet ${cidr}`))]
  }

  const kindOfOne = (network: Network): number => once(kinds, network, () => numberOf(kindOf(context, network)))

  /** Which of one's networks it is only matters to those who have a link to it. */
  const kindNamed = (name: string | null): string | number | null => {
    const network = name === null ? undefined : context.networks.get(name)
    return network === undefined ? name : kindOfOne(network)
  }

  const numberOf = (key: string) => once(numbers, key, () => numbers.size)

  /** An address on a container network means another thing to its members than to everybody else. */
  const inSomeSubnet = (address: string): boolean =>
    once(ambiguous, address, () => context.host.networks.some(network => within(address, cidrsOf(network))))

  return {
    direct(from, to) {
      const a = classOf(from)
      const b = classOf(to)
      if (areLinked(a, b)) return direct(context, from, to).verdict
      return (a.shape.direct[b.shape.number] ??= direct(context, from, to).verdict)
    },
    door(from, fromNamespaceId, door) {
      const a = classOf(from)
      const b = classOfDoor(door)
      const own = fromNamespaceId === door.ownerNamespaceId
      if (b === null || own || areLinked(a, b)) return throughDoor(context, from, fromNamespaceId, door).verdict
      return (a.shape.door[b.shape.number] ??= throughDoor(context, from, fromNamespaceId, door).verdict)
    },
  }
}

function areLinked(a: Class, b: Class): boolean {
  for (const link of a.links) if (b.links.includes(link)) return true
  return false
}

/** Everything about a network that can decide a verdict between its members and those of networks that it has no link to. */
const kindOf = (context: ReachContext, network: Network): string =>
  JSON.stringify([
    network.driver,
    network.mode,
    network.internal && [forwardsFromInternal(context, network), ...FAMILIES.map(one => hasGateway(network, one))],
    network.vlan !== null,
    network.isolation.effective,
    isUnmanaged(network),
    hasVrf(context, network),
    hostStandsOn(context, network),
    hostRoutes(context, network),
    ...FAMILIES.flatMap(family => [
      defaultRoute(context, network, family),
      speaks({ name: network.name, network, ipv4: false, ipv6: false }, family),
    ]),
  ])
