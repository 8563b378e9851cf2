/** Published ports that cannot be. */
import type { HostSnapshot } from '@/lib/collector/types'

import { canonical, readBindAddress } from '@/lib/topology/scope'
import type { NamespaceKind } from '@/lib/topology/types'
import { holderOf } from './clash'
import type { Settled } from './engine'
import { mappingsAt } from './ports'
import type { Subject } from './subject'
import type { Change, PortChoice, Refusal } from './types'

export interface PortContext {
  snapshot: HostSnapshot
  subject: Subject
  change: Change
  /** null = the network stays as it is. */
  settled: Settled | null
}

export function refusePorts(context: PortContext): Refusal[] {
  const { change } = context
  const seen = new Set<string>()
  return change.ports.flatMap((choice): Refusal[] => {
    const key = `${choice.hostPort}/${choice.protocol}`
    const asked = choice.hostIp === null ? 'unpublish' : 'publish'
    if (seen.has(key)) return [{ code: 'asked-twice', asked, because: `Port ${key} is asked for twice.` }]
    seen.add(key)
    const refused = refuseOne(context, choice, key)
    return refused === null ? [] : [{ ...refused, asked }]
  })
}

type Refused = Omit<Refusal, 'asked'> | null

function refuseOne(context: PortContext, choice: PortChoice, key: string): Refused {
  const { subject } = context
  const { record, ports } = subject
  const known = mappingsAt(ports, choice).length > 0
  const { hostIp } = choice
  if (hostIp === null || choice.containerPort === null) {
    if (!known) return { code: 'not-published', because: `${record.summary.name} publishes no port ${key}.` }
  }
  if (hostIp === null) return null
  const kind = kindOf(context)
  if (kind === 'host' || kind === 'none' || kind === 'path')
    return {
      code: 'publishes-nothing',
      because: `Podman publishes nothing ${MODE_WORDS[kind]}: port ${key} would be discarded.`,
    }
  if (choice.protocol === 'sctp' && (kind === 'pasta' || kind === 'slirp4netns'))
    return { code: 'protocol-unsupported', because: `${kind} does not forward SCTP.` }
  return refuseAddress(context, hostIp) ?? refusePrivileged(context, choice) ?? refuseTaken(context, choice, key)
}

const MODE_WORDS = {
  host: 'in host mode',
  none: 'without a network',
  path: 'into a namespace of somebody else',
} as const

function kindOf({ settled, subject }: PortContext): NamespaceKind {
  if (settled === null) return subject.plan.kind
  return settled.kind === 'network' || settled.kind === 'new' ? 'private' : settled.kind
}

/** The address has to be one of the host's, or nothing can be bound there. */
function refuseAddress({ snapshot }: PortContext, hostIp: string): Refused {
  const bind = readBindAddress(hostIp)
  if (bind.doubt !== null) return { code: 'not-an-address', because: `${bind.doubt}.` }
  const { interfaces } = snapshot.probe
  if (bind.address === null || !interfaces.known) return null
  const own = interfaces.value.flatMap(one => one.addresses.map(cidr => canonical(cidr.replace(/\/\d+$/, ''))))
  // All of 127.0.0.0/8 is the host's.
  if (own.includes(bind.address) || (bind.scope === 'loopback' && bind.family === 'ipv4')) return null
  return { code: 'address-not-here', because: `No interface of the host has ${bind.address}.` }
}

function refusePrivileged({ snapshot }: PortContext, { hostPort }: PortChoice): Refused {
  const first = snapshot.probe.unprivilegedPortStart
  if (snapshot.rootless !== true || !first.known || hostPort >= first.value) return null
  return {
    code: 'port-privileged',
    because: `A rootless Podman may bind ports from ${first.value} on only (net.ipv4.ip_unprivileged_port_start).`,
  }
}

/** Who is there first has it. What is not sure is no reason to refuse. */
function refuseTaken({ snapshot, subject }: PortContext, choice: PortChoice, key: string): Refused {
  const holder = holderOf(snapshot, subject, choice)
  return holder?.sure === true
    ? { code: 'port-taken', because: `Port ${key} is taken on that address already, by ${holder.name}.` }
    : null
}
