/** What Podman and iproute2 print, as far as the truth needs it. Read here on its own, apart from lib/podman's parsers. */
import * as z from 'zod'

const nullable = <T extends z.ZodType>(schema: T) => schema.nullish().transform(value => value ?? null)
/** Absent in old generations, null in some, "" in others. */
const text = z
  .string()
  .nullish()
  .transform(value => value ?? '')

const endpoint = z.object({
  IPAddress: text,
  GlobalIPv6Address: text,
  SecondaryIPAddresses: nullable(z.array(z.object({ Addr: z.string() }))),
  SecondaryIPv6Addresses: nullable(z.array(z.object({ Addr: z.string() }))),
  MacAddress: text,
})

export const inspectedContainer = z.object({
  Id: z.string(),
  Name: z.string(),
  ImageName: z.string(),
  Pod: text,
  IsInfra: z.boolean(),
  State: z.object({ Status: z.string(), Pid: z.number() }),
  HostConfig: z.object({
    NetworkMode: z.string(),
    Privileged: z.boolean(),
    PortBindings: nullable(z.record(z.string(), nullable(z.array(z.object({ HostIp: text, HostPort: z.string() }))))),
  }),
  NetworkSettings: z.object({ Networks: nullable(z.record(z.string(), endpoint)) }),
})

export const inspectedNetwork = z.object({
  id: z.string(),
  name: z.string(),
  driver: z.string(),
  network_interface: text,
  internal: z.boolean(),
  dns_enabled: z.boolean(),
  subnets: nullable(z.array(z.object({ subnet: z.string(), gateway: text }))),
  options: nullable(z.record(z.string(), z.string())),
})

export const inspectedPod = z.object({
  Id: z.string(),
  Name: z.string(),
  InfraContainerID: text,
  SharedNamespaces: nullable(z.array(z.string())),
  Containers: nullable(z.array(z.object({ Id: z.string() }))),
})

export const listed = z.object({ Id: z.string(), Names: z.array(z.string()), State: z.string() })

/** `ip -j -d addr` */
export const link = z.object({
  ifname: z.string(),
  flags: z.array(z.string()),
  master: z.string().optional(),
  linkinfo: z.object({ info_kind: z.string().optional() }).optional(),
  addr_info: z.array(z.object({ local: z.string(), prefixlen: z.number(), scope: z.string() })),
})

export type InspectedContainer = z.infer<typeof inspectedContainer>
export type InspectedNetwork = z.infer<typeof inspectedNetwork>
export type InspectedPod = z.infer<typeof inspectedPod>
export type Link = z.infer<typeof link>
