'use client'

import { containerById, networkById, podById, refOfContainer, refOfNetwork, refOfPod } from '@/lib/topology/lookup'
import type { Ref } from '@/lib/topology/ref'
import type { Host, Unit } from '@/lib/topology/types'
import { useWords } from '@/components/page-state'
import { ThingLink } from '@/components/things'
import { Section } from '@/components/ui/Facts'
import { UnitFacts } from './units'

/** A quadlet file, and what of it is there. */
export function UnitDetails({ host, unit }: { host: Host; unit: Unit }) {
  const { file, there } = useWords().units
  const things = unit.thingIds.flatMap(id => thingOf(host, id) ?? [])
  return (
    <>
      <Section title={file}>
        <UnitFacts unit={unit} />
      </Section>
      {things.length > 0 && (
        <Section title={there} count={things.length}>
          <ul className="space-y-1 text-xs">
            {things.map(({ id, name, ref }) => (
              <li key={id}>
                <ThingLink host={host} to={ref}>
                  {name}
                </ThingLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function thingOf(host: Host, id: string): { id: string; name: string; ref: Ref } | null {
  const container = containerById(host, id)
  if (container !== null) return { id, name: container.name, ref: refOfContainer(host, container) }
  const pod = podById(host, id)
  if (pod !== null) return { id, name: pod.name, ref: refOfPod(host, pod) }
  const network = networkById(host, id)
  return network === null ? null : { id, name: network.name, ref: refOfNetwork(host, network) }
}
