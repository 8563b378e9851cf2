/** What the wall says of one host, before any geometry: its doors, its boxes of containers, its findings. */
import type { DoorRange } from '@/lib/topology/ranges'
import type { Finding, FindingsReport, Severity } from '@/lib/exposure/types'
import { countBySeverity, isActive } from '@/lib/client/findings'
import { listOutsideDoors } from '@/lib/client/counts'
import { stateIcon } from '@/lib/graph/chips'
import { gatherMarks, type Mark, type Marks, SEVERITIES, weightOf, worstOf } from '@/lib/graph/marks'
import type { MapWords } from '@/lib/graph/map-words'
import { compareNames } from '@/lib/graph/order'
import { declaredCount, withoutDeclared } from '@/lib/graph/declared'
import { type Group, type HostPlan, type Item, type Lane, planHost, stepsPastHost } from '@/lib/graph/plan'
import type { Driver } from '@/lib/graph/types'
import { isRunning, networkBadges } from '@/lib/graph/words'
import { namespaceName } from '@/lib/topology/lookup'
import { readBindAddress } from '@/lib/topology/scope'
import type { Host, Listener, Namespace } from '@/lib/topology/types'

/** A way in from outside. */
export interface WallDoor {
  key: string
  /** One of the picture's signs: where it stands, or that the host itself listens. */
  sign: 'wildcard' | 'public' | 'private' | 'listener'
  /** "8080", "7000–7010", "53/udp": TCP goes without saying. */
  port: string
  /** The one address that it stands on; null = every one. */
  address: string | null
  /** What is behind it; null when nobody knows who listens. */
  leadsTo: string | null
  /** Whether the host passes connections on is not known. */
  unsure: boolean
  mark: Mark
}

/** One network namespace: a container, or several that share one. */
export interface WallChip {
  id: string
  name: string
  /** How many containers it is. */
  containers: number
  /** Stands elsewhere, and is attached here too. */
  visits: boolean
  state: string
  live: boolean
  /** A published port leads here from outside. */
  exposed: boolean
  mark: Mark
}

export type BoxLook = Driver | 'residents' | 'pivots' | 'plain'

/** A network, or what stands on none. */
export interface WallBox {
  id: string
  look: BoxLook
  /** null for those of our own naming: `group` says which. */
  name: string | null
  group: Group['key'] | 'residents' | null
  /** "internal", "macvlan bridge": the picture's own badges. */
  badges: readonly string[]
  chips: readonly WallChip[]
  mark: Mark
}

export interface WallFacts {
  doors: readonly WallDoor[]
  published: number
  listening: number
  /** Why not all listening ports are known; null when they are. */
  unknownBecause: string | null
  /** Containers in the host's own network namespace. */
  hostMode: number
  /** Containers that are machines of the LAN themselves: macvlan and ipvlan. */
  onLan: number
  boxes: readonly WallBox[]
  containers: number
  running: number
  networks: number
  /** What files declare and is not there: a count is all that a wall says of it. */
  declared: number
  findings: Record<Severity, number>
  worst: Finding | null
  notExamined: number
}

/** What is wrong here first, then what is exposed, then by name. */
export const byUrgency = (a: WallChip, b: WallChip): number =>
  weightOf(b.mark) - weightOf(a.mark) ||
  Number(b.exposed) - Number(a.exposed) ||
  Number(a.visits) - Number(b.visits) ||
  compareNames(a.name, b.name)

/** @param hosts all of the topology, for what else is said of the same machine */
export function gatherFacts(host: Host, hosts: readonly Host[], report: FindingsReport, words: MapWords): WallFacts {
  const machine = hosts.filter(({ machine }) => machine === host.machine)
  const plan = planHost(
    withoutDeclared(host),
    machine.filter(one => one !== host),
    words,
  )
  const marks = gatherMarks(report)
  const outside = listOutsideDoors(host, machine)
  const exposed = new Set(outside.published.map(({ namespace }) => namespace.id))
  const own = report.findings.filter(finding => finding.hostId === host.id && isActive(finding))
  const containers = host.containers.filter(({ isInfra }) => !isInfra)
  const lan = plan.lanes.filter(stepsPastHost).flatMap(({ items, visitors }) => [...items, ...visitors])
  return {
    doors: [
      ...outside.published.map(({ range, namespace }) => publishedDoor(host, namespace, range, marks)),
      ...outside.listening.map(one => listeningDoor(host, one, marks)),
    ].sort(
      (a, b) =>
        weightOf(b.mark) - weightOf(a.mark) ||
        Number(a.sign === 'listener') - Number(b.sign === 'listener') ||
        compareNames(a.port, b.port) ||
        (a.key < b.key ? -1 : 1),
    ),
    published: outside.published.length,
    listening: outside.listening.length,
    unknownBecause: outside.unknownBecause,
    hostMode: plan.residents.length,
    onLan: new Set(lan.flatMap(({ members }) => members.map(({ id }) => id))).size,
    boxes: boxesOf(plan, marks, exposed, words),
    containers: containers.length,
    running: containers.filter(isRunning).length,
    networks: host.networks.length,
    declared: declaredCount(host),
    findings: countBySeverity(own),
    worst: worstFinding(own),
    notExamined: report.notExamined.length,
  }
}

