/** A namespace's places on networks: those of its owner. Joiners and pod members only repeat them. */
import type { ContainerRecord } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import type { Wire } from './doors'
import { memoryOf } from './memory'
import type { NamespacePlan } from './namespaces'
import { compareText, unique } from './order'
import type { Attachment } from './types'

export interface NetworkLookup {
  list: readonly NetworkSummary[]
  byName: ReadonlyMap<string, NetworkSummary>
  byId: ReadonlyMap<string, NetworkSummary>
}

export const lookUpNetworks = (list: readonly NetworkSummary[]): NetworkLookup => ({
  list,
  byName: new Map(list.map(network => [network.name, network])),
  byId: new Map(list.map(network => [network.id, network])),
})

/** All of one namespace. */
export interface Wiring {
  /** By network name. */
  wires: readonly Wire[]
  /** Those of the wires. */
  attachments: Attachment[]
  /** What makes them uncertain. */
  notes: readonly string[]
}

const NONE: Wiring = { wires: [], attachments: [], notes: [] }

/** `note` receives what makes the wires uncertain. */
export function wiringOf(
  { owner, claim }: NamespacePlan,
  networks: NetworkLookup,
  note: (text: string) => void,
): Wiring {
  // Only a `bridge` container has networks: host, none and pasta list a fake one of their own name (Podman 4.5 and later).
  if (owner === null || claim !== 'private') return NONE
  const memory = memoryOf(owner)
  if (memory.wires?.from !== networks.list) memory.wires = { from: networks.list, made: wire(owner, networks) }
  const { made } = memory.wires
  for (const text of made.notes) note(text)
  return made
}

function wire(owner: ContainerRecord, networks: NetworkLookup): Wiring {
  const { summary, detail } = owner
  const notes: string[] = []
  const wires: Wire[] = []
  for (const { networkId, networkName: given, addresses, mac, aliases } of attachmentsOf(owner)) {
    const network = networks.byName.get(given) ?? networks.byId.get(networkId ?? '') ?? null
    const networkName = network?.name ?? given
    if (network === null) notes.push(`network ${networkName} is not in the list of networks`)
    if (isOn(wires, networkName)) continue
    const attachment = {
      networkName,
      addresses: unique(addresses),
      mac,
      aliases: unique(aliases).sort(compareText),
    }
    wires.push({ attachment, network })
  }
  wires.sort((a, b) => compareText(a.attachment.networkName, b.attachment.networkName))
  if (detail?.attachments && !sameNames(summary.networks, wires))
    notes.push('list and inspect disagree about its networks')
  return { wires, attachments: wires.map(({ attachment }) => attachment), notes }
}

/** As inspected; else the names that the list has, without addresses. By name. */
function attachmentsOf({ summary, detail }: ContainerRecord) {
  const known =
    detail?.attachments ??
    summary.networks.map(networkName => ({ networkName, addresses: [], mac: null, aliases: [], networkId: null }))
  return known.length < 2 ? known : known.toSorted((a, b) => compareText(a.networkName, b.networkName))
}

const isOn = (wires: readonly Wire[], name: string): boolean => wires.some(one => one.attachment.networkName === name)

const sameNames = (names: readonly string[], wires: readonly Wire[]): boolean =>
  names.every(name => isOn(wires, name)) && wires.every(one => names.includes(one.attachment.networkName))
