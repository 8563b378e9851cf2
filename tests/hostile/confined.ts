/**
 * The server as its own unit confines it: an ordinary user without any capability, a file system that cannot be written to, and
 * a network of its own in which the kernel counts every packet that leaves.
 */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type * as z from 'zod'
import { end } from '../lab/processes'

const CHECKOUT = join(import.meta.dirname, '..', '..')
const NOBODY = '65534'

/** The default route leads to an interface behind which nobody is: what is sent there is counted and gone. */
const CONFINE = `
set -eu
ip link set lo up
ip link add outside type veth peer name nobody
echo 1 | tee /proc/sys/net/ipv6/conf/*/disable_ipv6 > /dev/null
ip link set nobody up
ip link set outside arp off up
ip addr add 192.0.2.2/24 dev outside
ip route add default via 192.0.2.1 onlink dev outside
mount --make-rprivate /
mount --bind "$1" /mnt
findmnt -rno TARGET | while read -r target; do mount -o remount,bind,ro "$target" 2> /dev/null || true; done
cd /mnt
exec setpriv --reuid ${NOBODY} --regid ${NOBODY} --clear-groups --bounding-set=-all --inh-caps=-all --no-new-privs \\
  "$2" bin/start.mjs
`

export interface Counters {
  /** Connections that were begun, to anywhere. */
  connections: number
  /** Datagrams that were sent to anywhere, such as questions for names. */
  datagrams: number
  /** Packets that left for other machines. */
  left: number
}

export interface Confined {
  port: number
  output(): string
  /** Lines of /proc/PID/status, by name. */
  status(): Promise<Map<string, string>>
  /** Mount points that can be written to, but for those of the kernel. */
  writable(): Promise<string[]>
  counters(): Promise<Counters>
  /** Runs a module's source with Node in the server's network, with these arguments; what it printed, parsed. */
  run<T>(source: string, args: readonly string[], schema: z.ZodType<T>): Promise<T>
  stop(): Promise<void>
}

/** Resolves when the server has said where it listens. */
export async function startConfined(env: Readonly<Record<string, string>>): Promise<Confined> {
  const server = spawn('unshare', ['--net', '--mount', 'bash', '-c', CONFINE, '-', CHECKOUT, process.execPath], {
    env: { NODE_ENV: 'production', PATH: process.env.PATH, HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  for (const stream of [server.stdout, server.stderr]) stream.on('data', chunk => (said += String(chunk)))
  const gone = once(server, 'exit')
  while (!/on https?:\/\/127\.0\.0\.1:\d+/.test(said))
    await Promise.race([
      once(server.stdout, 'data'),
      gone.then(() => {
        throw new Error(`no confined server: ${said}`)
      }),
    ])
  const pid = pidOf(server)
  const [, port = ''] = /127\.0\.0\.1:(\d+)/.exec(said) ?? []
  const proc = (file: string) => readFile(`/proc/${pid}/${file}`, 'utf8')
  const inside = async (command: string, ...args: string[]) =>
    (await promisify(execFile)('nsenter', ['-t', String(pid), '-n', command, ...args], { maxBuffer: 1 << 26 })).stdout
  return {
    port: Number(port),
    output: () => said,
    async status() {
      const lines = (await proc('status')).trimEnd().split('\n')
      return new Map(lines.map(line => [line.split(':')[0] ?? '', line.replace(/^[^:]*:\s*/, '')]))
    },
    async writable() {
      const mounts = (await proc('mountinfo')).trimEnd().split('\n')
      return mounts.flatMap(line => {
        const [, , , , target = '', options = ''] = line.split(' ')
        return options.split(',').includes('ro') || /^\/(proc|sys|dev)(\/|$)/.test(target) ? [] : target
      })
    },
    async counters() {
      const snmp = await proc('net/snmp')
      const [, left = ''] = /outside:(?:\s+\d+){8}\s+\d+\s+(\d+)/.exec(await proc('net/dev')) ?? []
      const counter = (protocol: string, name: string) => {
        const [names = '', values = ''] = snmp.split('\n').filter(line => line.startsWith(`${protocol}: `))
        return Number(values.split(' ')[names.split(' ').indexOf(name)])
      }
      return {
        connections: counter('Tcp', 'ActiveOpens'),
        datagrams: counter('Udp', 'OutDatagrams'),
        left: Number(left),
      }
    },
    async run(source, args, schema) {
      const said = await inside(process.execPath, '--input-type=module', '--eval', source, ...args)
      return schema.parse(JSON.parse(said))
    },
    stop: () => end(server, 'SIGTERM'),
  }
}

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('no process')
  return pid
}
