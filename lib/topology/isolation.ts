/**
 * What netavark makes of a network's `isolate` option. The stored option stays the same while netavark's default changes, so
 * that one and the same configuration is open under netavark 1.x and strict under 2.x:
 * https://github.com/containers/netavark/blob/v1.17.2/src/network/bridge.rs#L1094-L1103
 * https://github.com/containers/netavark/blob/v2.1.0/src/network/bridge.rs#L1187-L1205
 */
import type { NetworkSummary } from '@/lib/podman/types'
import type { Engine } from './engine'
import type { Isolation } from './types'

/** `rulesGone`: a running container is on the network, and netavark's rules were looked for and are not there. */
export function isolationOf(network: NetworkSummary, engine: Engine, rulesGone: boolean): Isolation {
  const configured = network.options.isolate ?? null
  const is = (effective: Isolation['effective'], because: string): Isolation => ({ configured, effective, because })
  if (network.driver === 'macvlan' || network.driver === 'ipvlan')
    return is(
      'none',
      `${network.driver}: netavark installs no rules; members are on the segment of the parent interface`,
    )
  if (network.driver !== 'bridge') return is('unknown', `driver ${network.driver} is not known`)
  if (engine.backend === null) return is('unknown', 'the network backend is not known')
  if (engine.backend !== 'netavark') return is('unknown', `network backend ${engine.backend} is not examined`)
  if (network.options.mode === 'unmanaged') return is('none', 'unmanaged bridge: netavark installs no rules')
  if (network.internal)
    return is(
      'none',
      'internal: netavark installs no rules; forwarding is off on the bridge, which stops other networks',
    )
  if (rulesGone) return is('none', "netavark's rules are not in the kernel (firewall_driver=none, or flushed)")
  const { generation } = engine
  if (configured === null) {
    if (generation === null) return is('unknown', 'not set, and the version of netavark, which decides, is not known')
    const version = engine.netavark ?? `${generation.major}.x`
    return generation.major >= 2
      ? is('strict', `not set: netavark ${version} isolates strictly by default`)
      : is('none', `not set: netavark ${version} does not isolate by default`)
  }
  if (configured === 'false') return is('none', 'isolate=false')
  if (configured === 'true') return is('isolated', 'isolate=true')
  if (configured === 'strict') return strict(is, engine)
  // Podman stores nothing else; netavark 1.7 to 1.17 would not isolate, 1.0 to 1.6 and 2.x refuse to start the container.
  return is('unknown', `isolate=${configured} is no value that netavark defines`)
}

/** netavark knows `strict` from 1.7 on, and Podman refuses what its netavark does not know. */
function strict(is: (effective: Isolation['effective'], because: string) => Isolation, engine: Engine): Isolation {
  const { generation, netavark } = engine
  if (generation !== null && (generation.major >= 2 || (generation.minor ?? 0) >= 7))
    return is('strict', 'isolate=strict')
  const found = netavark === null ? 'its version is not known' : `this is ${netavark}`
  return is('unknown', `isolate=strict needs netavark 1.7 or later; ${found}`)
}
