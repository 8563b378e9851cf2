/** A comparison of verdicts with packets, for people. */
import type { Host } from '@/lib/topology/types'
import type { Compared, Comparison } from '@/tests/recordings/compare'

/** "rootful: 3,436 pairs, 12 unknown (0.3 %), 0 contradicted", and each kind of unknown with its count. */
export function summary(title: string, { pairs, unknown, contradicted }: Comparison): string {
  const kinds = new Map<string, Compared[]>()
  for (const one of unknown) {
    const kind = one.because.join('; ')
    kinds.set(kind, [...(kinds.get(kind) ?? []), one])
  }
  const share = ((100 * unknown.length) / Math.max(pairs, 1)).toFixed(1)
  return [
    `${title}: ${pairs} pairs, ${unknown.length} unknown (${share} %), ${contradicted.length} contradicted`,
    ...[...kinds].map(([kind, ones]) => {
      const reached = ones.filter(one => one.reached).length
      return `  ${ones.length} × ${kind} (packets: ${reached} reached, ${ones.length - reached} not)`
    }),
  ].join('\n')
}

/** "3436 pairs, 12 unknown (0.3 %): 8 × host is …; 4 × …": each reason with the number of pairs that it leaves open. */
export function openWords(pairs: number, unknown: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const because of unknown) counts.set(because, (counts.get(because) ?? 0) + 1)
  const kinds = [...counts].sort(([, a], [, b]) => b - a).map(([because, count]) => `\n    ${count} × ${because}`)
  return `${pairs} pairs, ${unknown.length} unknown (${((100 * unknown.length) / Math.max(pairs, 1)).toFixed(1)} %)${kinds.join('')}`
}

/** Every contradiction with what decides: who is where. */
export function contradictions({ contradicted, missing }: Comparison, host: Host): string[] {
  const lines = contradicted.map(({ from, to, verdict, because, reached }) =>
    [
      `${from} ${whereIs(host, from)} → ${to} ${whereIs(host, to)}`,
      `    said ${verdict}: ${because.join('; ')}`,
      `    packets: ${reached ? 'reached' : 'not reached'}`,
    ].join('\n'),
  )
  return [...lines, ...missing.map(what => `${what}: not in the answer`)]
}

/** "[front, back]", "[pasta]", or nothing for who is no container. */
function whereIs({ containers, namespaces }: Host, ref: string): string {
  const name = /^container:(\S+)/.exec(ref)?.[1]
  const home = containers.find(one => one.name === name)?.namespaceId
  const namespace = namespaces.find(({ id }) => id === home)
  if (namespace === undefined) return ''
  const networks = namespace.attachments.map(({ networkName }) => networkName)
  return `[${networks.length > 0 ? networks.join(', ') : namespace.kind}]`
}
