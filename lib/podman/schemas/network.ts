import { createHash } from 'node:crypto'
import * as z from 'zod'
import { networkLabels } from '../labels'
import { list, or, parseRows, text, textOrNull } from '../tolerant'
import type { Listed, NetworkSummary } from '../types'
import { fullId, name, optionalAddress, time } from './common'

/**
 * Driver options that decide what a network does. A plugin's own options may be anything, credentials included, and stay out.
 * https://github.com/containers/netavark/blob/v2.1.0/src/network/constants.rs
 */
const optionNames = [
  'isolate',
  'mtu',
  'vlan',
  'metric',
  'no_default_route',
  'vrf',
  'mode',
  'bclim',
  'outbound_addr4',
  'outbound_addr6',
  'host_interface_name',
] as const

/** What is kept of a network's driver options. */
export const networkOptions = or(z.record(z.string(), z.unknown()), null).transform(all => {
  const kept: Record<string, string> = {}
  for (const option of optionNames) {
    const value = all !== null && Object.hasOwn(all, option) ? all[option] : undefined
    if (typeof value === 'string' && value.length <= 64) kept[option] = value
  }
  return kept
})

const cidr = z.union([z.cidrv4(), z.cidrv6()], 'not a subnet')

const subnet = z
  .object({
    subnet: cidr,
    gateway: optionalAddress,
    lease_range: or(z.object({ start_ip: optionalAddress, end_ip: optionalAddress }), null),
  })
  .transform(({ subnet, gateway, lease_range }) => ({
    cidr: subnet,
    gateway,
    leaseRange: lease_range === null ? null : { start: lease_range.start_ip, end: lease_range.end_ip },
  }))

const route = z.object({ destination: cidr, gateway: optionalAddress })

/**
 * The default network exists in memory only: it is made up for every answer, with the time of the answer as `created`, so
 * that it would seem new each time. Its id, the hash of its name, gives it away.
 * https://github.com/containers/common/blob/v0.60.0/libnetwork/netavark/network.go
 */
const isMadeUp = ({ id, name }: { id: string; name: string }): boolean =>
  createHash('sha256').update(name).digest('hex') === id

const row = z
  .object({
    name,
    id: fullId,
    driver: text(64),
    network_interface: textOrNull(64),
    created: time,
    subnets: list(subnet),
    routes: list(route),
    ipv6_enabled: or(z.boolean(), false),
    internal: or(z.boolean(), false),
    dns_enabled: or(z.boolean(), false),
    labels: networkLabels,
    options: networkOptions,
    ipam_options: or(z.object({ driver: textOrNull(64) }), { driver: null }),
  })
  .transform(
    (row): NetworkSummary => ({
      id: row.id,
      name: row.name,
      driver: row.driver,
      networkInterface: row.network_interface,
      createdAt: isMadeUp(row) ? null : row.created,
      subnets: row.subnets,
      routes: row.routes,
      ipv6Enabled: row.ipv6_enabled,
      internal: row.internal,
      dnsEnabled: row.dns_enabled,
      labels: row.labels,
      options: row.options,
      ipamDriver: row.ipam_options.driver,
    }),
  )

/** GET /networks/json. Problems of a network's parts name the network. */
export const parseNetworkList = (raw: unknown, template: string): Listed<NetworkSummary> => {
  const { rows, lost } = parseRows(row, raw, template)
  const partial = rows.flatMap(({ value, problems }) => problems.map(problem => `network ${value.name}: ${problem}`))
  return Object.assign(
    rows.map(({ value }) => value),
    { problems: [...lost, ...partial] },
  )
}
