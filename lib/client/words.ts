/** The words for the model's values: one table each, so that a new value breaks the build. */
import type { DoorRange } from '@/lib/exposure/doors'
import { refOfPort } from '@/lib/topology/lookup'
import { formatRef, type Ref } from '@/lib/topology/ref'
import type { BindScope, Host, Isolation, NamespaceKind, PublishedPort } from '@/lib/topology/types'

export const KIND_WORDS: Record<Ref['kind'], string> = {
  host: 'Host',
  container: 'Container',
  network: 'Network',
  pod: 'Pod',
  namespace: 'Network namespace',
  interface: 'Interface',
  segment: 'Segment',
  port: 'Published port',
  listener: 'Listening port',
}

export const NAMESPACE_WORDS: Record<NamespaceKind, string> = {
  host: "the host's own",
  private: 'private',
  none: 'none: no network at all',
  pasta: 'own uplink through pasta',
  slirp4netns: 'own uplink through slirp4netns',
  path: 'joined by path',
  rootless: "shared by the user's rootless networks",
}

export const SCOPE_WORDS: Record<BindScope, string> = {
  wildcard: 'every address of the host',
  loopback: 'this host only',
  private: 'a private address',
  public: 'a public address',
}

export const FORWARDED_WORDS: Record<PublishedPort['forwarded'], string> = {
  yes: 'open',
  no: 'not passed on',
  unknown: 'unknown',
}

export const STATUS_WORDS: Record<Host['status'], string> = {
  live: 'live',
  polling: 'polling',
  stale: 'stale',
  unreachable: 'unreachable',
}

export const ISOLATION_WORDS: Record<Isolation['effective'], string> = {
  none: 'not isolated: other bridge networks reach it',
  isolated: 'isolated from other isolated networks',
  strict: 'strict: no other bridge network reaches it',
  unknown: 'unknown',
}

export const SOURCE_WORDS: Record<Host['source'], string> = {
  socket: 'local socket',
  ssh: 'SSH',
  tcp: 'TCP',
  recording: 'recording',
}

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
