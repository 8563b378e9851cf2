/** What the browser believes of the server's answers, checked at the boundary against the contract's own types. */
import type { FindingsPart, ReportPatch } from '@/lib/exposure/report-patch'
import type { Finding, FindingHop, FindingsReport } from '@/lib/exposure/types'
import type { About, Ping } from '@/lib/server/types'
import type {
  Attachment,
  Container,
  Declared,
  DeclaredContainer,
  DeclaredNetwork,
  DeclaredPod,
  Host,
  Interface,
  Listener,
  Namespace,
  Network,
  PatchOperation,
  Pod,
  PublishedPort,
  Topology,
  TopologyPatch,
  Unit,
  UnitDoor,
  UnitIssue,
} from '@/lib/topology/types'
import {
  both,
  either,
  isAnything,
  isFlag,
  isNumber,
  isText,
  listOf,
  mapOf,
  nullable,
  object,
  oneOf,
  optional,
  type Fields,
  type Guard,
} from './guards'

const isTextOrNull = nullable(isText)
const isTexts = listOf(isText)
const isProtocol = oneOf('tcp', 'udp', 'sctp')
const isStatus = oneOf('live', 'polling', 'stale', 'unreachable')

const isInterface = object<Interface>({
  name: isText,
  kind: oneOf('physical', 'bridge', 'veth', 'macvlan', 'ipvlan', 'vlan', 'loopback', 'tap', 'other'),
  addresses: isTexts,
  up: isFlag,
  master: isTextOrNull,
})

const networkFields: Fields<Network> = {
  id: isText,
  name: isText,
  driver: isText,
  mode: isTextOrNull,
  interface: isTextOrNull,
  subnets: listOf(object<Network['subnets'][number]>({ cidr: isText, gateway: isTextOrNull })),
  internal: isFlag,
  dns: isFlag,
  isDefault: isFlag,
  vlan: nullable(isNumber),
  mtu: nullable(isNumber),
  isolation: object<Network['isolation']>({
    configured: isTextOrNull,
    effective: oneOf('none', 'isolated', 'strict', 'unknown'),
    because: isText,
  }),
}
const isNetwork = object<Network>(networkFields)

const isPublishedPort = object<PublishedPort>({
  hostIp: isText,
  hostPort: isNumber,
  containerPort: isNumber,
  protocol: isProtocol,
  ownerId: isText,
  scope: oneOf('wildcard', 'loopback', 'private', 'public'),
  forwarded: oneOf('yes', 'no', 'unknown'),
  because: isText,
})

const isListener = object<Listener>({
  address: isText,
  port: isNumber,
  protocol: isProtocol,
  containerId: isTextOrNull,
  process: isTextOrNull,
})

const isNamespace = object<Namespace>({
  id: isText,
  kind: oneOf('host', 'private', 'none', 'pasta', 'slirp4netns', 'path', 'rootless'),
  ownerId: isTextOrNull,
  memberIds: isTexts,
  podId: isTextOrNull,
  attachments: listOf(
    object<Attachment>({ networkName: isText, addresses: isTexts, mac: isTextOrNull, aliases: isTexts }),
  ),
  published: listOf(isPublishedPort),
  listeners: nullable(listOf(isListener)),
  listenersUnknownBecause: isTextOrNull,
})

const isContainer = object<Container>({
  id: isText,
  name: isText,
  image: isText,
  state: oneOf('created', 'initialized', 'running', 'paused', 'stopping', 'stopped', 'exited', 'removing', 'unknown'),
  namespaceId: isText,
  podId: isTextOrNull,
  isInfra: isFlag,
  createdAt: isTextOrNull,
  startedAt: isTextOrNull,
  unit: isTextOrNull,
  health: isTextOrNull,
  privileged: isFlag,
  capabilities: isTexts,
  labels: mapOf(isText),
  engine: nullable(object<NonNullable<Container['engine']>>({ because: isText })),
})

const isUnit = object<Unit>({
  id: isText,
  name: isText,
  kind: oneOf('container', 'pod', 'kube', 'network', 'volume', 'image', 'build', 'artifact'),
  path: isText,
  service: isTextOrNull,
  isTemplate: isFlag,
  state: isTextOrNull,
  stateUnknownBecause: isTextOrNull,
  makes: isTextOrNull,
  present: oneOf('yes', 'no', 'unknown'),
  thingIds: isTexts,
  lines: listOf(object<Unit['lines'][number]>({ file: isText, line: isNumber, key: isText, value: isText })),
  problems: listOf(
    object<UnitIssue>({
      file: isText,
      line: nullable(isNumber),
      message: isText,
      accepted: isTextOrNull,
      effect: oneOf('skipped', 'fails', 'odd', 'unread'),
    }),
  ),
  doors: listOf(
    object<UnitDoor>({
      hostIp: isText,
      hostPort: nullable(isNumber),
      containerPort: isNumber,
      range: isNumber,
      protocol: isProtocol,
      scope: oneOf('wildcard', 'loopback', 'private', 'public'),
      file: isText,
      line: isNumber,
    }),
  ),
})

