/** Verdicts beside packets: every decided one that they contradict, and every undecided one with its reason. */
import { parseReachRef } from '@/lib/reach/refs'
import { createReach } from '@/lib/reach/reach'
import type { Verdict } from '@/lib/reach/types'
import type { HostModel } from '@/lib/topology/types'
import type { Truth } from './model'

export interface Comparison {
  pairs: number
  /** "from → to: said …, packets …" */
  contradicted: string[]
  /** Reason → the pairs it left open. */
  unknown: Map<string, string[]>
}

const isLoopback = (address: string) => address === '::1' || address.startsWith('127.')

/** `model` and `truth` must be of one host at one time. */
export function compare(model: HostModel, truth: Truth): Comparison {
  const reach = createReach(model)
  const result: Comparison = { pairs: 0, contradicted: [], unknown: new Map() }
  const record = (pair: string, verdict: Verdict, because: string[], reached: boolean) => {
    result.pairs += 1
    if (verdict === 'unknown') {
      const reason = because.join('; ')
      result.unknown.set(reason, [...(result.unknown.get(reason) ?? []), `${pair} (packets: ${reached ? 'yes' : 'no'})`])
    } else if ((verdict === 'reachable') !== reached)
      result.contradicted.push(`${pair}: said ${verdict} (${because.join('; ')}), packets say ${reached ? 'reached' : 'not reached'}`)
  }

  const sources = [...new Set(truth.hosts.map(([from]) => from))]
  for (const from of sources) {
    const ref = parseReachRef(from)
    const row = ref && reach.row(ref)
    if (!row) {
      result.contradicted.push(`${from}: no such end in the topology`)
      continue
    }
    const direct = new Map(row.direct.map(one => [one.to, one]))
    const answeredByOwner = new Map<string, boolean>()
    for (const [source, name, , , answer] of truth.direct) {
      if (source !== from) continue
      answeredByOwner.set(name, (answeredByOwner.get(name) ?? false) || answer === truth.owner[name])
    }
    for (const [name, reached] of answeredByOwner) {
      if (from === `container:${name}`) continue
      const one = direct.get(`container:${name}`)
      if (one) record(`${from} → ${name}`, one.verdict, one.because, reached)
      else result.contradicted.push(`${from} → ${name}: not in the row`)
    }
    if (from !== 'host') {
      const one = direct.get('host')
      const reached = truth.hosts.some(([source, , answer]) => source === from && answer === 'host')
      if (one) record(`${from} → host`, one.verdict, one.because, reached)
    }
    const fromHost = reach.end(ref)?.endpoint.kind === 'host'
    const doors = new Map<string, boolean>()
    for (const [source, owner, hostIp, hostPort, address, answer] of truth.published) {
      if (source !== from) continue
      // A container's loopback is not an address of the host.
      if (!fromHost && isLoopback(address)) continue
      const key = JSON.stringify([owner, hostIp, hostPort])
      doors.set(key, (doors.get(key) ?? false) || answer === truth.owner[owner])
    }
    for (const [key, reached] of doors) {
      const [owner, hostIp, hostPort]: [string, string, number] = JSON.parse(key)
      const one = row.published.find(
        door =>
          door.owner === `container:${owner}` &&
          door.hostPort === hostPort &&
          door.protocol === 'tcp' &&
          (door.hostIp === hostIp || (door.hostIp === '' && hostIp === '0.0.0.0')),
      )
      if (one) record(`${from} ⇒ ${owner} ${hostIp}:${hostPort}`, one.verdict, one.because, reached)
      else result.contradicted.push(`${from} ⇒ ${owner} ${hostIp}:${hostPort}: no such door`)
    }
  }
  return result
}
