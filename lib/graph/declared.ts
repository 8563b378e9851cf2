/** What is declared and not there, for drawing among what is: it stands where it will stand when it runs. */
import { refOfUnit } from '@/lib/topology/lookup'
import type { Ref } from '@/lib/topology/ref'
import type { Container, DeclaredContainer, Host } from '@/lib/topology/types'

export interface Drawn {
  /** With what is declared in its lists. */
  host: Host
  /** What is declared, by its id, and what selecting it opens; null where no single file makes it. */
  declared: ReadonlyMap<string, Ref | null>
}

const NONE: ReadonlyMap<string, Ref | null> = new Map()
const drawn = new WeakMap<Host, Drawn>()

/** A host as it is drawn; counts and verdicts are made of the host itself. */
export function drawnHost(host: Host): Drawn {
  if (host.declared === null) return { host, declared: NONE }
  const known = drawn.get(host)
  if (known) return known
  const made = merged(host, host.declared)
  drawn.set(host, made)
  return made
}

function merged(host: Host, { networks, namespaces, pods, containers }: NonNullable<Host['declared']>): Drawn {
  const units = new Map(host.units?.map(unit => [unit.id, unit]))
  const declared = new Map<string, Ref | null>()
  for (const { id, unitId } of [...networks, ...pods, ...containers]) {
    const unit = units.get(unitId)
    if (unit !== undefined) declared.set(id, refOfUnit(host, unit))
  }
  for (const { id, podId, ownerId } of namespaces)
    declared.set(id, declared.get(podId ?? '') ?? declared.get(ownerId ?? '') ?? null)
  return {
    host: {
      ...host,
      networks: [...host.networks, ...networks],
      namespaces: [...host.namespaces, ...namespaces],
      pods: [...host.pods, ...pods],
      containers: [...host.containers, ...containers.map(asContainer)],
    },
    declared,
  }
}

/** No state of the engine: whoever draws it looks whether it is declared. */
const asContainer = ({
  id,
  name,
  namespaceId,
  podId,
  isInfra,
  privileged,
  capabilities,
}: DeclaredContainer): Container => ({
  id,
  name,
  namespaceId,
  podId,
  isInfra,
  privileged,
  capabilities,
  image: '',
  state: 'created',
  createdAt: null,
  startedAt: null,
  unit: null,
  health: null,
  labels: {},
  engine: null,
})

/** How many things it is: networks, pods, and containers without those of pods' own. */
export const declaredCount = ({ declared }: Host): number =>
  declared === null
    ? 0
    : declared.networks.length + declared.pods.length + declared.containers.filter(({ isInfra }) => !isInfra).length

const bare = new WeakMap<Host, Host>()

/** The host without what is only declared; the same one for the same host. */
export function withoutDeclared(host: Host): Host {
  if (host.declared === null) return host
  const known = bare.get(host)
  if (known) return known
  const made = { ...host, declared: null }
  bare.set(host, made)
  return made
}
