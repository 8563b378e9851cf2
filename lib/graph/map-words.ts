/** Every text that the picture draws or reads out, beside names and numbers. English is the default; the layout measures it. */
import type { Container, Host } from '@/lib/topology/types'
import type { LegendWords } from './legend'
import type { Group } from './plan'
import { FLAG_SIGNS, SEVERITY_SIGNS, STATE_SIGNS } from './signs'
import type { SceneNode } from './types'

export interface MapWords {
  readonly headings: Readonly<Record<'outside' | 'host' | 'networks' | 'residents', string>>
  readonly groups: Readonly<Record<Group['key'], string>>
  readonly kinds: Readonly<Record<SceneNode['kind'], string>>
  readonly pod: string
  readonly machine: string
  readonly rootless: Readonly<{ title: string; means: string }>
  /** Under a name. */
  readonly namespaceUnknown: string
  readonly noNetwork: string
  readonly byPath: string
  readonly infraOnly: string
  readonly visitor: string
  /** What engines say of a container. */
  readonly runs: Readonly<Record<Container['state'], string>>
  readonly badges: Readonly<Record<'internal' | 'isolated' | 'strict' | 'isolationUnknown' | 'noDns', string>>
  readonly versionUnknown: string
  readonly statuses: Readonly<Record<Extract<Host['status'], 'stale' | 'unreachable'>, string>>
  readonly addresses: (count: number) => string
  /** Under the name of what only a file speaks of. */
  readonly declared: string
  /** Of a door: `lead` is where it would lead, or "". */
  readonly wouldOpen: (lead: string) => string
  readonly nobodyAnswers: (lead: string) => string
  readonly noAddress: string
  readonly notRead: string
  readonly noSubnet: string
  readonly beyond: (interfaces: string) => string
  readonly interfacesUnknown: string
  readonly more: (count: number) => string
  readonly containers: (count: number) => string
  readonly visitors: (count: number) => string
  readonly notRunning: (count: number) => string
  readonly onlyDeclared: (count: number) => string
  readonly moreDoors: (count: number) => string
  readonly inside: (name: string) => string
  /** Name of the host that a container's own engine is. */
  readonly insideOf: (container: string, host: string) => string
  readonly finding: (severity: string) => string
  readonly states: LegendWords['states']
  readonly flags: LegendWords['flags']
  readonly severities: LegendWords['severities']
  readonly noHost: string
  /** One sentence, without its full stop. */
  readonly summary: (host: string, containers: number, networks: number, doors: number) => string
  /** Another one. */
  readonly declaredOnly: (count: number) => string
}

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

export const MAP_WORDS: MapWords = {
  headings: { outside: 'outside', host: 'host', networks: 'networks', residents: 'in the host’s own namespace' },
  groups: {
    pivots: 'on several networks',
    engines: 'engines inside of containers',
    uplinks: 'own uplink',
    none: 'no network',
    path: 'namespace by path',
    unplaced: 'no known network',
  },
  kinds: {
    segment: 'outside',
    host: 'host',
    interface: 'interface',
    door: 'door',
    listener: 'listening socket',
    network: 'network',
    rootless: 'namespace',
    namespace: 'shared namespace',
    container: 'container',
    visitor: 'attached from elsewhere',
    fold: 'folded',
    heading: '',
  },
  pod: 'pod',
  machine: 'machine',
  rootless: { title: 'rootless namespace', means: 'the user’s own: only doors lead into it' },
  namespaceUnknown: 'namespace unknown',
  noNetwork: 'no network',
  byPath: 'joined by path',
  infraOnly: 'infra only',
  visitor: 'stands under “on several networks”',
  runs: {
    created: 'created',
    initialized: 'initialized',
    running: 'running',
    paused: 'paused',
    stopping: 'stopping',
    stopped: 'stopped',
    exited: 'exited',
    removing: 'removing',
    unknown: 'unknown',
  },
  badges: {
    internal: 'internal',
    isolated: 'isolated',
    strict: 'strict',
    isolationUnknown: 'isolation ?',
    noDns: 'no DNS',
  },
  versionUnknown: 'version unknown',
  statuses: { stale: 'stale', unreachable: 'unreachable' },
  addresses: count => plural(count, 'address', 'addresses'),
  declared: 'not there',
  wouldOpen: lead => `${lead === '' ? '' : `${lead}, `}would open`,
  nobodyAnswers: lead => `${lead}, nobody answers`,
  noAddress: 'no address',
  notRead: 'not read',
  noSubnet: 'no subnet known',
  beyond: interfaces => `beyond ${interfaces}`,
  interfacesUnknown: 'the host’s interfaces are not known',
  more: count => `+${count} more`,
  containers: count => plural(count, 'container'),
  visitors: count => plural(count, 'visitor'),
  notRunning: count => `${count} not running`,
  onlyDeclared: count => `${count} declared`,
  moreDoors: count => `+${count} more doors`,
  insideOf: (container, host) => `inside ${container} on ${host}`,
  inside: name => `in ${name}`,
  finding: severity => `${severity} finding`,
  states: STATE_SIGNS,
  flags: FLAG_SIGNS,
  severities: SEVERITY_SIGNS,
  noHost: 'No host yet.',
  summary: (host, containers, networks, doors) =>
    `Host ${host}: ${plural(containers, 'container')} in ${plural(networks, 'network')}, ` +
    `${plural(doors, 'door')} on the host's edge`,
  declaredOnly: count => `${count} more declared by files and not there`,
}
