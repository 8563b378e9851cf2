import type { DeclaredNetworkSettings } from '@/lib/quadlet/types'
import type { Network } from '@/lib/topology/types'
import { canonical } from '../addresses'
import { comment, lines, shellQuote } from '../fix'
import { QUADLET } from '../references'
import { listed, networkSubject } from '../subjects'
import type { Rule } from '../types'
import { type Declared, declaredOn, restartOf, unitResult } from '../units'
import type { HostView } from '../view'

interface Difference {
  key: string
  file: string
  live: string
  /** Somebody may rely on what the file says. */
  protects: boolean
}

export const unitNetworkDiffers: Rule = {
  id: 'unit-network-differs',
  title: 'Network is not what its file says',
  severity: 'medium',
  when:
    'A .network file and the network of its name differ: subnet, gateway, driver, internal, DNS, options. Podman makes a ' +
    'network that is not there and leaves one that is as it is, so an edited file changes nothing. medium when the file ' +
    'asks for internal or isolate, and the network has neither.',
  fix: 'Remove the network when nothing is on it, and restart its unit.',
  falsePositives: null,
  references: [QUADLET, 'https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L980'],
  enabledByDefault: true,
  examine(view) {
    const result = unitResult(view)
    for (const one of declaredOn(view)) {
      const { unit, there, counts } = one
      const network = view.host.networks.find(({ id }) => there.thingIds.includes(id))
      if (!counts || unit.settings === null || network === undefined) continue
      const { hidden } = unit
      if (hidden.length > 0) {
        result.unknown.push(`network ${network.name}: PodmanArgs= of ${unit.name} has ${listed(hidden)}`)
        continue
      }
      const differences = differencesOf(view, unit.settings, network)
      if (differences.length === 0) continue
      result.hits.push({
        subject: networkSubject(network),
        severity: differences.some(({ protects }) => protects) ? 'medium' : 'low',
        confidence: 'high',
        message:
          `${unit.path} says ${listed(differences.map(({ key, file }) => `${key}=${file}`))}; ` +
          `${network.name} has ${listed(differences.map(({ key, live }) => `${key}=${live}`))}. ` +
          'Podman leaves a network that is there as it is.',
        evidence: differences.map(({ key, file, live }) => ({
          field: key,
          value: `file ${file}, live ${live}${lineWords(one, key)}`,
        })),
        fix: { podman: fixOf(view, network, unit.service), quadlet: null },
      })
    }
    return result
  },
}

const lineWords = ({ unit }: Declared, key: string): string => {
  const line = unit.lines.findLast(one => one.key === key)
  return line === undefined ? '' : ` (${line.file}:${line.line})`
}

function fixOf(view: HostView, network: Network, service: string | null): string | null {
  const name = shellQuote(network.name)
  if (name === null || service === null) return null
  return lines(comment(`when nothing is on it any more: podman network rm ${name}`), comment(restartOf(view, service)))
}

/** What the file does not say is not compared, but for what is off unless it says so. */
function differencesOf(view: HostView, settings: DeclaredNetworkSettings, network: Network): Difference[] {
  const found: Difference[] = []
  const compare = (key: string, file: string, live: string, protects = false) => {
    // Specifiers and variables: systemd fills them in.
    if (file !== live && !/[%$]/.test(file)) found.push({ key, file, live, protects })
  }
  compare('Driver', settings.driver ?? 'bridge', network.driver)
  const live = network.subnets.map(({ cidr }) => cidr)
  if (settings.subnets.length > 0) compare('Subnet', subnetsText(settings.subnets), subnetsText(live))
  const gateways = network.subnets.map(({ gateway }) => canonical(gateway ?? ''))
  for (const gateway of settings.gateways)
    if (!gateways.includes(canonical(gateway)) && !/[%$]/.test(gateway))
      compare('Gateway', gateway, listed(gateways.map(one => one ?? 'none')))
  compare('Internal', String(settings.internal ?? false), String(network.internal), settings.internal === true)
  if (settings.disableDns !== null) compare('DisableDNS', String(settings.disableDns), String(!network.dns))
  const facts = Object.hasOwn(view.facts.networks, network.id) ? view.facts.networks[network.id] : undefined
  // Without the key, an IPv6 subnet alone decides.
  if (settings.ipv6 === true && facts !== undefined) compare('IPv6', 'true', String(facts.ipv6Enabled))
  if (settings.interfaceName !== null && network.driver === 'bridge')
    compare('InterfaceName', settings.interfaceName, network.interface ?? 'none')
  if (facts !== undefined && !settings.hasDockerOptions) compareOptions(settings, facts.options, compare)
  return found
}

/** Told apart by these; others are a driver's own affair, and some are stored in other words than they are written. */
const OPTIONS = ['isolate', 'mtu', 'vlan', 'mode']

function compareOptions(
  settings: DeclaredNetworkSettings,
  live: Readonly<Record<string, string>>,
  compare: (key: string, file: string, live: string, protects?: boolean) => void,
): void {
  for (const option of OPTIONS) {
    const file = settings.options.find(({ key }) => key === option)?.value ?? 'unset'
    const value = Object.hasOwn(live, option) ? (live[option] ?? 'unset') : 'unset'
    compare(`Options ${option}`, file, value, option === 'isolate' && file !== 'unset' && file !== 'false')
  }
}

/** One spelling for a set of subnets: Podman stores them without host bits. */
const subnetsText = (subnets: readonly string[]): string => listed(subnets.map(plainSubnet).toSorted(), 16)

function plainSubnet(cidr: string): string {
  const [, a, b, c, d, bits] = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\/(\d+)$/.exec(cidr.trim()) ?? []
  if (bits === undefined) {
    const slash = cidr.indexOf('/')
    return slash === -1 ? cidr : `${canonical(cidr) ?? cidr.slice(0, slash)}${cidr.slice(slash)}`
  }
  const masked = [a, b, c, d].map((byte, index) => {
    const kept = Math.min(8, Math.max(0, Number(bits) - 8 * index))
    return Number(byte) & (0xff << (8 - kept)) & 0xff
  })
  return `${masked.join('.')}/${bits}`
}
