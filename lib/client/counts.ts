/** The headline numbers. */
import { doorsOf, refOfPort } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { Topology } from '@/lib/topology/types'

export interface Counts {
  containers: number
  running: number
  networks: number
  /** Published ports that others than the host itself may come through, each counted once. */
  doorsToOutside: number
}

export function countThings(topology: Topology): Counts {
  const { hosts } = topology
  const containers = hosts.flatMap(host => host.containers.filter(container => !container.isInfra))
  const doors = hosts.flatMap(host =>
    doorsOf(host)
      .filter(({ port }) => port.scope !== 'loopback' && port.forwarded !== 'no')
      .map(({ port }) => `${host.id} ${formatRef(refOfPort(port))}`),
  )
  return {
    containers: containers.length,
    running: containers.filter(({ state }) => state === 'running' || state === 'stopping').length,
    networks: hosts.reduce((sum, host) => sum + host.networks.length, 0),
    doorsToOutside: new Set(doors).size,
  }
}
