/** Who reaches whom, for a terminal: the verdict first, then the way or what stops it. */
import type { ReachPairAnswer } from '@/lib/reach/stop'
import type { Hop, ReachRow, Verdict } from '@/lib/reach/types'
import { formatRef } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { type Page, VERDICT_MARK } from './style'
import { clipped, padded, printable, widthOf, wrap } from './text'

type Door = ReachRow['published'][number]

/** Over all the ways that were asked for: one that is open is enough, and one that is not known leaves it open. */
export function verdictOf({ direct, published }: ReachRow): Verdict {
  const verdicts = [...direct, ...published].map(({ verdict }) => verdict)
  if (verdicts.includes('reachable')) return 'reachable'
  return verdicts.includes('unknown') ? 'unknown' : 'blocked'
}

const doorText = ({ hostIp, hostPort, protocol }: Door): string =>
  formatRef({ kind: 'port', hostIp, hostPort, protocol }).slice('port:'.length)

/** Verdict, each way with its reasons, and the hops. */
export function pairText(pair: ReachPairAnswer, page: Page): string {
  const { paint } = page
  const verdict = verdictOf(pair)
  const [direct] = pair.direct
  const ends = `${printable(pair.from)} → ${printable(direct?.to ?? '')}`
  const ways = [
    ...(direct === undefined ? [] : [{ what: 'any port it listens on, at its own addresses', ...direct }]),
    ...foldedDoors(pair.published).map(door => ({ what: `published port ${door.doors}`, ...door })),
  ]
  const lines = [
    `${paint('bold', ends)}  ${paint(VERDICT_MARK[verdict], verdict)}`,
    ...ways.flatMap(({ what, verdict: of, because }) => [
      `  ${paint(VERDICT_MARK[of], padded(of, VERDICT_WIDTH))}  ${printable(what)}`,
      ...because.flatMap(reason => bullet(reason, VERDICT_WIDTH + 4, page)),
    ]),
    ...wayLines(pair.hops, page),
    ...(pair.stop === null ? [] : [`${paint('bold', 'Stops at')}  ${hopText(pair.stop)}`]),
  ]
  return `${lines.map(line => line.trimEnd()).join('\n')}\n`
}

const VERDICT_WIDTH = 'reachable'.length

const bullet = (reason: string, by: number, { width }: Page): string[] =>
  wrap(printable(reason), Math.max(20, width - by - 2)).map(
    (line, index) => `${' '.repeat(by)}${index === 0 ? '- ' : '  '}${line}`,
  )

const HOP_WORDS: Record<Hop['kind'], string> = {
  namespace: '',
  interface: 'interface ',
  network: 'network ',
  host: 'host ',
  door: 'port ',
}

/** A neighbour is called by its own name, not by the interface that it stands behind. */
const hopText = ({ kind, label }: Hop): string =>
  printable(/^(neighbour|routed):/.test(label) ? label : `${HOP_WORDS[kind]}${label}`)

function wayLines(hops: readonly Hop[], { width, paint }: Page): string[] {
  if (hops.length < 2) return []
  const label = 'Way  '
  const stations = hops.map(hopText).filter((hop, index, all) => hop !== all[index - 1])
  const way = wrap(stations.join(' → '), Math.max(20, width - label.length))
  return way.map((line, index) => `${index === 0 ? paint('bold', 'Way') + '  ' : ' '.repeat(label.length)}${line}`)
}

/** Everything that one end reaches, in columns; what it does not reach with the reason. */
export function rowText(row: ReachRow, host: Host, page: Page): string {
  const infra = new Map<string, string | null>(
    host.containers.flatMap(one => (one.isInfra ? [[`container:${one.name}`, one.podId]] : [])),
  )
  const nameOf = (ref: string): string => {
    const pod = host.pods.find(({ id }) => id === infra.get(ref))
    return pod ? `pod ${pod.name}` : ref.replace(/^container:/, '')
  }
  // The members of a pod stand for its infra container, which has the same network.
  const direct = row.direct.filter(({ to }) => !infra.has(to)).map(one => ({ ...one, what: nameOf(one.to) }))
  const published = foldedDoors(row.published).map(one => ({ ...one, what: `${nameOf(one.owner)}  ${one.doors}` }))
  const sections = [
    { title: 'Any port they listen on, at their own addresses', ways: direct },
    { title: "Published ports, at any of the host's addresses", ways: published },
  ]
  const lines = [
    page.paint('bold', `What ${printable(row.from)} reaches`),
    ...sections.flatMap(({ title, ways }) => (ways.length === 0 ? [] : ['', title, ...wayTable(ways, page)])),
  ]
  return `${lines.map(line => line.trimEnd()).join('\n')}\n`
}

/** Consecutive ports of one owner with the same verdict are one line: "*:7000-7010/tcp". */
function foldedDoors(doors: readonly Door[]): (Door & { doors: string })[] {
  const folded: { first: Door; last: number }[] = []
  for (const door of doors) {
    const open = folded.at(-1)
    if (open && door.hostPort === open.last + 1 && isSameSeries(open.first, door)) open.last = door.hostPort
    else folded.push({ first: door, last: door.hostPort })
  }
  return folded.map(({ first, last }) => {
    if (last === first.hostPort) return { ...first, doors: doorText(first) }
    const span = `${first.hostPort}-${last}`
    const because = first.because.map(reason => reason.replaceAll(`port ${first.hostPort}`, `ports ${span}`))
    return { ...first, because, doors: doorText(first).replace(/\d+(?=\/\w+$)/, span) }
  })
}

/** The reasons name their port, so they may differ in that. */
const isSameSeries = (a: Door, b: Door): boolean =>
  withoutPort(a) === withoutPort(b) &&
  a.owner === b.owner &&
  a.hostIp === b.hostIp &&
  a.protocol === b.protocol &&
  a.verdict === b.verdict

const withoutPort = ({ because, hostPort }: Door): string => because.join('\n').replaceAll(String(hostPort), '')

interface Way {
  what: string
  verdict: Verdict
  because: readonly string[]
}

const ORDER: Record<Verdict, number> = { reachable: 0, unknown: 1, blocked: 2 }

function wayTable(ways: readonly Way[], { width, paint }: Page): string[] {
  const column = Math.min(Math.floor(width / 2), Math.max(...ways.map(({ what }) => widthOf(printable(what)))))
  const left = column + VERDICT_WIDTH + 6
  return ways
    .toSorted((a, b) => ORDER[a.verdict] - ORDER[b.verdict])
    .map(({ what, verdict, because }) => {
      const name = padded(clipped(printable(what), column), column)
      const word = paint(VERDICT_MARK[verdict], padded(verdict, VERDICT_WIDTH))
      return `  ${name}  ${word}  ${clipped(printable(because.join('; ')), Math.max(20, width - left))}`
    })
}
