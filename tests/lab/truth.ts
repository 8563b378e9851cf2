/** What is true of a host, from outside of Podwire: what its podman prints, and what its kernel says. */
import * as z from 'zod'
import type { Engine, LabHost } from './host'
import {
  type InspectedContainer,
  type InspectedNetwork,
  type InspectedPod,
  inspectedContainer,
  inspectedNetwork,
  inspectedPod,
  type Link,
  link,
  listed,
} from './podman-json'

export interface Truth {
  /** By full id, everything that `podman ps -a` lists. */
  containers: ReadonlyMap<string, InspectedContainer>
  /** By name. */
  networks: ReadonlyMap<string, InspectedNetwork>
  pods: readonly InspectedPod[]
  /** Inode of its network namespace, by container id; the running ones. */
  inodes: ReadonlyMap<string, string>
  hostInode: string
  links: readonly Link[]
  /** What a live host only can tell; null for a recording. */
  live: {
    /** Global addresses inside a network namespace, by inode. */
    addresses: ReadonlyMap<string, readonly string[]>
    /** "address:port/protocol" of the sockets that wait, by inode; wildcards are "*". */
    listeners: ReadonlyMap<string, readonly string[]>
    /** Per container id, the lines of `podman port`: "80/tcp -> 0.0.0.0:8080". */
    ports: ReadonlyMap<string, readonly string[]>
  } | null
}

/** Asks podman and the kernel of a live host. */
export async function truthOf(host: LabHost, engine: Engine): Promise<Truth> {
  const rows = z.array(listed).parse(await engine.json('ps', '-a', '--format', 'json'))
  const ids = rows.map(row => row.Id)
  const containers =
    ids.length === 0
      ? []
      : z.array(inspectedContainer).parse(await engine.json('inspect', '--type', 'container', ...ids))
  const names = lines(await engine.podman('network', 'ls', '--format', '{{.Name}}'))
  const networks = z.array(inspectedNetwork).parse(await engine.json('network', 'inspect', ...names))
  const pods: InspectedPod[] = []
  for (const id of lines(await engine.podman('pod', 'ps', '-q', '--no-trunc'))) {
    // Podman 4 prints the object, later ones a list of one.
    const answer = z.union([inspectedPod, z.tuple([inspectedPod])]).parse(await engine.json('pod', 'inspect', id))
    pods.push(Array.isArray(answer) ? answer[0] : answer)
  }

  const pids = containers.filter(one => one.State.Pid > 0).map(one => [one.Id, one.State.Pid] as const)
  const inodes = new Map<string, string>()
  const addresses = new Map<string, string[]>()
  const listeners = new Map<string, string[]>()
  const hostInode = await inodeOf(host, 1)
  listeners.set(hostInode, await listenersOf(host, 1))
  for (const [id, pid] of pids) {
    const inode = await inodeOf(host, pid)
    inodes.set(id, inode)
    if (inode === hostInode || addresses.has(inode)) continue
    addresses.set(inode, (await linksOf(host, pid)).flatMap(globalAddresses))
    listeners.set(inode, await listenersOf(host, pid))
  }
  const ports = new Map<string, string[]>()
  for (const [id] of pids) ports.set(id, lines(await engine.podman('port', id)))

  return {
    containers: new Map(containers.map(one => [one.Id, one])),
    networks: new Map(networks.map(one => [one.name, one])),
    pods,
    inodes,
    hostInode,
    links: await linksOf(host, 1),
    live: { addresses, listeners, ports },
  }
}

const lines = (output: string) => output.split('\n').filter(line => line !== '')

const inodeOf = async (host: LabHost, pid: number) =>
  (await host.exec('stat', '-L', '-c', '%i', `/proc/${pid}/ns/net`)).trim()

const within = (host: LabHost, pid: number, ...command: string[]) =>
  host.exec('nsenter', `--net=/proc/${pid}/ns/net`, ...command)

async function linksOf(host: LabHost, pid: number): Promise<Link[]> {
  return z.array(link).parse(JSON.parse(await within(host, pid, 'ip', '-j', '-d', 'addr')))
}

const globalAddresses = ({ addr_info }: Link) => addr_info.filter(one => one.scope === 'global').map(one => one.local)

/** `ss` prints "LISTEN 0 128 127.0.0.1:80 0.0.0.0:*"; sockets of one family on its wildcard are both "*". */
async function listenersOf(host: LabHost, pid: number): Promise<string[]> {
  const found = new Set<string>()
  for (const [protocol, flag] of [
    ['tcp', '-lt'],
    ['udp', '-lu'],
  ] as const)
    for (const line of lines(await within(host, pid, 'ss', '-Hn', flag))) {
      const local = line.trim().split(/\s+/)[3] ?? ''
      const at = local.lastIndexOf(':')
      const address = local
        .slice(0, at)
        .replace(/%.*$/, '')
        .replace(/^\[|\]$/g, '')
      found.add(`${['0.0.0.0', '::', ''].includes(address) ? '*' : address}:${local.slice(at + 1)}/${protocol}`)
    }
  return [...found].toSorted()
}
