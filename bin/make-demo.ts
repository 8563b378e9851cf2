/**
 * Makes public/demo.json from a recording of a real engine: the same format, cut down to the fields that lib/podman and
 * lib/probe read. The file is served to browsers and shipped to everybody, so what is kept is listed, not what is dropped.
 *
 *   node --import tsx bin/make-demo.ts tests/recordings/podman-5.4.2.json public/demo.json
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { networkArguments } from '@/lib/podman/create-command'

/** true: kept as it is · a function: kept as what it makes · an object: these fields of an object, or of every entry of a list */
type Keep = true | ((value: unknown) => unknown) | { [field: string]: Keep }

/** The same for every value of an object whose keys are names. */
const EACH = '*'

const argv = (words: unknown): string[] => {
  const list = Array.isArray(words) ? words.filter(word => typeof word === 'string') : []
  return ['podman', 'run', ...networkArguments(list).flatMap(value => ['--network', value])]
}

const CONTAINER: Keep = {
  Id: true,
  Name: true,
  State: { Status: true, Pid: true, ConmonPid: true, Health: { Status: true } },
  Pod: true,
  IsInfra: true,
  IsService: true,
  Rootfs: true,
  ProcessLabel: true,
  EffectiveCaps: true,
  BoundingCaps: true,
  Mounts: { Type: true, Source: true, Destination: true, RW: true, Propagation: true, Name: true },
  Dependencies: true,
  NetworkSettings: {
    SandboxKey: true,
    Networks: {
      [EACH]: {
        NetworkID: true,
        IPAddress: true,
        GlobalIPv6Address: true,
        SecondaryIPAddresses: { Addr: true },
        SecondaryIPv6Addresses: { Addr: true },
        MacAddress: true,
        Gateway: true,
        IPv6Gateway: true,
        Aliases: true,
      },
    },
  },
  HostConfig: {
    NetworkMode: true,
    PortBindings: { [EACH]: { HostIp: true, HostPort: true } },
    PublishAllPorts: true,
    Privileged: true,
    CapAdd: true,
    CapDrop: true,
    SecurityOpt: true,
    PidMode: true,
    IpcMode: true,
    UTSMode: true,
    UsernsMode: true,
    ReadonlyRootfs: true,
    Devices: { PathOnHost: true },
    RestartPolicy: { Name: true },
    ExtraHosts: true,
  },
  Config: { ExposedPorts: true, User: true, CreateCommand: argv },
}

const LISTED: Keep = {
  Id: true,
  Names: true,
  Image: true,
  State: true,
  Status: true,
  Pid: true,
  Pod: true,
  IsInfra: true,
  Created: true,
  StartedAt: true,
  Networks: true,
  Ports: true,
  Namespaces: { Net: true },
}

const ANSWERS: [path: RegExp, keep: Keep][] = [
  [/^\/_ping$/, true],
  [/^\/version$/, { Version: true }],
  [
    /^\/info$/,
    {
      host: {
        hostname: () => 'demo-host',
        security: { rootless: true },
        networkBackend: true,
        networkBackendInfo: { version: true, dns: { version: true }, defaultNetwork: true },
        rootlessNetworkCmd: true,
        rootlessPortForwarder: true,
        eventLogger: true,
      },
      version: { Version: true },
    },
  ],
  [/^\/containers\/json\?all=true&namespace=true$/, LISTED],
  [/^\/containers\/[0-9a-f]{64}\/json$/, CONTAINER],
  [
    /^\/networks\/json$/,
    {
      name: true,
      id: true,
      driver: true,
      network_interface: true,
      created: true,
      subnets: true,
      routes: true,
      ipv6_enabled: true,
      internal: true,
      dns_enabled: true,
      options: true,
      ipam_options: { driver: true },
    },
  ],
  [
    /^\/pods\/json$/,
    { Id: true, Name: true, Status: true, Created: true, InfraId: true, Containers: { Id: true }, Networks: true },
  ],
  [
    /^\/pods\/[0-9a-f]{64}\/json$/,
    {
      Id: true,
      Name: true,
      InfraContainerID: true,
      SharedNamespaces: true,
      InfraConfig: { HostNetwork: true, NetworkOptions: true },
    },
  ],
  [/^\/volumes\/json$/, { Name: true, Driver: true, Options: { type: true, o: true, device: true } }],
]

const KERNEL: Keep = {
  'ip -j -d addr': true,
  'ip -j route': true,
  'ip -j -6 route': true,
  'nft -j list ruleset': true,
  'iptables-save': true,
  'sysctl net/ipv4/ip_forward': true,
  'sysctl net/ipv6/conf/all/forwarding': true,
  'sysctl net/ipv4/ip_unprivileged_port_start': true,
  '/proc/net/tcp': true,
  '/proc/net/tcp6': true,
  '/proc/net/udp': true,
  '/proc/net/udp6': true,
  'host netns': true,
  containers: { [EACH]: { netns: true, tcp: true, tcp6: true } },
}

function prune(value: unknown, keep: Keep): unknown {
  if (keep === true) return value
  if (typeof keep === 'function') return keep(value)
  if (Array.isArray(value)) return value.map(entry => prune(entry, keep))
  if (typeof value !== 'object' || value === null) return value
  const kept: [string, unknown][] = []
  for (const [field, inner] of Object.entries(value)) {
    const how = Object.hasOwn(keep, field) ? keep[field] : keep[EACH]
    if (how !== undefined) kept.push([field, prune(inner, how)])
  }
  return Object.fromEntries(kept)
}

/** The demo recording made from the text of another one. */
export function makeDemo(text: string): string {
  const recording: unknown = JSON.parse(text)
  if (typeof recording !== 'object' || recording === null) throw new Error('not a recording')
  const demo: [string, unknown][] = []
  for (const [key, value] of Object.entries(recording)) {
    const path = /^GET \/v[^/]+\/libpod(.*)$/.exec(key)?.[1]
    const keep = path === undefined ? undefined : ANSWERS.find(([pattern]) => pattern.test(path))?.[1]
    if (keep !== undefined)
      demo.push([key, prune(value, { status: true, headers: { 'Libpod-Api-Version': true }, body: keep })])
    if (key === 'kernel') demo.push([key, prune(value, KERNEL)])
  }
  return `${JSON.stringify(Object.fromEntries(demo))}\n`
}

const [, script, from, to] = process.argv
if (script?.endsWith('make-demo.ts') && from !== undefined && to !== undefined)
  writeFileSync(to, makeDemo(readFileSync(from, 'utf8')))
