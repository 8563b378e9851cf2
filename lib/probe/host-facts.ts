/** Interfaces, routes, switches and firewall of the host's namespace, read from within it. */
import { networkInterfaces } from 'node:os'
import type { ByteOrder } from './address'
import { COMMANDS, type Command, type Run } from './commands'
import { known, unknown } from './facts'
import { readFirewall } from './firewall'
import { parseAddrJson, parseIpOutput, parseRouteJson } from './ip-json'
import type { Proc, Read } from './proc'
import { parseRouteTable, parseRouteTable6, readSysfsInterfaces } from './sysfs'
import { parseIptablesForwards, parseNftForwards } from './port-forwards'
import type { Known, ProbeFacts, ProbeInterface, ProbePortForward, ProbeRoute } from './types'

export type HostFacts = Pick<
  ProbeFacts,
  'interfaces' | 'routes' | 'forwarding' | 'unprivilegedPortStart' | 'firewall' | 'interfaceForwarding' | 'portForwards'
>

const because = (command: Command, code: string): string => {
  if (code === 'ENOENT') return `${command[0]} is not installed`
  return code === 'EXIT' ? `\`${command.join(' ')}\` failed` : `\`${command.join(' ')}\` failed (${code})`
}

const source = (...commands: Command[]) => commands.map(command => command.join(' ')).join(', ')

/** The facts of Podwire's own namespace. */
export async function readOwnFacts(proc: Proc, run: Run, order: ByteOrder): Promise<HostFacts> {
  const [links, firewall, interfaceForwarding] = await Promise.all([
    readLinks(run),
    firewallOf(proc, run, 'self'),
    readInterfaceForwarding(run),
  ])
  return {
    interfaces: links.interfaces.known ? links.interfaces : (sysfsInterfaces(proc) ?? links.interfaces),
    routes: links.routes.known ? links.routes : (routeTables(proc, order) ?? links.routes),
    ...switchesOf(name => proc.text(`/proc/sys/${name}`)),
    firewall,
    interfaceForwarding,
    portForwards: await readPortForwards(run, firewall),
  }
}

/** The facts of another namespace, which process `pid` is in. `run` must run its commands there. */
export async function readForeignFacts(proc: Proc, run: Run, pid: number): Promise<HostFacts> {
  const [links, firewall, sysctls, interfaceForwarding] = await Promise.all([
    readLinks(run),
    firewallOf(proc, run, pid),
    run(COMMANDS.sysctls),
    readInterfaceForwarding(run),
  ])
  const values = new Map<string, string>()
  if (sysctls.ok) {
    for (const [, name, value] of sysctls.value.matchAll(/^\/proc\/sys\/([^:]+):(.*)$/gm)) {
      values.set(name ?? '', value ?? '')
    }
  }
  return {
    ...links,
    ...switchesOf(name => {
      const value = values.get(name)
      return value === undefined ? { ok: false, code: sysctls.ok ? 'ENOENT' : sysctls.code } : { ok: true, value }
    }),
    firewall,
    interfaceForwarding,
    portForwards: await readPortForwards(run, firewall),
  }
}

async function readLinks(run: Run): Promise<Pick<HostFacts, 'interfaces' | 'routes'>> {
  const [addresses, routes, routes6] = await Promise.all([
    run(COMMANDS.addresses),
    run(COMMANDS.routes),
    run(COMMANDS.routes6),
  ])
  return { interfaces: interfacesOf(addresses), routes: routesOf(routes, routes6) }
}

async function readInterfaceForwarding(run: Run): Promise<Known<Readonly<Record<string, boolean>>>> {
  const read = await run(COMMANDS.interfaceForwarding)
  if (!read.ok) return unknown('/proc/sys/net/ipv4/conf could not be read in the host namespace')
  const lines = [...read.value.matchAll(/^\/proc\/sys\/net\/ipv4\/conf\/([^/]+)\/forwarding:(\d+)$/gm)]
  return known(Object.fromEntries(lines.map(([, name = '', value]) => [name, value !== '0'])), '/proc/sys/net')
}

