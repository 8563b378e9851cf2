/** Whether two sockets can both be bound, so far as it is known: one port at one address is one holder's. */
import type { HostSnapshot } from '@/lib/collector/types'
import { isLive } from '@/lib/topology/claims'
import { readBindAddress } from '@/lib/topology/scope'
import { isOwnSocket } from './listeners'
import { mappingsAt } from './ports'
import type { Subject } from './subject'
import type { PortChoice } from './types'

type Sure = 'yes' | 'no' | 'maybe'

interface Held {
  /** null = every address of its families. */
  address: string | null
  ipv4: Sure
  ipv6: Sure
}

/**
 * What Podman binds to keep a port. Measured with root: 5.4.2 takes IPv4 alone for a port without an address, 6.1.1 both
 * families; 0.0.0.0 and [::] take their own in both. Without root it is a forwarder that binds.
 */
function heldByPodman({ rootless, info, podmanVersion }: HostSnapshot, hostIp: string): Held {
  const { address, family } = readBindAddress(hostIp)
  if (family !== null)
    return { address, ipv4: family === 'ipv4' ? 'yes' : 'no', ipv6: family === 'ipv6' ? 'yes' : 'no' }
  const [major = Number.NaN, minor = 0] = (info?.podmanVersion ?? podmanVersion ?? '').split('.').map(Number)
  if (rootless !== false) return { address, ipv4: 'yes', ipv6: 'maybe' }
  const ipv6 = major < 6 ? 'no' : major > 6 || minor >= 1 ? 'yes' : 'maybe'
  return { address, ipv4: 'yes', ipv6 }
}

/** A socket that somebody else holds. One on :: takes IPv4 too, unless it was told not to, which cannot be seen. */
function heldBySocket(bound: string): Held {
  const { address, family, scope } = readBindAddress(bound)
  if (family === 'ipv6') return { address, ipv4: scope === 'wildcard' ? 'maybe' : 'no', ipv6: 'yes' }
  return { address, ipv4: 'yes', ipv6: 'no' }
}

function clash(one: Held, other: Held): Sure {
  if (one.address !== null && other.address !== null && one.address !== other.address) return 'no'
  const both = (a: Sure, b: Sure): Sure =>
    a === 'no' || b === 'no' ? 'no' : a === 'yes' && b === 'yes' ? 'yes' : 'maybe'
  const families = [both(one.ipv4, other.ipv4), both(one.ipv6, other.ipv6)]
  return families.includes('yes') ? 'yes' : families.includes('maybe') ? 'maybe' : 'no'
}

export interface Holder {
  /** "web", "sshd"; "a process of the host" where it has no name. */
  name: string
  sure: boolean
}

/** Who has the port already, or may have it; null when it is free as far as is known. */
export function holderOf(snapshot: HostSnapshot, subject: Subject, choice: PortChoice): Holder | null {
  const { hostIp } = choice
  if (hostIp === null) return null
  const wanted = heldByPodman(snapshot, hostIp)
  const doors = snapshot.containers.flatMap(record => {
    const { summary } = record
    if (subject.movers.has(summary.id) || !isLive(record)) return []
    return mappingsAt(summary.ports, choice).map(one => ({
      name: summary.name,
      sure: clash(heldByPodman(snapshot, one.hostIp), wanted),
    }))
  })
  const { hostListeners } = snapshot.probe
  const sockets = hostListeners.known
    ? hostListeners.value.flatMap(one =>
        one.port === choice.hostPort && one.protocol === choice.protocol && !isOwnSocket(subject, one)
          ? { name: one.process ?? 'a process of the host', sure: clash(heldBySocket(one.address), wanted) }
          : [],
      )
    : []
  const all = [...doors, ...sockets]
  const found = all.find(({ sure }) => sure === 'yes') ?? all.find(({ sure }) => sure === 'maybe')
  return found === undefined ? null : { name: found.name, sure: found.sure === 'yes' }
}
