/** Listening sockets from the probe, by namespace. */
import type { ProbeFacts, ProbeListener } from '@/lib/probe/types'
import { isLive } from './claims'
import { containerId } from './ids'
import type { NamespacePlan } from './namespaces'
import { compareText, withoutRepeats } from './order'
import type { Listener, Namespace } from './types'

/** `isKnown` tells whether a full container id is one of this host's. */
export function listenersOf(
  plan: NamespacePlan,
  probe: ProbeFacts,
  hostId: string,
  isKnown: (engineId: string) => boolean,
): Pick<Namespace, 'listeners' | 'listenersUnknownBecause'> {
  if (!probe.available) return unknown(probe.reason ?? 'the kernel of this host is not examined')
  if (plan.kind === 'rootless') return unknown('Podman does not say which namespace its rootless bridges are in')
  if (plan.kind !== 'host' && plan.netns === null)
    return unknown(plan.members.some(isLive) ? 'Podman does not say which namespace it is' : 'nothing runs in it')
  const found = plan.kind === 'host' ? probe.hostListeners : listedFor(probe, plan.netns)
  if (found === null) return unknown('its sockets were not read')
  if (!found.known) return unknown(found.because)
  return { listeners: listed(found.value, hostId, isKnown), listenersUnknownBecause: null }
}

const unknown = (because: string) => ({ listeners: null, listenersUnknownBecause: because })

const listedFor = (probe: ProbeFacts, netns: string | null) =>
  netns !== null && Object.hasOwn(probe.listenersByNetns, netns) ? (probe.listenersByNetns[netns] ?? null) : null

/** By the probe's list, which is the same one until it finds another; only of lists that name no container. */
const remembered = new WeakMap<readonly ProbeListener[], Listener[]>()

function listed(
  listeners: readonly ProbeListener[],
  hostId: string,
  isKnown: (engineId: string) => boolean,
): Listener[] {
  // Whose container it is depends on the host, and on which containers it has.
  if (listeners.some(one => one.containerId !== null)) return sorted(listeners, hostId, isKnown)
  const known = remembered.get(listeners)
  if (known) return known
  const made = sorted(listeners, hostId, isKnown)
  remembered.set(listeners, made)
  return made
}

function sorted(
  listeners: readonly ProbeListener[],
  hostId: string,
  isKnown: (engineId: string) => boolean,
): Listener[] {
  const found = listeners.map(
    ({ containerId: holder, address, port, protocol, process }): Listener => ({
      address,
      port,
      protocol,
      containerId: holder !== null && isKnown(holder) ? containerId(hostId, holder) : null,
      process,
    }),
  )
  // SO_REUSEPORT: several sockets of one process at one place say nothing more than one.
  return withoutRepeats(found.sort(byPlace), byPlace)
}

const byPlace = (a: Listener, b: Listener): number =>
  a.port - b.port ||
  compareText(a.protocol, b.protocol) ||
  compareText(a.address, b.address) ||
  compareText(a.containerId ?? '', b.containerId ?? '') ||
  compareText(a.process ?? '', b.process ?? '')
