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

  const running = containers.filter(one => one.State.Pid > 0)
  const kernel = await askKernel(host, ['1', ...running.map(one => String(one.State.Pid))])
  const inodeOf = (pid: number) => {
    const inode = kernel.inodes.get(String(pid))
    if (inode === undefined) throw new Error(`process ${pid} has gone`)
    return inode
  }
  const hostInode = inodeOf(1)
  const addresses = new Map([...kernel.links].map(([inode, links]) => [inode, links.flatMap(globalAddresses)]))
  const ports = new Map<string, string[]>()
  for (const line of lines(await engine.podman('port', '--all'))) {
    const [short = '', port = ''] = line.split('\t')
    const id = ids.find(one => one.startsWith(short)) ?? short
    ports.set(id, [...(ports.get(id) ?? []), port])
  }
  return {
    containers: new Map(containers.map(one => [one.Id, one])),
    networks: new Map(networks.map(one => [one.name, one])),
    pods,
    inodes: new Map(running.map(one => [one.Id, inodeOf(one.State.Pid)])),
    hostInode,
    links: kernel.links.get(hostInode) ?? [],
    live: { addresses, listeners: kernel.listeners, ports },
  }
}

const lines = (output: string) => output.split('\n').filter(line => line !== '')

/** One script for all, for each call into the host costs more than what it asks. */
const KERNEL = `
declare -A seen
for pid; do
  inode=$(stat -L -c %i "/proc/$pid/ns/net")
  echo "pid $pid $inode"
  [ -z "\${seen[$inode]:-}" ] || continue
  seen[$inode]=1
  within() { nsenter --net="/proc/$pid/ns/net" "$@"; }
  echo "links $inode $(within ip -j -d addr | tr -d '\\n')"
  within ss -Hltn | sed "s/^/tcp $inode /"
  within ss -Hlun | sed "s/^/udp $inode /"
done`

async function askKernel(host: LabHost, pids: readonly string[]) {
  const inodes = new Map<string, string>()
  const links = new Map<string, Link[]>()
  const listeners = new Map<string, string[]>()
  for (const line of lines(await host.exec('bash', '-c', KERNEL, '-', ...pids))) {
    const [, what = '', key = '', rest = ''] = /^(\S+) (\S+) (.*)$/.exec(line) ?? []
    if (what === 'pid') {
      inodes.set(key, rest)
      if (!listeners.has(rest)) listeners.set(rest, [])
    } else if (what === 'links') links.set(key, z.array(link).parse(JSON.parse(rest)))
    else listeners.get(key)?.push(`${localEnd(rest)}/${what}`)
  }
  return { inodes, links, listeners }
}

/** `ss` prints "LISTEN 0 128 [::1]%lo:80 [::]:*"; the wildcards of both families are "*". */
function localEnd(line: string): string {
  const local = line.trim().split(/\s+/)[3] ?? ''
  const at = local.lastIndexOf(':')
  const address = local
    .slice(0, at)
    .replace(/%.*$/, '')
    .replace(/^\[|\]$/g, '')
  return `${['0.0.0.0', '::', ''].includes(address) ? '*' : address}:${local.slice(at + 1)}`
}

const globalAddresses = ({ addr_info }: Link) => addr_info.filter(one => one.scope === 'global').map(one => one.local)
