/** Engines of any size, in the shapes of Podman 5.4.2: copies of recorded containers with names and addresses of their own. */
import { containerNamed, recordedContent, type EngineContent, type RawContainer } from './content'
import { objectAt, type JsonObject } from './json'

export interface SyntheticContainer {
  /** Decides id, pid, addresses and namespace; unique. */
  index: number
  name: string
  /** Names of synthetic or recorded networks. */
  networks: readonly string[]
  /** Published to every address, container port 80. */
  hostPort?: number
  /** Volume mounts, bind mounts and the like are the recorded ones. */
  state?: 'running' | 'exited' | 'created'
}

const template = recordedContent('5.4.2')
const HEX = (prefix: string, index: number) => (prefix + index.toString(16).padStart(12, '0')).padEnd(64, '0')

/** Id of the n-th synthetic container. */
export const containerId = (index: number): string => HEX('c0', index)
const networkId = (index: number): string => HEX('4e', index)
/** Name of the n-th synthetic network. */
const networkName = (index: number): string => `net-${String(index).padStart(3, '0')}`

/** First two parts of a /16: room for a container of any index without an address used twice. */
const subnetOf = (index: number) =>
  index < 150 ? `10.${100 + index}` : `${11 + Math.floor((index - 150) / 250)}.${(index - 150) % 250}`

const addressOn = (network: string, index: number) =>
  `${subnetOf(Number(/^net-(\d+)$/.exec(network)?.[1] ?? 255))}.${1 + Math.floor(index / 250)}.${2 + (index % 250)}`

/** A container as 5.4.2 lists and inspects it. */
export function syntheticContainer(given: SyntheticContainer): RawContainer {
  const { index, name, networks, hostPort, state = 'running' } = given
  const isRunning = state === 'running'
  const id = containerId(index)
  const { row, inspect } = structuredClone(containerNamed(template, 'web1'))
  const pid = 10_000 + index
  const created = new Date(Date.UTC(2026, 0, 1) + index * 1000)
  const start = state === 'created' ? new Date(Date.UTC(1, 0, 1)) : new Date(created.getTime() + 500)

  Object.assign(row, {
    Id: id,
    Names: [name],
    State: state,
    Pid: isRunning ? pid : 0,
    Exited: state === 'exited',
    Networks: [...networks],
    Created: created.toISOString(),
    StartedAt: Math.floor(start.getTime() / 1000),
    Namespaces: isRunning ? { ...objectAt(row, 'Namespaces'), Net: String(4_100_000_000 + index) } : {},
    Ports:
      hostPort === undefined
        ? null
        : [{ host_ip: '', container_port: 80, host_port: hostPort, range: 1, protocol: 'tcp' }],
  })

  Object.assign(inspect, { Id: id, Name: name, Created: created.toISOString() })
  Object.assign(objectAt(inspect, 'State'), {
    Status: state,
    Running: isRunning,
    Pid: isRunning ? pid : 0,
    ConmonPid: isRunning ? pid - 1 : 0,
    StartedAt: start.toISOString(),
  })
  Object.assign(objectAt(inspect, 'NetworkSettings'), {
    SandboxKey: isRunning ? `/run/netns/netns-${index}` : '',
    Networks: Object.fromEntries(networks.map(network => [network, attachment(network, index, isRunning)])),
    Ports: hostPort === undefined ? {} : { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: String(hostPort) }] },
  })
  Object.assign(objectAt(inspect, 'HostConfig'), {
    NetworkMode: 'bridge',
    PortBindings: hostPort === undefined ? {} : { '80/tcp': [{ HostIp: '0.0.0.0', HostPort: String(hostPort) }] },
  })
  return { row, inspect }
}

const attachment = (network: string, index: number, isRunning: boolean): JsonObject => ({
  EndpointID: '',
  Gateway: isRunning ? `${addressOn(network, 0).replace(/\.\d+\.\d+$/, '')}.0.1` : '',
  IPAddress: isRunning ? addressOn(network, index) : '',
  IPPrefixLen: isRunning ? 16 : 0,
  IPv6Gateway: '',
  GlobalIPv6Address: '',
  GlobalIPv6PrefixLen: 0,
  MacAddress: isRunning
    ? `02:00:00:${[16, 8, 0].map(shift => ((index >> shift) & 255).toString(16).padStart(2, '0')).join(':')}`
    : '',
  NetworkID: network,
  DriverOpts: null,
  IPAMConfig: null,
  Links: null,
  Aliases: [containerId(index).slice(0, 12)],
})

/** A bridge as 5.4.2 lists it. */
export const syntheticNetwork = (index: number): JsonObject => ({
  name: networkName(index),
  id: networkId(index),
  driver: 'bridge',
  network_interface: `podman${index + 10}`,
  created: new Date(Date.UTC(2026, 0, 1) + index * 1000).toISOString(),
  subnets: [{ subnet: `${subnetOf(index)}.0.0/16`, gateway: `${subnetOf(index)}.0.1` }],
  ipv6_enabled: false,
  internal: index % 10 === 9,
  dns_enabled: true,
  ipam_options: { driver: 'host-local' },
})

/**
 * N containers over M networks (and none else): every tenth on two of them, every seventh with a published port, every
 * twentieth stopped. Deterministic.
 */
export function syntheticContent({ containers, networks }: { containers: number; networks: number }): EngineContent {
  const list = Array.from({ length: containers }, (_, index) =>
    syntheticContainer({
      index,
      name: `app-${String(index).padStart(4, '0')}`,
      networks: (index % 10 === 0 && networks > 1 ? [index, index + 1] : [index]).map(n => networkName(n % networks)),
      state: index % 20 === 19 ? 'exited' : 'running',
      ...(index % 7 === 0 ? { hostPort: 20_000 + index } : {}),
    }),
  )
  return {
    version: '5.4.2',
    info: structuredClone(template.info),
    containers: new Map(list.map((container, index) => [containerId(index), container])),
    networks: Array.from({ length: networks }, (_, index) => syntheticNetwork(index)),
    pods: new Map(),
    volumes: [],
  }
}
