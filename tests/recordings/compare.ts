/** Verdicts beside packets: every decided one that they contradict, and every undecided one with its reason. */
import { createReach } from '@/lib/reach/reach'
import { parseReachRef } from '@/lib/reach/refs'
import type { ReachRow, Verdict } from '@/lib/reach/types'
import type { HostModel } from '@/lib/topology/types'
import type { Truth } from './model'

/** One verdict and what packets did. */
export interface Compared {
  from: string
  /** "container:web", "host", or a door: "container:web by 0.0.0.0:8080". */
  to: string
  verdict: Verdict
  because: string[]
  reached: boolean
}

export interface Comparison {
  pairs: number
  contradicted: Compared[]
  unknown: Compared[]
  /** What packets found and the rows do not list. */
  missing: string[]
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')

/** `model` and `truth` must be of one host at one time. */
export function compare(model: HostModel, truth: Truth): Comparison {
  const reach = createReach(model)
  return compareRows(from => {
    const ref = parseReachRef(from)
    return ref && reach.row(ref)
  }, truth)
}

/** @param rowOf what `from` can reach, as GET /api/v1/reach tells it; null when there is no such end */
export function compareRows(rowOf: (from: string) => ReachRow | null, truth: Truth): Comparison {
  const result: Comparison = { pairs: 0, contradicted: [], unknown: [], missing: [] }
  for (const from of sourcesOf(truth)) {
    const row = rowOf(from)
    if (row === null) {
      result.missing.push(from)
      continue
    }
    const record = (to: string, said: { verdict: Verdict; because: string[] } | undefined, reached: boolean) => {
      if (said === undefined) {
        result.missing.push(`${from} → ${to}`)
        return
      }
      result.pairs += 1
      const compared = { from, to, verdict: said.verdict, because: said.because, reached }
      if (said.verdict === 'unknown') result.unknown.push(compared)
      else if ((said.verdict === 'reachable') !== reached) result.contradicted.push(compared)
    }

    const direct = new Map(row.direct.map(one => [one.to, one]))
    for (const [to, reached] of directTruth(truth, from)) if (to !== from) record(to, direct.get(to), reached)
    for (const { owner, hostIp, hostPort, reached } of doorTruth(truth, from)) {
      const said = row.published.find(
        door =>
          door.owner === `container:${owner}` &&
          door.hostPort === hostPort &&
          door.protocol === 'tcp' &&
          // Podman's inspect calls an unset address 0.0.0.0.
          (door.hostIp === hostIp || (door.hostIp === '' && hostIp === '0.0.0.0')),
      )
      record(`container:${owner} by ${hostIp}:${hostPort}`, said, reached)
    }
  }
  return result
}

/** Everybody that connected. */
export const sourcesOf = (truth: Truth): string[] => [...new Set(truth.hosts.map(([from]) => from))]

/** REF → whether the right one answered at any of its own addresses. */
function directTruth(truth: Truth, from: string): Map<string, boolean> {
  const found = new Map<string, boolean>()
  const add = (to: string, reached: boolean) => found.set(to, (found.get(to) ?? false) || reached)
  for (const [source, name, , , answer] of truth.direct)
    if (source === from) add(`container:${name}`, answer === truth.owner[name])
  for (const [source, , answer] of truth.hosts) if (source === from) add('host', answer === 'host')
  return found
}

interface DoorTruth {
  owner: string
  hostIp: string
  hostPort: number
  reached: boolean
}

function doorTruth(truth: Truth, from: string): DoorTruth[] {
  const found = new Map<string, DoorTruth>()
  const isHost = from === 'host' || truth.owner[from.replace(/^container:/, '')] === 'host'
  for (const [source, owner, hostIp, hostPort, address, answer] of truth.published) {
    // A container's loopback is not an address of the host.
    if (source !== from || (isLoopback(address) && !isHost)) continue
    const key = `${owner} ${hostIp} ${hostPort}`
    const reached = answer === truth.owner[owner]
    found.set(key, { owner, hostIp, hostPort, reached: reached || found.get(key)?.reached === true })
  }
  return [...found.values()]
}
