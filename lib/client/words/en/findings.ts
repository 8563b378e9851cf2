/** The findings panel. Messages, evidence and fixes come from the server, in English. */
import type { Confidence, FindingHop } from '@/lib/exposure/types'

const confidences: Record<Confidence, string> = {
  high: 'high confidence',
  medium: 'medium confidence',
  low: 'low confidence',
}

const steps: Record<FindingHop['kind'], string> = {
  segment: 'segment',
  interface: 'interface',
  door: 'door',
  namespace: 'container',
  power: 'power',
  host: 'becomes',
}

export const findings = {
  title: 'Findings',
  nothingExamined: 'Nothing was examined: there is no host that could be read.',
  looking: 'Looking…',
  show: (severity: string) => `Show ${severity}`,
  hide: (severity: string) => `Hide ${severity}`,
  someOf: (shown: number, all: string) => `${shown} of ${all}`,
  withAccepted: (count: number) => `, ${count} accepted`,
  accepted: 'Accepted',
  showAccepted: 'Show accepted',
  hideAccepted: 'Hide accepted',
  /** Before the choice of cause or thing. */
  by: 'by',
  cause: 'cause',
  thing: 'thing',
  none: 'No rule found anything. That is not a proof: see what was not examined.',
  allHidden: 'All of them are hidden by the filter.',
  unread: (host: string) => `${host}: it could not be read`,
  more: (count: number) => `${count} more`,
  /** The last of several names. */
  andMore: (names: string, count: number) => `${names} and ${count} more`,
  and: (names: string, last: string) => `${names} and ${last}`,
  notExamined: 'Not examined',
  acceptedBy: (by: string, reason: string) => `Accepted by ${by}: ${reason}`,
  until: (day: string) => `(until ${day})`,
  fixPodman: 'Fix with podman',
  fixQuadlet: 'Fix in the quadlet file',
  podmanFix: 'the podman fix',
  quadletFix: 'the quadlet fix',
  confidences,
  path: 'The way from outside to the host',
  steps,
}
