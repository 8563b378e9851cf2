/** The words for the model's values: one table each, so that a new value breaks the build. */
import type { Severity } from '@/lib/exposure/types'
import type { Verdict } from '@/lib/reach/types'
import type { Ref } from '@/lib/topology/ref'
import type { BindScope, Container, Host, Isolation, NamespaceKind, PublishedPort } from '@/lib/topology/types'

const kinds: Record<Ref['kind'], string> = {
  host: 'Host',
  container: 'Container',
  network: 'Network',
  pod: 'Pod',
  unit: 'Quadlet file',
  namespace: 'Network namespace',
  interface: 'Interface',
  segment: 'Segment',
  port: 'Published port',
  listener: 'Listening port',
}

const namespaces: Record<NamespaceKind, string> = {
  host: "the host's own",
  private: 'private',
  none: 'none: no network at all',
  pasta: 'own uplink through pasta',
  slirp4netns: 'own uplink through slirp4netns',
  path: 'joined by path',
  rootless: "shared by the user's rootless networks",
}

const scopes: Record<BindScope, string> = {
  wildcard: 'every address of the host',
  loopback: 'this host only',
  private: 'a private address',
  public: 'a public address',
}

const forwarded: Record<PublishedPort['forwarded'], string> = {
  yes: 'open',
  no: 'not passed on',
  unknown: 'unknown',
}

const statuses: Record<Host['status'], string> = {
  live: 'live',
  polling: 'polling',
  stale: 'stale',
  unreachable: 'unreachable',
}

const isolation: Record<Isolation['effective'], string> = {
  none: 'not isolated: other bridge networks reach it',
  isolated: 'isolated from other isolated networks',
  strict: 'strict: no other bridge network reaches it',
  unknown: 'unknown',
}

const sources: Record<Host['source'], string> = {
  socket: 'local socket',
  ssh: 'SSH',
  tcp: 'TCP',
  recording: 'recording',
}

const states: Record<Container['state'], string> = {
  created: 'created',
  initialized: 'initialized',
  running: 'running',
  paused: 'paused',
  stopping: 'stopping',
  stopped: 'stopped',
  exited: 'exited',
  removing: 'removing',
  unknown: 'unknown',
}

const severities: Record<Severity, string> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'info',
}

const verdicts: Record<Verdict, string> = {
  reachable: 'reachable',
  blocked: 'blocked',
  unknown: 'unknown',
}

/** "2 critical" */
const counted = (count: number, severity: Severity): string => `${count} ${severities[severity]}`

export const values = {
  kinds,
  namespaces,
  scopes,
  forwarded,
  statuses,
  isolation,
  sources,
  states,
  severities,
  counted,
  verdicts,
}
