'use client'

import { foldDoors } from '@/lib/topology/ranges'
import { insideText, rangeText } from '@/lib/client/ports'
import { refOfUnit } from '@/lib/topology/lookup'
import type { Declared, Host, Namespace, Unit } from '@/lib/topology/types'
import { ScopeTag } from '@/components/inspector/parts'
import { useWords } from '@/components/page-state'
import { ThingLink } from '@/components/things'

type Row = Declared['networks' | 'pods' | 'containers'][number]

/** What quadlet files declare and is not there: where it would stand, and the doors it would open. */
export function DeclaredRows({ host, declared }: { host: Host; declared: Declared }) {
  const units = new Map(host.units?.map(unit => [unit.id, unit]))
  return (
    <ul className="divide-y divide-line text-xs">
      {rowsOf(declared).map(row => {
        const unit = units.get(row.unitId)
        return unit && <DeclaredRow key={row.id} host={host} row={row} unit={unit} />
      })}
    </ul>
  )
}

/** Each thing that is drawn, once: an infra container is its pod. */
export const rowsOf = ({ networks, pods, containers }: Declared): Row[] => [
  ...networks,
  ...pods,
  ...containers.filter(({ isInfra }) => !isInfra),
]

function DeclaredRow({ host, row, unit }: { host: Host; row: Row; unit: Unit }) {
  const { declared, values } = useWords()
  const namespace = 'namespaceId' in row ? spaceOf(host, row.namespaceId) : null
  // A member's doors are its pod's.
  const doors = 'podId' in row && row.podId !== null ? [] : (namespace?.published ?? [])
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1">
      <span className="min-w-44">
        <ThingLink host={host} to={refOfUnit(host, unit)}>
          {row.name}
        </ThingLink>
      </span>
      <span className="text-muted">
        {values.kinds['driver' in row ? 'network' : 'containerIds' in row ? 'pod' : 'container']}
        {namespace !== null && `, ${whereText(namespace, declared, values.namespaces)}`}
      </span>
      {foldDoors(doors).map(range => (
        <span key={`${rangeText(range)} ${range.first.containerPort}`} className="inline-flex items-center gap-x-2">
          <span className="font-mono">
            {rangeText(range)} → {insideText(range)}
          </span>
          <ScopeTag scope={range.first.scope} />
        </span>
      ))}
    </li>
  )
}

const spaceOf = ({ declared, namespaces }: Host, id: string | null): Namespace | null =>
  [...(declared?.namespaces ?? []), ...namespaces].find(one => one.id === id) ?? null

const whereText = (
  { kind, attachments }: Namespace,
  words: { on: (networks: string) => string },
  kinds: Readonly<Record<Namespace['kind'], string>>,
): string => (attachments.length === 0 ? kinds[kind] : words.on(attachments.map(one => one.networkName).join(', ')))
