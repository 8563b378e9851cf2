/** Reasons in words: one sentence each, no full stop, names as they are. Callers show them as text. */
import type { Family } from './families'
import type { End, Reason } from './types'

/** Why an internal network is not closed. */
const WHY_OPEN: Readonly<Record<Family, string>> = {
  ipv4: 'its bridge was there when forwarding was turned on for the host',
  ipv6: 'the kernel has one switch for all interfaces',
}

const FAMILY: Readonly<Record<Family, string>> = { ipv4: 'IPv4', ipv6: 'IPv6' }

export function explain(reason: Reason, names: Readonly<Record<End, string>>): string {
  switch (reason.code) {
    case 'same-namespace':
      return 'they share one network namespace, so localhost is enough'
    case 'not-running':
      return `${names[reason.end]} is not running (${reason.state})`
    case 'no-network':
      return `${names[reason.end]} has no network but its own loopback`
    case 'no-address':
      return `${names[reason.end]} has no address there that Podman knows (DHCP, or it is just starting)`
    case 'incomplete':
      return `${names[reason.end]} is not fully known: ${reason.detail}`
    case 'path-namespace':
      return `${names[reason.end]} uses a namespace that Podman did not make; what it is connected to is not known`
    case 'same-network':
      return `both are on network ${reason.network}`
    case 'same-segment':
      return `both stand on the segment of ${reason.parent}`
    case 'macvlan-private':
      return `${reason.network} is macvlan in private mode: its members see the outside, never each other or other children of the parent`
    case 'macvlan-vepa':
      return `${reason.network} is macvlan in vepa mode: only a switch that reflects frames connects its members`
    case 'macvlan-passthru':
      return `${reason.network} is macvlan in passthru mode: one member alone has the parent`
    case 'ipvlan-routed':
      return `${reason.network} is ipvlan in a routed mode: nobody finds its members without a route by this host`
    case 'own-parent':
      return `${reason.network} stands on ${reason.parent ?? 'a parent interface that is not known'}, and the kernel passes nothing between a parent and its own children`
    case 'through-lan':
      return `its packets leave to the network outside by ${reason.network}; this host brings them no further, unless a router outside sends them back`
    case 'internal-from':
      return `${reason.network} is internal: its members have no route out, and the host forwards nothing from it`
    case 'internal-to':
      return `${reason.network} is internal: nothing but the host and its own members reaches it`
    case 'internal-open':
      return `${reason.network} is internal, but the host forwards ${FAMILY[reason.family]} to it and from it: ${WHY_OPEN[reason.family]}`
    case 'internal-unknown':
      return `${reason.network} is internal; whether the host forwards ${FAMILY[reason.family]} to it all the same is not known`
    case 'no-family':
      return `${names[reason.end]} has no ${FAMILY[reason.family]} address`
    case 'forwarding-off':
      return 'the host does not forward packets (net.ipv4.ip_forward and net.ipv6.conf.all.forwarding say so)'
    case 'no-firewall':
      return "netavark's firewall rules are not in the kernel, so the host forwards between bridges whatever isolate says"
    case 'isolation-open':
      return `the host forwards between ${reason.from} and ${reason.to} (${reason.because})`
    case 'isolation-blocks':
      return `isolation stops it between ${reason.from} and ${reason.to} (${reason.because})`
    case 'isolation-unknown':
      return `whether ${reason.from} and ${reason.to} are isolated is not known (${reason.because})`
    case 'unmanaged-bridge':
      return `${reason.network} is an unmanaged bridge: whoever runs it decides where its packets go`
    case 'shared-bridge':
      return `${reason.from} and ${reason.to} share the bridge ${reason.bridge}; how the host routes between its VLANs is not known`
    case 'vrf':
      return `${reason.network} has a routing table of its own (vrf)`
    case 'vlan-host':
      return `${reason.network} is on a VLAN of its bridge; whether the host has an address on that VLAN is not known`
    case 'unknown-driver':
      return `${reason.network} uses the driver ${reason.driver}, whose behaviour is not known`
    case 'dangling-network':
      return `network ${reason.network} is not in Podman's list`
    case 'no-route':
      return `${names[reason.end]} has no route there`
    case 'no-way-back':
      return `${names[reason.end]} has no default route, so its answers do not leave`
    case 'answers-elsewhere':
      return `${names[reason.end]} answers by ${reason.network}, past the host, and not the way the question came`
    case 'unmanaged-open':
      return `${reason.network} is an unmanaged bridge with the host as its gateway: the host forwards, and no isolation rule names it`
    case 'several-routes':
      return `several ways are equally good (${reason.networks.join(', ')}) and they do not agree; which one the kernel takes changes, or is not known`
    case 'host-on-bridge':
      return `the host has an address on ${reason.network}; isolation and internal do not concern it`
    case 'host-not-on-bridge':
      return `the host has no address on the bridge of ${reason.network}`
    case 'host-address-unknown':
      return `whether the host has an address on ${reason.network} is not known`
    case 'gateway-is-host':
      return `its gateway on ${reason.network} is the host, which answers there (host firewall not examined)`
    case 'rootless-inside':
      return `${names[reason.end]} is on a bridge inside of the user's rootless namespace, which only its published ports open`
    case 'user-mode-inside':
      return `${names[reason.end]} is behind ${reason.mode}: no address of its own, only published ports lead in`
    case 'user-mode-out':
      return `its connections leave through ${reason.mode} as connections of the host itself`
    case 'shares-host-address':
      return reason.because === 'no-other'
        ? 'behind pasta it has a copy of the address, which leads to itself; 169.254.1.2 (host.containers.internal) leads to the host from Podman 5.3 on'
        : 'behind pasta it has a copy of the host’s first address, and which others the host has is not known'
    case 'copied-address':
      return 'behind pasta it has a copy of every IPv6 address of the host, which leads to itself'
    case 'rootless-ipv6':
      return `whether IPv6 leads from a rootless bridge through ${reason.mode} to the host is not known`
    case 'rootless-ipv6-no-route':
      return 'slirp4netns announces its IPv6 route, and where the kernel forwards, as between bridges, it takes no announced one'
    case 'host-loopback-option':
      return `not at the host's addresses; but its options (${reason.words}) open the host's loopback under another address`
    case 'neighbour-no-route':
      return `a neighbour has no route to ${reason.network}; one that routes there by this host gets through`
    case 'neighbour-routed':
      return `the host forwards to ${reason.network} for whoever routes there by it; publishing is not needed (other firewalls not examined)`
    case 'neighbour-on-segment':
      return `it stands on the segment of ${reason.interface} (host firewall not examined)`
    case 'neighbour-other-segment':
      return `${reason.network} is not on the segment of ${reason.interface}`
    case 'neighbour-other-subnet':
      return `${reason.network} has another subnet than that segment; a router outside decides`
    case 'host-without-address':
      return `the host has no fitting address on ${reason.interface}`
    case 'door-dead':
      return reason.because
    case 'door-unknown':
      return reason.because
    case 'door-loopback':
      return `it is bound to ${reason.address}, which only the host's own namespace can use`
    case 'door-elsewhere':
      return `it is bound to ${reason.address}, which is not an address on ${reason.interface}`
    case 'door-address-unknown':
      return `it is bound to ${reason.address}, and which interface has that address is not known`
    case 'door-open':
      return `the host passes ${reason.address === '' ? 'every address' : reason.address}, port ${reason.port}, on to it`
    case 'door-other-family':
      return `it answers to ${FAMILY[reason.family]} only`
    case 'door-behind-copy':
      return `it is bound to ${reason.address}, of which there is a copy behind pasta that leads to itself; 169.254.1.2 (host.containers.internal) leads to the host from Podman 5.3 on`
    case 'door-own':
      return 'its own door: the bridge sends nothing back to where it came from'
    case 'door-own-several':
      return 'its own door, on several bridges: which one is used is not known'
    case 'door-exempt':
      return 'from netavark 2.1 on, connections through published ports pass isolation'
    case 'door-process':
      return 'a process of the host holds this port, so whoever reaches the host reaches it'
  }
}
