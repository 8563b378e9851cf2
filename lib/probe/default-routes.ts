/** Where a namespace sends what no subnet of its own fits: its default routes, as its kernel has them. */
import { addressOfBytes, addressOfWords, type ByteOrder } from './address'
import { known, unknown } from './facts'
import type { Proc } from './proc'
import { leadsSomewhere } from './sysfs'
import type { Known, ProbeDefaultRoute } from './types'

/** Read through process `pid`, which is in the namespace. */
export function readDefaultRoutes(proc: Proc, pid: number, order: ByteOrder): Known<readonly ProbeDefaultRoute[]> {
  const ipv4 = proc.text(`/proc/${pid}/net/route`)
  const ipv6 = proc.text(`/proc/${pid}/net/ipv6_route`)
  if (!ipv4.ok) return unknown(`its routes could not be read (${ipv4.code})`)
  // Without IPv6 in the kernel there is no such file.
  if (!ipv6.ok && ipv6.code !== 'ENOENT') return unknown(`its IPv6 routes could not be read (${ipv6.code})`)
  return known(
    [...defaultRoutes(ipv4.value, order), ...(ipv6.ok ? defaultRoutes6(ipv6.value) : [])],
    '/proc/PID/net/{route,ipv6_route}',
  )
}

/** Of /proc/net/route. Those of equal metric are taken now this one, now that. */
export const defaultRoutes = (text: string, order: ByteOrder): ProbeDefaultRoute[] =>
  text.split('\n').flatMap(line => {
    const [, destination, gateway = '', flags = '', , , metric, mask] = line.split(/\s+/)
    if (destination !== '00000000' || mask !== '00000000' || !leadsSomewhere(flags)) return []
    const hop = addressOfWords(gateway, order)
    return hop === null || hop === '0.0.0.0' ? [] : [{ gateway: hop, metric: Number(metric) }]
  })

/** Of /proc/net/ipv6_route. */
export const defaultRoutes6 = (text: string): ProbeDefaultRoute[] =>
  text.split('\n').flatMap(line => {
    const [destination = '', length, , , gateway = '', metric = '', , , flags = ''] = line.trim().split(/\s+/)
    if (length !== '00' || /[^0]/.test(destination) || !leadsSomewhere(flags)) return []
    const hop = addressOfBytes(gateway)
    return hop === null || hop === '::' ? [] : [{ gateway: hop, metric: Number.parseInt(metric, 16) }]
  })
