/** What cannot exist is said before anything is computed. */
import ipaddr from 'ipaddr.js'
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { NetworkSummary } from '@/lib/podman/types'
import { within } from '@/lib/reach/subnets'
import { engineOf } from '@/lib/topology/engine'
import { canonical } from '@/lib/topology/scope'
import { usedAddresses } from './addresses'
import { settle } from './engine'
import { type PortContext, refusePorts } from './refuse-ports'
import type { Subject } from './subject'
import type { Change, NetworkChoice, Refusal } from './types'

/** Every reason why this change cannot exist; empty when it can. */
export function refusalsOf(snapshot: HostSnapshot, subject: Subject, change: Change): Refusal[] {
  const belongs = refuseSubject(snapshot, subject)
  if (belongs !== null) return [belongs]
  if (change.network === null && change.ports.length === 0)
    return [refusal('nothing-asked', 'container', 'Neither another network nor another port is asked for.')]
  const network = change.network === null ? [] : refuseNetwork(snapshot, subject, change.network)
  return [...network, ...refusePorts(contextOf(snapshot, subject, change))]
}

const refusal = (code: Refusal['code'], asked: Refusal['asked'], because: string): Refusal => ({ code, asked, because })

/** Who has no network settings of its own cannot be given others. */
function refuseSubject(snapshot: HostSnapshot, { record, pod, plan }: Subject): Refusal | null {
  const { summary, detail } = record
  const refuse = (code: Refusal['code'], because: string) => refusal(code, 'container', because)
  if (detail === null)
    return refuse(
      'not-read',
      `${summary.name}: ${record.problem ?? 'inspect failed'}, so what it has now is not known.`,
    )
  const target = /^container:(.+)$/.exec(detail.networkMode)?.[1]
  if (target !== undefined) {
    const other = snapshot.containers.find(one => one.summary.id === target)
    const home = pod ?? podOfInfra(snapshot, other)
    if (home !== null)
      return refuse(
        'in-pod',
        `${summary.name} uses the network of pod ${home.summary.name}: ask for pod:${home.summary.name}.`,
      )
    const name = other?.summary.name ?? target.slice(0, 12)
    return refuse('joins-another', `${summary.name} uses the network namespace of ${name}: ask for container:${name}.`)
  }
  // What it says and where it is differ: whatever it would become is no change of what is there.
  return plan.claim === 'orphan' || plan.claim === 'undecided'
    ? refuse('not-read', `Which network namespace ${summary.name} is in is not known.`)
    : null
}

function podOfInfra(snapshot: HostSnapshot, other: ContainerRecord | undefined) {
  if (other === undefined || !other.summary.isInfra) return null
  return snapshot.pods.find(({ summary }) => summary.id === other.summary.podId) ?? null
}

function refuseNetwork(snapshot: HostSnapshot, subject: Subject, choice: NetworkChoice): Refusal[] {
  const refuse = (code: Refusal['code'], because: string): Refusal[] => [refusal(code, 'network', because)]
  switch (choice.kind) {
    case 'host':
    case 'none':
      return []
    case 'private':
      return settle(snapshot, choice) === null
        ? refuse('not-read', 'Whether this Podman is rootless, which decides what private means, is not known.')
        : []
    case 'new':
      return refuseNew(snapshot, choice, refuse)
    case 'network': {
      const network = snapshot.networks.find(({ name }) => name === choice.name)
      if (network === undefined) return refuse('unknown-network', `There is no network ${choice.name} on this host.`)
      return [...refuseDriver(snapshot, network, refuse), ...refuseAddress(snapshot, subject, network, choice, refuse)]
    }
  }
}

type Refuse = (code: Refusal['code'], because: string) => Refusal[]

/** https://github.com/containers/common/blob/v0.62.0/libnetwork/types/define.go#L27-L31 */
const NETWORK_NAME = /^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/
const RESERVED = ['host', 'none', 'bridge', 'private', 'default', 'container', 'ns', 'pasta', 'slirp4netns']

function refuseNew(
  snapshot: HostSnapshot,
  { name, isolate }: Extract<NetworkChoice, { kind: 'new' }>,
  refuse: Refuse,
): Refusal[] {
  if (!NETWORK_NAME.test(name) || RESERVED.includes(name))
    return refuse('bad-network-name', `${JSON.stringify(name)} is no name that Podman accepts for a network.`)
  if (snapshot.networks.some(network => network.name === name))
    return refuse('network-exists', `There is a network ${name} on this host already.`)
  if (isolate === null || isolate === 'true' || isolate === 'false') return []
  if (isolate !== 'strict')
    return refuse('bad-isolate', `isolate is true, false or strict, not ${JSON.stringify(isolate)}.`)
  const { generation, netavark } = engineOf(snapshot)
  const known = generation !== null && (generation.major >= 2 || (generation.minor ?? 0) >= 7)
  return known
    ? []
    : refuse(
        'isolate-unsupported',
        `isolate=strict needs netavark 1.7 or later; ${netavark === null ? 'its version is not known' : `this is ${netavark}`}.`,
      )
}

function refuseDriver(snapshot: HostSnapshot, { name, driver }: NetworkSummary, refuse: Refuse): Refusal[] {
  const isLan = driver === 'macvlan' || driver === 'ipvlan'
  if (isLan && snapshot.rootless !== false)
    return refuse(
      'lan-rootless',
      `Network ${name} is ${driver}: a rootless Podman has no interface of the host to put it on.`,
    )
  return isLan || driver === 'bridge'
    ? []
    : refuse('driver-unknown', `Driver ${driver} of network ${name} is not known here.`)
}

function refuseAddress(
  snapshot: HostSnapshot,
  { movers }: Subject,
  { name, subnets }: NetworkSummary,
  { address }: Extract<NetworkChoice, { kind: 'network' }>,
  refuse: Refuse,
): Refusal[] {
  if (address === null) return []
  if (!isAddress(address)) return refuse('not-an-address', `${JSON.stringify(address)} is no IP address.`)
  const cidrs = subnets.map(({ cidr }) => cidr)
  if (!within(address, cidrs))
    return refuse(
      'address-outside',
      `${address} is in no subnet of network ${name}${cidrs.length > 0 ? ` (${cidrs.join(', ')})` : ''}.`,
    )
  if (cidrs.some(cidr => isEdge(address, cidr)))
    return refuse('address-outside', `${address} is the address of the subnet itself, or its broadcast address.`)
  return usedAddresses(snapshot, movers).has(canonical(address))
    ? refuse('address-taken', `${address} is taken already.`)
    : []
}

const isAddress = (text: string): boolean => ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv6.isValid(text)

function isEdge(address: string, cidr: string): boolean {
  const same = (edge: ipaddr.IPv4 | ipaddr.IPv6) => canonical(edge.toString()) === canonical(address)
  if (ipaddr.IPv4.isValidCIDR(cidr))
    return same(ipaddr.IPv4.networkAddressFromCIDR(cidr)) || same(ipaddr.IPv4.broadcastAddressFromCIDR(cidr))
  return ipaddr.IPv6.isValidCIDR(cidr) && same(ipaddr.IPv6.networkAddressFromCIDR(cidr))
}

function contextOf(snapshot: HostSnapshot, subject: Subject, change: Change): PortContext {
  return { snapshot, subject, change, settled: change.network === null ? null : settle(snapshot, change.network) }
}
