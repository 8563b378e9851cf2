/** Findings as the page sorts them. Pure. */
import { SEVERITIES } from '@/lib/graph/marks'
import type { Finding, Severity, Subject } from '@/lib/exposure/types'
import {
  containerById,
  namespaceById,
  networkByName,
  refOfContainer,
  refOfNamespace,
  refOfNetwork,
  type Resolved,
} from '@/lib/topology/lookup'
import type { Ref } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'

const rank = (severity: Severity) => SEVERITIES.indexOf(severity)

/** Worst first. Equal ones keep the server's order, which puts first what is reached from outside. */
const bySeverity = (a: Finding, b: Finding): number => rank(a.severity) - rank(b.severity)

export const isActive = (finding: Finding): boolean => finding.suppressed === null

export function countBySeverity(findings: readonly Finding[]): Record<Severity, number> {
  const counts: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 }
  for (const finding of findings) counts[finding.severity] += 1
  return counts
}

/** How to select what a finding is about. */
export function refOfSubject(host: Host, subject: Subject): Ref {
  switch (subject.kind) {
    case 'host':
      return { kind: 'host' }
    case 'container': {
      const container = containerById(host, subject.id)
      return container === null ? { kind: 'container', name: subject.name } : refOfContainer(host, container)
    }
    case 'namespace': {
      const namespace = namespaceById(host, subject.id)
      return namespace === null ? { kind: 'namespace', name: subject.name } : refOfNamespace(host, namespace)
    }
    case 'network': {
      const network = networkByName(host, subject.name)
      return network === null ? { kind: 'network', name: subject.name } : refOfNetwork(host, network)
    }
  }
}

/** Ids of the subjects whose findings concern a thing: the thing, and what stands in the same network namespace. */
function subjectIds(host: Host, thing: Resolved): Set<string> {
  switch (thing.kind) {
    case 'host':
      return new Set([host.id])
    case 'container':
      return new Set([thing.container.id, thing.container.namespaceId])
    case 'network':
      return new Set([thing.network.id])
    case 'pod':
      return new Set([thing.pod.namespaceId ?? '', ...thing.pod.containerIds])
    case 'namespace':
      return new Set([thing.namespace.id, ...thing.namespace.memberIds])
    case 'port':
      return new Set(thing.doors.flatMap(({ namespace }) => [namespace.id, ...namespace.memberIds]))
    case 'listener':
      return new Set(thing.listeners.flatMap(({ containerId }) => containerId ?? []))
    case 'unit':
    case 'interface':
    case 'segment':
      return new Set()
  }
}

/** The findings that concern a thing, worst first. */
export function findingsOf(findings: readonly Finding[], host: Host, thing: Resolved): Finding[] {
  const ids = subjectIds(host, thing)
  return findings
    .filter(({ hostId, subject }) => {
      if (hostId !== host.id) return false
      return ids.has(subject.id) || (thing.kind === 'host' && subject.kind === 'host')
    })
    .toSorted(bySeverity)
}
