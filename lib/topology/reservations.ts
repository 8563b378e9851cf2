/** Sockets that stand for published ports. */
import { readBindAddress } from './scope'
import type { Listener, PublishedPort } from './types'

const isWildcard = (address: string) => readBindAddress(address).scope === 'wildcard'

/** Podman, its port forwarder or its proxy holds the socket of a published port: that one is told as a door already. */
export const isReservation = (listener: Listener, published: readonly PublishedPort[]): boolean =>
  listener.containerId === null &&
  published.some(
    port =>
      port.hostPort === listener.port &&
      port.protocol === listener.protocol &&
      (port.hostIp === listener.address || (isWildcard(port.hostIp) && isWildcard(listener.address))),
  )
