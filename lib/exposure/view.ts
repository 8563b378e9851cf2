/**
 * What the rules look at: a model with its cross references looked up once, so that every rule stays linear.
 * Containers that were not read completely are kept apart: a rule that goes through `members` cannot judge them by mistake.
 */
import type { Container, ContainerFacts, HostModel, Namespace, Network, Pod } from '@/lib/topology/types'
import { cleanPath } from './paths'

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

export type Mount = NonNullable<ContainerFacts['mounts']>[number] & {
  /** `source` as an absolute path, read lexically; null when it is none. */
  path: string | null
}

export interface Unexamined {
  container: Container
  reasons: readonly string[]
}

export interface HostView extends HostModel {
  /** Read completely; infra containers included. */
  readonly members: readonly Member[]
  readonly unexamined: readonly Unexamined[]
  container(id: string): Container | undefined
  /** By the engine's own id, as `container:<id>` names it. */
  byEngineId(id: string): Container | undefined
  member(id: string): Member | undefined
  namespace(id: string): Namespace | undefined
  network(name: string): Network | undefined
  pod(id: string): Pod | undefined
  /** Namespaces with an attachment to this network, live or not. */
  attachedTo(networkName: string): readonly Namespace[]
  /** True when one of its members runs; the host's own always does. */
  isLive(namespace: Namespace): boolean
}

/** Runs, or holds its namespace and ports without running. `unknown` counts as live: ignorance lowers nothing. */
export function isLive(container: Container): boolean {
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

const ENGINE_ID_LENGTH = 64

/** Builds the view of one host. Linear in containers, namespaces and attachments. */
export function viewOf(model: HostModel): HostView {
  const { host, facts } = model
  const containers = new Map(host.containers.map(one => [one.id, one]))
  const namespaces = new Map(host.namespaces.map(one => [one.id, one]))
  const networks = new Map(host.networks.map(one => [one.name, one]))
  const pods = new Map(host.pods.map(one => [one.id, one]))
  const attached = new Map<string, Namespace[]>()
  const liveNamespaces = new Set<string>()
  const members = new Map<string, Member>()
  const unexamined: Unexamined[] = []
  // Only joiners are looked up this way: not worth a map on hosts without any.
  let engineIds: Map<string, Container> | undefined

  for (const namespace of host.namespaces) {
    if (namespace.kind === 'host') liveNamespaces.add(namespace.id)
    for (const name of new Set(namespace.attachments.map(one => one.networkName))) {
      const list = attached.get(name)
      if (list) list.push(namespace)
      else attached.set(name, [namespace])
    }
  }
  for (const container of host.containers) {
    const live = isLive(container)
    if (live) liveNamespaces.add(container.namespaceId)
    const known = Object.hasOwn(facts.containers, container.id) ? facts.containers[container.id] : undefined
    if (known === undefined) unexamined.push({ container, reasons: ['nothing was read of it'] })
    else if (known.incomplete.length > 0) unexamined.push({ container, reasons: known.incomplete })
    else {
      members.set(container.id, {
        container,
        facts: known,
        mounts: (known.mounts ?? []).map(mount => ({ ...mount, path: cleanPath(mount.source) })),
        namespace: namespaces.get(container.namespaceId) ?? null,
        live,
      })
    }
  }
  return {
    host,
    facts,
    members: [...members.values()],
    unexamined,
    container: id => containers.get(id),
    byEngineId(id) {
      engineIds ??= new Map(host.containers.map(one => [one.id.slice(-ENGINE_ID_LENGTH), one]))
      return engineIds.get(id)
    },
    member: id => members.get(id),
    namespace: id => namespaces.get(id),
    network: name => networks.get(name),
    pod: id => pods.get(id),
    attachedTo: name => attached.get(name) ?? [],
    isLive: namespace => liveNamespaces.has(namespace.id),
  }
}
