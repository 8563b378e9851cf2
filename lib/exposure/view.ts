/**
 * What the rules look at: a model with its cross references looked up once, so that every rule stays linear.
 * Containers that were not read completely are kept apart: a rule that goes through `members` cannot judge them by mistake.
 */
import { reachOf, type Reach } from '@/lib/reach/reach'
import { containerId } from '@/lib/topology/ids'
import { indexHost, type Membership } from '@/lib/topology/lookup'
import type { Container, ContainerFacts, HostModel, Namespace, Network, Pod } from '@/lib/topology/types'
import { cleanPath } from './paths'
import { type EngineSocket, engineSocketAt } from './sockets'

/** A container that was read completely, with its surroundings. */
export interface Member {
  container: Container
  facts: ContainerFacts
  /** With clean source paths; empty too when they are not known, which facts.mounts tells. */
  mounts: readonly Mount[]
  /** null when the model does not know it. */
  namespace: Namespace | null
  live: boolean
}

type PlainMount = NonNullable<ContainerFacts['mounts']>[number]

export interface Mount extends PlainMount {
  /** `source` as an absolute path, read lexically; null when it is none. */
  path: string | null
  /** The engine socket that it opens; null when none is known. */
  socket: EngineSocket | null
}

export interface Unexamined {
  container: Container
  reasons: readonly string[]
}

export interface HostView extends HostModel {
  /** Who reaches whom; made when it is first asked for. */
  readonly reach: Reach
  /** Read completely; infra containers included. */
  readonly members: readonly Member[]
  readonly unexamined: readonly Unexamined[]
  container(id: string): Container | undefined
  /** Why this container was not examined; undefined when it was. */
  unexaminedBy(id: string): Unexamined | undefined
  /** By the engine's own id, as `container:<id>` names it. */
  byEngineId(id: string): Container | undefined
  member(id: string): Member | undefined
  namespace(id: string): Namespace | undefined
  network(name: string): Network | undefined
  pod(id: string): Pod | undefined
  /** Namespaces with an attachment to this network, live or not. */
  attachedTo(networkName: string): readonly Membership[]
  /** True when one of its members runs; the host's own always does. */
  isLive(namespace: Namespace): boolean
}

/** Runs, or holds its namespace and ports without running. `unknown` counts as live: ignorance lowers nothing. */
function isLive(container: Container): boolean {
  switch (container.state) {
    case 'initialized':
    case 'running':
    case 'paused':
    case 'stopping':
    case 'unknown':
      return true
    case 'created':
    case 'stopped':
    case 'exited':
    case 'removing':
      return false
  }
}

function readMount({ type, source, destination, writable, propagation }: PlainMount): Mount {
  const path = cleanPath(source)
  const socket = path === null ? null : engineSocketAt(path)
  return { type, source, destination, writable, propagation, path, socket }
}

const NO_MOUNTS: readonly Mount[] = []

/** By the mounts as the engine tells them: they are read from nothing else. */
const remembered = new WeakMap<readonly PlainMount[], readonly Mount[]>()

function mountsOf({ mounts }: ContainerFacts): readonly Mount[] {
  if (mounts === null || mounts.length === 0) return NO_MOUNTS
  const known = remembered.get(mounts)
  if (known) return known
  const made = mounts.map(readMount)
  remembered.set(mounts, made)
  return made
}

/** What several rules ask of one view, made once. */
export function perView<T>(make: (view: HostView) => T): (view: HostView) => T {
  const made = new WeakMap<HostView, { value: T }>()
  return view => {
    const known = made.get(view)
    if (known) return known.value
    const value = make(view)
    made.set(view, { value })
    return value
  }
}

/** Builds the view of one host. Linear in containers and namespaces. */
export function viewOf(model: HostModel): HostView {
  const { host, facts } = model
  const index = indexHost(host)
  const live = new Set<string>()
  const members = new Map<string, Member>()
  const unexamined = new Map<string, Unexamined>()
  for (const namespace of host.namespaces) if (namespace.kind === 'host') live.add(namespace.id)
  for (const container of host.containers) {
    if (isLive(container)) live.add(container.namespaceId)
    const known = Object.hasOwn(facts.containers, container.id) ? facts.containers[container.id] : undefined
    if (known === undefined) unexamined.set(container.id, { container, reasons: ['nothing was read of it'] })
    else if (known.incomplete.length > 0) unexamined.set(container.id, { container, reasons: known.incomplete })
    else
      members.set(container.id, {
        container,
        facts: known,
        mounts: mountsOf(known),
        namespace: index.namespaces.get(container.namespaceId) ?? null,
        live: isLive(container),
      })
  }
  let reach: Reach | null = null
  return {
    host,
    facts,
    get reach() {
      return (reach ??= reachOf(model))
    },
    members: [...members.values()],
    unexamined: [...unexamined.values()],
    unexaminedBy: id => unexamined.get(id),
    container: id => index.containers.get(id),
    byEngineId: id => index.containers.get(containerId(host.id, id)),
    member: id => members.get(id),
    namespace: id => index.namespaces.get(id),
    network: name => index.networksByName.get(name),
    pod: id => index.pods.get(id),
    attachedTo: name => index.members.get(name) ?? [],
    isLive: namespace => live.has(namespace.id),
  }
}
