import { canonical } from '../addresses'
import { NO_FIX } from '../fix'
import { QUADLET } from '../references'
import { hostSubject, listed } from '../subjects'
import type { Rule } from '../types'
import { type Declared, declaredOn, unitResult } from '../units'

interface Claim {
  one: Declared
  hostIp: string
  first: number
  last: number
  protocol: string
  line: number
  file: string
}

export const unitPortContention: Rule = {
  id: 'unit-port-contention',
  title: 'Host port declared twice',
  severity: 'info',
  when: 'Two quadlets publish the same address, port and protocol: the one that starts second fails.',
  fix: 'Give one of them another port.',
  falsePositives: 'Blue and green deployments.',
  references: [QUADLET],
  enabledByDefault: true,
  examine(view) {
    const result = unitResult(view)
    for (const [a, b] of rivals(claimsOf(declaredOn(view)))) {
      const ports = portsText(Math.max(a.first, b.first), Math.min(a.last, b.last))
      result.hits.push({
        subject: hostSubject(view),
        severity: unitPortContention.severity,
        confidence: 'high',
        message: `${ports}/${a.protocol}: ${listed([a.one.unit.name, b.one.unit.name])} publish it, and who starts first gets it.`,
        evidence: [a, b].map(({ one, file, line, hostIp, first, last, protocol }) => ({
          field: one.unit.path,
          value: `PublishPort= on ${hostIp === '' ? 'every address' : hostIp}, ${portsText(first, last)}/${protocol} (${file}:${line})`,
        })),
        fix: NO_FIX,
      })
    }
    return result
  },
}

const portsText = (first: number, last: number): string => (first === last ? String(first) : `${first}-${last}`)

/** Ports with a number of units that Podman makes a service of, ordered by the first port. */
function claimsOf(all: readonly Declared[]): Claim[] {
  return all
    .flatMap(one => {
      // A template's instances would each need ports of their own; a pod has those of its members.
      if (!one.counts || one.unit.isTemplate || one.unit.pod !== null) return []
      return one.there.doors.flatMap(({ hostIp, hostPort, range, protocol, file, line }): Claim[] =>
        hostPort === null ? [] : [{ one, hostIp, first: hostPort, last: hostPort + range - 1, protocol, file, line }],
      )
    })
    .toSorted((a, b) => a.first - b.first)
}

/** More pairs than this say nothing more. */
const MAX_PAIRS = 200

function rivals(claims: readonly Claim[]): [Claim, Claim][] {
  const pairs = new Map<string, [Claim, Claim]>()
  let open: Claim[] = []
  for (const claim of claims) {
    open = open.filter(({ last }) => last >= claim.first)
    for (const other of open) {
      if (other.one === claim.one || other.protocol !== claim.protocol || !meet(other.hostIp, claim.hostIp)) continue
      // Several ports of the same two are told once.
      const names = [other, claim].toSorted((a, b) => (a.one.unit.name < b.one.unit.name ? -1 : 1))
      const [a = other, b = claim] = names
      const key = `${a.one.unit.path}\n${b.one.unit.path}`
      if (!pairs.has(key)) pairs.set(key, [a, b])
      if (pairs.size >= MAX_PAIRS) return [...pairs.values()]
    }
    open.push(claim)
  }
  return [...pairs.values()]
}

const isWildcard = (address: string): boolean => address === '' || canonical(address) === '::'

/** Whether both cannot be bound: a wildcard meets every address of its family, "" is both families. */
function meet(one: string, other: string): boolean {
  if (one === '' || other === '') return true
  if (one.includes(':') !== other.includes(':')) return false
  return isWildcard(one) || isWildcard(other) || canonical(one) === canonical(other)
}
