/** Sockets of the host's namespace that come and go with a container. */
import type { ProbeListener } from '@/lib/probe/types'
import { readBindAddress } from '@/lib/topology/scope'
import { mappingsAt } from './ports'
import type { Subject } from './subject'

/** The socket is that of its own process in host mode, or stands for one of its published ports. */
export const isOwnSocket = (subject: Subject, socket: ProbeListener): boolean =>
  (socket.containerId !== null && subject.movers.has(socket.containerId)) || isReserved(subject, socket)

/** Podman, its port forwarder or pasta hold the socket of a published port. */
export const isReserved = (subject: Subject, { address, port, protocol, containerId }: ProbeListener): boolean =>
  subject.live &&
  subject.plan.kind !== 'host' &&
  (containerId === null || subject.movers.has(containerId)) &&
  mappingsAt(subject.ports, { hostPort: port, protocol }).some(
    ({ hostIp }) => hostIp === address || (isWildcard(hostIp) && isWildcard(address)),
  )

export const isWildcard = (address: string): boolean => readBindAddress(address).scope === 'wildcard'
