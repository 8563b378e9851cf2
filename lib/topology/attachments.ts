/** A namespace's places on networks: those of its owner. Joiners and pod members only repeat them. */
import type { ContainerRecord } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import type { Wire } from './doors'
import type { NamespacePlan } from './namespaces'
import type { Notes } from './notes'
import { compareText, unique } from './order'
import type { Attachment } from './types'

export interface NetworkLookup {
  byName: ReadonlyMap<string, NetworkSummary>
  byId: ReadonlyMap<string, NetworkSummary>
}

export const lookUpNetworks = (networks: readonly NetworkSummary[]): NetworkLookup => ({
  byName: new Map(networks.map(network => [network.name, network])),
  byId: new Map(networks.map(network => [network.id, network])),
})

/** Sorted by network name. Notes what makes them uncertain on the owner. */
export function wiresOf(plan: NamespacePlan, networks: NetworkLookup, notes: Notes): Wire[] {
  const { owner } = plan
  // Only a `bridge` container has networks: host, none and pasta list a fake one of their own name (Podman 4.5 and later).
  if (owner === null || plan.claim !== 'private') return []
  const { summary, detail } = owner
  const wires = new Map<string, Wire>()
  for (const { networkId, ...attachment } of attachmentsOf(owner)) {
    const found = networks.byName.get(attachment.networkName) ?? networks.byId.get(networkId ?? '')
    const networkName = found?.name ?? attachment.networkName
    if (!found) notes.add(summary.id, `network ${networkName} is not in the list of networks`)
    if (!wires.has(networkName))
      wires.set(networkName, { attachment: { ...attachment, networkName }, network: found ?? null })
  }
  if (detail?.attachments && !sameNames(summary.networks, wires))
    notes.add(summary.id, 'list and inspect disagree about its networks')
  return [...wires.values()].sort((a, b) => compareText(a.attachment.networkName, b.attachment.networkName))
}

/** As inspected; else the names that the list has, without addresses. By name. */
function attachmentsOf({ summary, detail }: ContainerRecord): (Attachment & { networkId: string | null })[] {
  const known =
    detail?.attachments?.map(({ networkName, networkId, addresses, mac, aliases }) => ({
      networkName,
      addresses: unique(addresses),
      mac,
      aliases: unique(aliases).sort(compareText),
      networkId,
    })) ??
    summary.networks.map(networkName => ({ networkName, addresses: [], mac: null, aliases: [], networkId: null }))
  return known.sort((a, b) => compareText(a.networkName, b.networkName))
}

const sameNames = (names: readonly string[], wires: ReadonlyMap<string, Wire>): boolean =>
  new Set(names).size === wires.size && names.every(name => wires.has(name))
