/** Doors and listeners in the form that links and people use. */
import type { DoorRange } from '@/lib/topology/ranges'
import { refOfPort } from '@/lib/topology/lookup'
import { formatRef, type Ref } from '@/lib/topology/ref'

/** "*:8080/tcp", "[::1]:53/udp": a door or listener without its kind. */
export const endpointText = (ref: Ref): string => formatRef(ref).slice(ref.kind.length + 1)

/** "*:7000–7010/tcp" */
export function rangeText({ first, last }: DoorRange): string {
  const text = endpointText(refOfPort(first))
  return first === last ? text : text.replace(/\d+(?=\/\w+$)/, `${first.hostPort}–${last.hostPort}`)
}

/** "80", "7000–7010": the ports behind a range. */
export const insideText = ({ first, last }: DoorRange): string =>
  first === last ? String(first.containerPort) : `${first.containerPort}–${last.containerPort}`
