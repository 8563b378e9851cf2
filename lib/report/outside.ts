/** What a machine on one of the host's segments can connect to, by owner: the first thing that an admin asks. */
import type { OutsideTarget, ReachOutside } from '@/lib/reach/outside'
import type { Verdict } from '@/lib/reach/types'
import { parseRef } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'

export interface Opening {
  /** "web", "pod shop", "host" */
  owner: string
  /** "*:8080/tcp, *:7000-7010/tcp", "every port it listens on, at 198.51.100.129" */
  what: string
  verdict: Exclude<Verdict, 'blocked'>
  /** Interfaces on whose segment a machine gets in; null when every one of them does. */
  from: readonly string[] | null
  /** Why it is not known; "" when it is. */
  because: string
}

interface Seen {
  targets: OutsideTarget[]
  opening: Omit<Opening, 'what'>
}

/**
 * Openings to neighbours that route nothing through the host; those that do are told by a finding. Sorted as the targets
 * are; what is equally open of one owner is one opening.
 */
export function openingsOf(host: Host, { targets, sources, judgements }: ReachOutside): Opening[] {
  const neighbours = sources.filter(source => !source.routed)
  const seen = new Map<string, Seen>()
  for (const [index, target] of targets.entries()) {
    for (const verdict of ['reachable', 'unknown'] as const) {
      const said = neighbours.flatMap(source => {
        const judgement = judgements[source.verdicts[index] ?? -1]
        return judgement?.verdict === verdict ? [{ from: source.interface, judgement }] : []
      })
      const [first] = said
      if (first === undefined) continue
      const from = said.length === neighbours.length ? null : said.map(one => one.from)
      const because = verdict === 'unknown' ? (first.judgement.because[0] ?? '') : ''
      const key = [target.owner, target.kind === 'container', verdict, from?.join(' ') ?? '*', because].join('\0')
      const known = seen.get(key)
      if (known) known.targets.push(target)
      else
        seen.set(key, { targets: [target], opening: { owner: ownerWords(host, target.owner), verdict, from, because } })
    }
  }
  return [...seen.values()].map(({ targets, opening }) => ({ ...opening, what: whatWords(host, targets) }))
}

/** An infra container is known to its admin as the pod. */
function ownerWords(host: Host, owner: string): string {
  const name = /^container:(.*)$/s.exec(owner)?.[1]
  if (name === undefined) return 'the host itself'
  const infra = host.containers.find(container => container.isInfra && container.name === name)
  const pod = host.pods.find(({ id }) => id === infra?.podId)
  return pod ? `pod ${pod.name}` : name
}

function whatWords(host: Host, targets: readonly OutsideTarget[]): string {
  const series = new Map<string, number[]>()
  const words: string[] = []
  for (const { kind, ref } of targets) {
    const parsed = parseRef(ref)
    if (parsed?.kind === 'port' || parsed?.kind === 'listener') {
      const address = parsed.kind === 'port' ? parsed.hostIp : parsed.address
      const port = parsed.kind === 'port' ? parsed.hostPort : parsed.port
      const key = `${addressWords(address)}:\0/${parsed.protocol}`
      series.set(key, [...(series.get(key) ?? []), port])
    } else if (kind === 'container' && parsed?.kind === 'container') words.push(containerWords(host, parsed.name))
  }
  const doors = [...series].map(([key, ports]) => key.replace('\0', spans(ports)))
  return [...doors, ...words].join(', ')
}

const addressWords = (address: string): string => {
  if (address === '' || address === '0.0.0.0' || address === '::') return '*'
  return address.includes(':') ? `[${address}]` : address
}

/** "22", "7000-7010", "80,443" */
function spans(ports: readonly number[]): string {
  const parts: [number, number][] = []
  for (const port of [...new Set(ports)].toSorted((a, b) => a - b)) {
    const last = parts.at(-1)
    if (last && port === last[1] + 1) last[1] = port
    else parts.push([port, port])
  }
  return parts.map(([first, last]) => (first === last ? String(first) : `${first}-${last}`)).join(',')
}

function containerWords(host: Host, name: string): string {
  const container = host.containers.find(one => one.name === name)
  const namespace = host.namespaces.find(({ id }) => id === container?.namespaceId)
  if (namespace?.kind === 'host') return "what it listens on, at the host's addresses"
  const addresses = namespace?.attachments.flatMap(attachment => attachment.addresses) ?? []
  return addresses.length === 0 ? 'every port it listens on' : `every port it listens on, at ${addresses.join(' and ')}`
}