/** The first of the worst severity: the server puts first what is reached from outside. */
function worstFinding(findings: readonly Finding[]): Finding | null {
  for (const severity of SEVERITIES) {
    const found = findings.find(finding => finding.severity === severity)
    if (found !== undefined) return found
  }
  return null
}

const portText = (first: number, last: number, protocol: string) =>
  `${first === last ? first : `${first}–${last}`}${protocol === 'tcp' ? '' : `/${protocol}`}`

const markOf = (marks: Marks, namespace: Namespace): Mark =>
  worstOf([marks.of('namespace', namespace.id), ...namespace.memberIds.map(id => marks.of('container', id))])

function publishedDoor(host: Host, namespace: Namespace, { first, last }: DoorRange, marks: Marks): WallDoor {
  return {
    key: `${namespace.id} ${first.hostIp} ${first.hostPort} ${first.containerPort} ${first.protocol}`,
    sign: first.scope === 'loopback' ? 'private' : first.scope,
    port: portText(first.hostPort, last.hostPort, first.protocol),
    address: first.scope === 'wildcard' ? null : first.hostIp,
    leadsTo: namespaceName(host, namespace),
    unsure: first.forwarded === 'unknown',
    mark: markOf(marks, namespace),
  }
}

function listeningDoor(
  host: Host,
  { address, port, protocol, containerId, process }: Listener,
  marks: Marks,
): WallDoor {
  const container = host.containers.find(({ id }) => id === containerId)
  return {
    key: `${host.id} listens ${port} ${protocol}`,
    sign: 'listener',
    port: portText(port, port, protocol),
    address: readBindAddress(address).scope === 'wildcard' ? null : address,
    leadsTo: container?.name ?? process,
    unsure: false,
    mark: container === undefined ? null : marks.of('container', container.id),
  }
}

function boxesOf(plan: HostPlan, marks: Marks, exposed: ReadonlySet<string>, words: MapWords): WallBox[] {
  const chip = (item: Item) => chipOf(item, marks, exposed)
  const plain = { badges: [], name: null }
  const residents = plan.residents.map(chip)
  return [
    ...(residents.length === 0
      ? []
      : [
          {
            ...plain,
            id: `${plan.host.id} residents`,
            look: 'residents' as const,
            group: 'residents' as const,
            chips: residents,
            mark: worstOf(residents.map(({ mark }) => mark)),
          },
        ]),
    ...plan.lanes.map(lane => laneBox(lane, marks, chip, words)),
    ...plan.groups.map(({ key, items }) => {
      const chips = items.map(chip)
      return {
        ...plain,
        id: `${plan.host.id} ${key}`,
        look: key === 'pivots' ? ('pivots' as const) : ('plain' as const),
        group: key,
        chips,
        mark: worstOf(chips.map(({ mark }) => mark)),
      }
    }),
  ]
}

function laneBox(
  { network, driver, items, visitors }: Lane,
  marks: Marks,
  chip: (item: Item) => WallChip,
  words: MapWords,
): WallBox {
  const chips = [
    ...items.map(chip),
    ...visitors.map(item => ({ ...chip(item), id: `${network.id} ${item.namespace?.id ?? item.name}`, visits: true })),
  ].sort((a, b) => Number(a.visits) - Number(b.visits) || compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1))
  return {
    id: network.id,
    look: driver,
    name: network.name,
    group: null,
    badges: networkBadges(network, words).map(({ text }) => text),
    chips,
    // A visitor's findings are told where it stands.
    mark: worstOf([marks.of('network', network.id), ...chips.flatMap(one => (one.visits ? [] : one.mark))]),
  }
}

/** The state that asks for attention first speaks for a namespace of several. */
const LOUDEST = ['unhealthy', 'unclear', 'starting', 'paused', 'running', 'healthy', 'stopped', 'created', 'declared']

function chipOf({ name, namespace, members }: Item, marks: Marks, exposed: ReadonlySet<string>): WallChip {
  const states = members.map(stateIcon).sort((a, b) => LOUDEST.indexOf(a) - LOUDEST.indexOf(b))
  const shares = namespace !== null && namespace.kind !== 'host'
  return {
    id: members.length === 1 || namespace === null ? (members[0]?.id ?? name) : namespace.id,
    name,
    containers: members.length,
    visits: false,
    state: states[0] ?? 'created',
    live: members.some(isRunning),
    exposed: shares && exposed.has(namespace.id),
    mark: worstOf([
      shares ? marks.of('namespace', namespace.id) : null,
      ...members.map(({ id }) => marks.of('container', id)),
    ]),
  }
}
