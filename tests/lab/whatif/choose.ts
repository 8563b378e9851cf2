/** A random change of one container or pod of a lab host: the same seed and the same host, the same change. */
import type { HostSnapshot } from '@/lib/collector/types'
import { parseNetworkChoice, parsePublish } from '@/lib/whatif/parse'
import { findSubject } from '@/lib/whatif/subject'
import type { Change, NetworkChoice, PortChoice, Target } from '@/lib/whatif/types'
import type { Random } from '../reach/generate'

/** `round` numbers new networks, whose names are not taken. */
export function chooseChange(snapshot: HostSnapshot, random: Random, round: number): Change {
  const target = random.pick(targetsOf(snapshot))
  const what = random.below(10)
  const network = what < 7 ? networkOf(snapshot, random, round) : null
  return { target, network, ports: portsOf(snapshot, target, network, random) }
}

function targetsOf({ containers, pods }: HostSnapshot): Target[] {
  const own = containers
    .filter(({ summary, detail }) => !summary.isInfra && detail?.networkMode.startsWith('container:') === false)
    .map(({ summary }): Target => ({ kind: 'container', name: summary.name }))
  return [...own, ...pods.map(({ summary }): Target => ({ kind: 'pod', name: summary.name }))].toSorted((a, b) =>
    a.name < b.name ? -1 : 1,
  )
}

function networkOf({ networks }: HostSnapshot, random: Random, round: number): NetworkChoice | null {
  const existing = networks.map(({ name }) => name).toSorted()
  const text = random.pick([
    'host',
    'host',
    'none',
    'private',
    'private',
    random.pick(existing),
    random.pick(existing),
    random.pick(existing),
    `new:w${round}`,
    `new:w${round}:isolate=true`,
    `new:w${round}:isolate=strict`,
    `new:w${round}:internal`,
  ])
  return parseNetworkChoice(text)
}

const ADDRESSES = [
  '*:',
  '127.0.0.1:',
  '[::1]:',
  '198.51.100.2:',
  '203.0.113.2:',
  '[2001:db8:1::2]:',
  '0.0.0.0:',
  '[::]:',
]

/** Another address for what is published, at times none, at times a port that is new. */
function portsOf(snapshot: HostSnapshot, target: Target, network: NetworkChoice | null, random: Random): PortChoice[] {
  if (network?.kind === 'host' || network?.kind === 'none') return []
  if (network !== null && random.chance(0.5)) return []
  const published = findSubject(snapshot, target)?.ports ?? []
  const [first] = published
  if (first !== undefined && random.chance(0.2))
    return [{ hostPort: first.hostPort, protocol: first.protocol, hostIp: null, containerPort: null }]
  const address = random.pick(ADDRESSES)
  const text =
    first === undefined
      ? `${address}${8500 + random.below(400)}:80`
      : `${address}${first.hostPort}${first.protocol === 'tcp' ? '' : `/${first.protocol}`}`
  const choice = parsePublish(text)
  return choice === null ? [] : [choice]
}
