/** The few programs that the probe runs: fixed argument lists, no shell, a deadline. */
import { execFile } from 'node:child_process'
import type { Read } from './proc'

export type Command = readonly [program: string, ...args: string[]]

export const COMMANDS = {
  addresses: ['ip', '-j', '-d', 'addr'],
  routes: ['ip', '-j', 'route'],
  routes6: ['ip', '-j', '-6', 'route'],
  chains: ['nft', '-j', 'list', 'chains'],
  iptables: ['iptables-save'],
  iptables6: ['ip6tables-save'],
  forwards: ['nft', '-j', 'list', 'chain', 'inet', 'netavark', 'NETAVARK-HOSTPORT-DNAT'],
  // grep, because it names the file of each line, and files of a family that the kernel lacks are simply missing.
  sysctls: [
    'grep',
    '-sH',
    '',
    '/proc/sys/net/ipv4/ip_forward',
    '/proc/sys/net/ipv6/conf/all/forwarding',
    '/proc/sys/net/ipv4/ip_unprivileged_port_start',
  ],
  interfaceForwarding: ['grep', '-srH', '--include=forwarding', '', '/proc/sys/net/ipv4/conf'],
} as const satisfies Record<string, Command>

/** Output of a command, or the errno name or "EXIT" when it failed. */
export type Run = (command: Command) => Promise<Read<string>>

/** /sbin is not in everybody's PATH, and iproute2 lives there on some distributions. */
const PATH = `${process.env['PATH'] ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`

export const liveRun: Run = ([program, ...args]) =>
  new Promise(resolve => {
    execFile(
      program,
      args,
      {
        timeout: 3_000,
        killSignal: 'SIGKILL',
        maxBuffer: 64 * 1024 * 1024,
        env: { NODE_ENV: process.env.NODE_ENV, PATH, LC_ALL: 'C' },
      },
      (error, stdout) => {
        // grep exits 2 when one of its files is missing, and has printed the others.
        if (error === null || (program === 'grep' && stdout !== '')) resolve({ ok: true, value: stdout })
        else resolve({ ok: false, code: typeof error.code === 'string' ? error.code : 'EXIT' })
      },
    )
  })

/** Runs a command in the network namespace of a process. Needs root. */
export const inNamespaceOf =
  (pid: number, run: Run): Run =>
  command =>
    run(['nsenter', '--target', String(pid), '--net', '--', ...command])
