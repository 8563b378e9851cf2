import * as z from 'zod'
import { or, whole } from '../tolerant'
import type { PortMapping, Protocol } from '../types'

const port = z.int('not a port').min(1, 'not a port').max(65535, 'not a port')

const protocols = (value: string): Protocol[] | null => {
  const kept: Protocol[] = []
  for (const word of value.split(',')) {
    if (word !== 'tcp' && word !== 'udp' && word !== 'sctp') return null
    if (!kept.includes(word)) kept.push(word)
  }
  return kept
}

const protocolList = z.string().transform((value, context) => {
  const kept = protocols(value)
  if (kept !== null) return kept
  context.addIssue({ code: 'custom', message: 'not tcp, udp or sctp' })
  return z.NEVER
})

// Classified by topology, so it stays text here; an address with a zone has at most 60 characters.
const hostIp = z.string().max(64, 'too long for an address')

const listed = z
  .object({
    host_ip: or(hostIp, ''),
    container_port: port,
    host_port: port,
    // 0 and absent mean one port: https://github.com/containers/common/blob/v0.60.0/libnetwork/types/network.go
    range: or(z.int().min(0).max(65535), 1).transform(range => (range === 0 ? 1 : range)),
    protocol: or(protocolList, ['tcp' as const]),
  })
  .refine(
    ({ host_port, container_port, range }) => Math.max(host_port, container_port) + range - 1 <= 65535,
    'range ends beyond port 65535',
  )
  .transform(({ host_ip, container_port, host_port, range, protocol }): PortMapping[] =>
    protocol.map(one => ({
      hostIp: host_ip,
      hostPort: host_port,
      containerPort: container_port,
      range,
      protocol: one,
    })),
  )

/** `Ports` of the container list: "tcp,udp" is one entry there and two mappings here. */
export const listedPorts = or(z.array(whole(listed)), []).transform((mappings): PortMapping[] => mappings.flat())

const key = z.string().regex(/^\d{1,5}(\/(tcp|udp|sctp))?$/, 'not port/protocol')

const isPort = (digits: string): boolean => /^\d{1,5}$/.test(digits) && Number(digits) >= 1 && Number(digits) <= 65535

// Neither has a fallback, so that a fault in one takes out the binding and makes no other one of it.
const bound = z.object({ HostIp: hostIp, HostPort: z.string().refine(isPort, 'not a port') })

const sameSeries = (a: PortMapping, b: PortMapping): boolean =>
  a.hostIp === b.hostIp && a.protocol === b.protocol && a.hostPort - a.containerPort === b.hostPort - b.containerPort

const byAddressAndPort = (a: PortMapping, b: PortMapping): number =>
  (a.protocol < b.protocol ? -1 : Number(a.protocol > b.protocol)) ||
  (a.hostIp < b.hostIp ? -1 : Number(a.hostIp > b.hostIp)) ||
  a.hostPort - a.containerPort - (b.hostPort - b.containerPort) ||
  a.hostPort - b.hostPort

/** Neighbouring ports become one mapping with a range, as the list has them: 65,535 bindings are one line. */
const folded = (mappings: PortMapping[]): PortMapping[] => {
  const kept: PortMapping[] = []
  for (const mapping of mappings.toSorted(byAddressAndPort)) {
    const before = kept.at(-1)
    if (before !== undefined && sameSeries(before, mapping) && mapping.hostPort <= before.hostPort + before.range) {
      before.range = Math.max(before.range, mapping.hostPort - before.hostPort + 1)
    } else kept.push({ ...mapping })
  }
  return kept
}

/** `HostConfig.PortBindings`: {"80/tcp": [{HostIp, HostPort}]}, ranges expanded there and folded here. */
export const portBindings = or(z.record(key, or(z.array(bound), [])), {}).transform((bindings): PortMapping[] => {
  const mappings = Object.entries(bindings).flatMap(([portAndProtocol, bounds]) => {
    const [containerPort, protocol = 'tcp'] = portAndProtocol.split('/')
    return (protocols(protocol) ?? []).flatMap(one =>
      bounds.map(({ HostIp, HostPort }) => ({
        hostIp: HostIp,
        hostPort: Number(HostPort),
        containerPort: Number(containerPort),
        range: 1,
        protocol: one,
      })),
    )
  })
  return folded(mappings)
})

/** The keys of `Config.ExposedPorts`, "80/tcp". */
export const exposedPorts = or(z.record(key, z.unknown()), {}).transform(Object.keys)

/** The keys of `NetworkSettings.Ports` that have no binding: where engines before 5.3 name exposed ports. */
export const unboundPorts = or(z.record(key, z.unknown()), {}).transform(ports =>
  Object.entries(ports).flatMap(([name, bindings]) => (bindings === null ? [name] : [])),
)
