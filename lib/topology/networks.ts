/** Networks of the engine → networks of the contract. */
import type { HostSnapshot } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import type { Engine } from './engine'
import { networkId } from './ids'
import { isolationOf } from './isolation'
import { sameJson } from './json'
import { byNameThenId, compareText } from './order'
import type { Network } from './types'

/** Mode of a network that says none: https://github.com/containers/netavark/blob/v2.1.0/src/network/core_utils.rs#L259-L274 */
const DEFAULT_MODE: ReadonlyMap<string, string> = new Map([
  ['macvlan', 'bridge'],
  ['ipvlan', 'l2'],
])

/** Name of the default network unless containers.conf says otherwise. */
export const DEFAULT_NETWORK = 'podman'

/** `inUse`: names of the networks that a running container is on. */
export function buildNetworks(snapshot: HostSnapshot, engine: Engine, inUse: ReadonlySet<string>): Network[] {
  const hostId = snapshot.connection.id
  const defaultNetwork = snapshot.info?.defaultNetwork ?? DEFAULT_NETWORK
  // A rootless engine's rules are in the user's own namespace, where the probe does not look.
  const noRules =
    snapshot.rootless === false && snapshot.probe.firewall.known && snapshot.probe.firewall.value === 'none'
  return snapshot.networks
    .map(network =>
      asBefore(network, {
        id: networkId(hostId, network.id),
        name: network.name,
        driver: network.driver,
        mode: network.options.mode ?? DEFAULT_MODE.get(network.driver) ?? null,
        interface: network.networkInterface,
        subnets: network.subnets
          .map(({ cidr, gateway }) => ({ cidr, gateway }))
          .sort((a, b) => Number(a.cidr.includes(':')) - Number(b.cidr.includes(':')) || compareText(a.cidr, b.cidr)),
        internal: network.internal,
        dns: network.dnsEnabled,
        isDefault: network.name === defaultNetwork,
        vlan: wholeNumber(network, 'vlan'),
        mtu: wholeNumber(network, 'mtu'),
        isolation: isolationOf(network, engine, noRules && inUse.has(network.name)),
      }),
    )
    .sort(byNameThenId)
}

const remembered = new WeakMap<NetworkSummary, Network>()

/** What was made of the same summary before, if it equals this: then it is seen at once that nothing changed. */
function asBefore(summary: NetworkSummary, made: Network): Network {
  const known = remembered.get(summary)
  if (known && sameJson(known, made)) return known
  remembered.set(summary, made)
  return made
}

/** 0 is netavark's own word for "not set". */
function wholeNumber(network: NetworkSummary, option: 'vlan' | 'mtu'): number | null {
  const text = network.options[option]
  return text !== undefined && /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null
}
