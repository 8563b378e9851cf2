/** Podwire's own listener, as the rules are told of it. */
import ipaddr from 'ipaddr.js'
import type { HostSnapshot } from '@/lib/collector/types'
import type { Settings } from '@/lib/exposure/types'
import { type Config, formatListen } from './config'

/**
 * Which host it stands on is only said when the kernel shows it: a host whose network namespace is this process's own. Of
 * several connections to one machine the first speaks for it.
 */
export function selfOf(
  { listenAddress, listenPort, token }: Pick<Config, 'listenAddress' | 'listenPort' | 'token'>,
  snapshots: readonly Pick<HostSnapshot, 'connection' | 'probe'>[],
): NonNullable<Settings['self']> {
  return {
    hostId: snapshots.find(one => one.probe.available && one.probe.hostNetnsIsOwn)?.connection.id ?? null,
    listen: formatListen(listenAddress, listenPort),
    loopback: ipaddr.process(listenAddress).range() === 'loopback',
    authenticated: token !== null,
    // The guard answers to listed names alone, and takes no pattern for one.
    anyHostName: false,
  }
}