/** A host without doors has no such chain, and then nobody asks. */
async function readPortForwards(
  run: Run,
  firewall: HostFacts['firewall'],
): Promise<Known<readonly ProbePortForward[]>> {
  if (!firewall.known) return unknown(firewall.because)
  switch (firewall.value) {
    case 'none':
      return known([], firewall.source)
    case 'nftables': {
      const listed = await run(COMMANDS.forwards)
      const forwards = listed.ok ? parseNftForwards(parseIpOutput(listed.value)) : null
      return forwards === null ? unknown('nft did not list the rules of published ports') : known(forwards, 'nft')
    }
    case 'iptables': {
      const [saved, saved6] = await Promise.all([run(COMMANDS.iptables), run(COMMANDS.iptables6)])
      if (!saved.ok) return unknown(because(COMMANDS.iptables, saved.code))
      const ipv6 = saved6.ok ? parseIptablesForwards(saved6.value, 'ipv6') : []
      return known(
        [...parseIptablesForwards(saved.value, 'ipv4'), ...ipv6],
        source(COMMANDS.iptables, COMMANDS.iptables6),
      )
    }
  }
}

async function firewallOf(proc: Proc, run: Run, pid: number | 'self'): Promise<HostFacts['firewall']> {
  if (!proc.isRoot) return unknown('listing firewall rules needs root')
  const listed = await run(COMMANDS.chains)
  const nft = listed.ok ? parseIpOutput(listed.value) : null
  const byNft = readFirewall({ nft, iptables: null, legacyTables: null })
  if (byNft.known) return byNft
  const iptables = await run(COMMANDS.iptables)
  // The file is there only while a legacy table module is loaded.
  const legacy = proc.text(`/proc/${pid}/net/ip_tables_names`)
  return readFirewall({
    nft,
    iptables: iptables.ok ? iptables.value : null,
    legacyTables: legacy.ok ? legacy.value.split('\n').filter(Boolean) : legacy.code === 'ENOENT' ? [] : null,
  })
}

const interfacesOf = (addresses: Read<string>): Known<readonly ProbeInterface[]> => {
  if (!addresses.ok) return unknown(because(COMMANDS.addresses, addresses.code))
  const parsed = parseAddrJson(parseIpOutput(addresses.value))
  return parsed === null ? unknown('ip printed no JSON') : known(parsed, source(COMMANDS.addresses))
}

const routesOf = (routes: Read<string>, routes6: Read<string>): Known<readonly ProbeRoute[]> => {
  if (!routes.ok) return unknown(because(COMMANDS.routes, routes.code))
  const v4 = parseRouteJson(parseIpOutput(routes.value), 4)
  // Without IPv6 in the kernel the second command fails, and there are no such routes.
  const v6 = routes6.ok ? parseRouteJson(parseIpOutput(routes6.value), 6) : []
  if (v4 === null || v6 === null) return unknown('ip printed no JSON')
  return known([...v4, ...v6], source(COMMANDS.routes, COMMANDS.routes6))
}

const sysfsInterfaces = (proc: Proc): Known<readonly ProbeInterface[]> | null => {
  const interfaces = readSysfsInterfaces(proc, networkInterfaces())
  return interfaces === null ? null : known(interfaces, '/sys/class/net and getifaddrs')
}

const routeTables = (proc: Proc, order: ByteOrder): Known<readonly ProbeRoute[]> | null => {
  const v4 = proc.text('/proc/self/net/route')
  const v6 = proc.text('/proc/self/net/ipv6_route')
  if (!v4.ok) return null
  return known([...parseRouteTable(v4.value, order), ...(v6.ok ? parseRouteTable6(v6.value) : [])], '/proc/net/route')
}

/** `read` gives the text of a file below /proc/sys. */
export function switchesOf(
  read: (name: string) => Read<string>,
): Pick<ProbeFacts, 'forwarding' | 'unprivilegedPortStart'> {
  const number = (name: string): number | null => {
    const text = read(name)
    return text.ok && /^\d+$/.test(text.value.trim()) ? Number(text.value) : null
  }
  const ipv4 = number('net/ipv4/ip_forward')
  const ipv6 = read('net/ipv6/conf/all/forwarding')
  const start = number('net/ipv4/ip_unprivileged_port_start')
  return {
    forwarding:
      ipv4 === null || (!ipv6.ok && ipv6.code !== 'ENOENT')
        ? unknown('/proc/sys/net could not be read in the host namespace')
        : known({ ipv4: ipv4 !== 0, ipv6: ipv6.ok && ipv6.value.trim() !== '0' }, '/proc/sys/net'),
    unprivilegedPortStart:
      start === null
        ? unknown('net.ipv4.ip_unprivileged_port_start could not be read in the host namespace')
        : known(start, '/proc/sys/net'),
  }
}
