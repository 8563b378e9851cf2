/** The published ports of a container, and what they become. */
import type { PortMapping, Protocol } from '@/lib/podman/types'
import type { PortChoice } from './types'

type Place = { hostPort: number; protocol: Protocol }

/** Of several ports of one range each is a place of its own. */
export const mappingsAt = (ports: readonly PortMapping[], { hostPort, protocol }: Place): PortMapping[] =>
  ports.filter(one => one.protocol === protocol && hostPort >= one.hostPort && hostPort < one.hostPort + one.range)

/** The mappings with every choice in force. Ranges are split only where a choice takes a port out of them. */
export function changedPorts(ports: readonly PortMapping[], choices: readonly PortChoice[]): PortMapping[] {
  let now = [...ports]
  for (const choice of choices) {
    const { hostPort, protocol, hostIp } = choice
    const [first] = mappingsAt(now, choice)
    const containerPort = choice.containerPort ?? (first ? first.containerPort + hostPort - first.hostPort : null)
    now = now.flatMap(mapping => (mappingsAt([mapping], choice).length > 0 ? without(mapping, hostPort) : mapping))
    if (hostIp !== null && containerPort !== null) now.push({ hostIp, hostPort, containerPort, range: 1, protocol })
  }
  return now
}

function without(mapping: PortMapping, hostPort: number): PortMapping[] {
  const before = hostPort - mapping.hostPort
  const after = mapping.range - before - 1
  return [
    ...(before > 0 ? [{ ...mapping, range: before }] : []),
    ...(after > 0
      ? [{ ...mapping, hostPort: hostPort + 1, containerPort: mapping.containerPort + before + 1, range: after }]
      : []),
  ]
}

/** "127.0.0.1:8080:80/udp", as --publish and PublishPort= take it. */
export function publishText({ hostIp, hostPort, containerPort, range, protocol }: PortMapping): string {
  const span = (first: number) => (range > 1 ? `${first}-${first + range - 1}` : String(first))
  const address = hostIp === '' ? '' : `${hostIp.includes(':') ? `[${hostIp.replaceAll(/^\[|\]$/g, '')}]` : hostIp}:`
  return `${address}${span(hostPort)}:${span(containerPort)}${protocol === 'tcp' ? '' : `/${protocol}`}`
}