const podFields: Fields<Pod> = { id: isText, name: isText, namespaceId: isTextOrNull, containerIds: isTexts }

/** Also for what a patch made of one. */
export const isHost: Guard<Host> = object<Host>({
  id: isText,
  name: isText,
  machine: isText,
  source: oneOf('socket', 'ssh', 'tcp', 'recording'),
  rootless: nullable(isFlag),
  status: isStatus,
  ageSeconds: isNumber,
  problem: isTextOrNull,
  engine: nullable(
    object<NonNullable<Host['engine']>>({ podman: isText, netavark: isTextOrNull, defaultNetwork: isText }),
  ),
  probe: object<Host['probe']>({ available: isFlag, reason: isTextOrNull }),
  interfaces: nullable(listOf(isInterface)),
  networks: listOf(isNetwork),
  namespaces: listOf(isNamespace),
  pods: listOf(object<Pod>(podFields)),
  containers: listOf(isContainer),
  nestedIn: nullable(
    object<NonNullable<Host['nestedIn']>>({
      hostId: isText,
      containerId: isText,
      sharesNamespace: oneOf('yes', 'no', 'unknown'),
      because: isText,
    }),
  ),
  enginesUnknownBecause: isTextOrNull,
  units: nullable(listOf(isUnit)),
  unitsUnknownBecause: isTextOrNull,
  declared: nullable(
    object<Declared>({
      networks: listOf(object<DeclaredNetwork>({ ...networkFields, unitId: isText })),
      namespaces: listOf(isNamespace),
      pods: listOf(object<DeclaredPod>({ ...podFields, unitId: isText })),
      containers: listOf(
        object<DeclaredContainer>({
          id: isText,
          name: isText,
          namespaceId: isText,
          podId: isTextOrNull,
          isInfra: isFlag,
          privileged: isFlag,
          capabilities: isTexts,
          unitId: isText,
        }),
      ),
    }),
  ),
})

export const isTopology: Guard<Topology> = object<Topology>({
  schemaVersion: oneOf(1),
  revision: isNumber,
  generatedAt: isText,
  hosts: listOf(isHost),
})

type Add = Extract<PatchOperation, { op: 'add' }>
type Replace = Extract<PatchOperation, { op: 'replace' }>
type Remove = Extract<PatchOperation, { op: 'remove' }>

const isOperation: Guard<PatchOperation> = either(
  either(
    object<Add>({ op: oneOf('add'), path: isText, value: isAnything }),
    object<Replace>({ op: oneOf('replace'), path: isText, value: isAnything }),
  ),
  object<Remove>({ op: oneOf('remove'), path: isText }),
)

export const isPatch: Guard<TopologyPatch> = object<TopologyPatch>({
  from: isNumber,
  revision: isNumber,
  generatedAt: isText,
  operations: listOf(isOperation),
})

const isFindingHop = object<FindingHop>({
  kind: oneOf('segment', 'interface', 'door', 'namespace', 'power', 'host'),
  id: isText,
  label: isText,
})

const isFinding: Guard<Finding> = both(
  object<Omit<Finding, 'path'>>({
    id: isText,
    ruleId: isText,
    severity: oneOf('critical', 'high', 'medium', 'low', 'info'),
    confidence: oneOf('high', 'medium', 'low'),
    hostId: isText,
    subject: object<Finding['subject']>({
      kind: oneOf('container', 'namespace', 'network', 'host'),
      id: isText,
      name: isText,
    }),
    title: isText,
    message: isText,
    evidence: listOf(object<Finding['evidence'][number]>({ field: isText, value: isText })),
    fix: object<Finding['fix']>({ podman: isTextOrNull, quadlet: isTextOrNull }),
    references: isTexts,
    suppressed: nullable(
      object<NonNullable<Finding['suppressed']>>({ by: isText, reason: isText, until: isTextOrNull }),
    ),
  }),
  optional('path', listOf(isFindingHop)),
)

export const isFindingsReport: Guard<FindingsReport> = object<FindingsReport>({
  findings: listOf(isFinding),
  notExamined: isTexts,
})

const isRun = (value: unknown): value is readonly [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isNumber)

export const isReportPatch: Guard<ReportPatch> = object<ReportPatch>({
  parts: listOf((value): value is FindingsPart => isRun(value) || isFinding(value)),
  notExamined: isTexts,
})

export const isPing: Guard<Ping> = object<Ping>({
  revision: isNumber,
  serverTime: isText,
  build: isText,
  hosts: listOf(object<Ping['hosts'][number]>({ id: isText, status: isStatus, ageSeconds: isNumber })),
})

export const isAbout: Guard<About> = object<About>({
  version: isText,
  build: isText,
  demo: nullable(object<NonNullable<About['demo']>>({ recording: isText, hint: isText })),
  unsupported: listOf(object<About['unsupported'][number]>({ name: isText, uri: isText, reason: isText })),
})
