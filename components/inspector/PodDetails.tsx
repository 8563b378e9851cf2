'use client'

import { containerById, namespaceById } from '@/lib/topology/lookup'
import type { Host, Pod } from '@/lib/topology/types'
import { Raw } from '@/components/FreeText'
import { useWords } from '@/components/page-state'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink } from '@/components/things'
import { Fact, Facts, None, Section, Unknown } from '@/components/ui/Facts'
import { PortsSection } from './NamespaceDetails'
import { AttachmentList } from './parts'
import { WhatIfSection } from '@/components/whatif/WhatIfSection'
import { UnitSections } from './units'

export function PodDetails({ host, pod }: { host: Host; pod: Pod }) {
  const { sections, facts, copies, podSharesNone, podNamespaceGone, infra } = useWords().inspector
  const namespace = pod.namespaceId === null ? null : namespaceById(host, pod.namespaceId)
  return (
    <>
      <Section title={sections.pod}>
        <Facts>
          <Fact name={facts.networkNamespace}>
            {pod.namespaceId === null ? (
              <None>{podSharesNone}</None>
            ) : namespace === null ? (
              <Unknown because={podNamespaceGone} />
            ) : (
              <NamespaceLink host={host} namespace={namespace} />
            )}
          </Fact>
          <Fact name={facts.name}>
            <Raw text={pod.name} what={copies.name} />
          </Fact>
          <Fact name={facts.id}>
            <Raw text={pod.id.slice(pod.id.lastIndexOf(':') + 1)} what={copies.podId} />
          </Fact>
        </Facts>
      </Section>
      <Section title={sections.containers} count={pod.containerIds.length}>
        {pod.containerIds.length === 0 ? (
          <None />
        ) : (
          <ul className="space-y-1 text-xs">
            {pod.containerIds.map(id => {
              const container = containerById(host, id)
              return (
                <li key={id} className="flex items-center justify-between gap-3">
                  {container === null ? (
                    <span className="font-mono break-all">{id}</span>
                  ) : (
                    <>
                      <ContainerLink host={host} container={container} />
                      <span className="shrink-0 text-muted">
                        <StateMark container={container} />
                        {container.isInfra && ` · ${infra}`}
                      </span>
                    </>
                  )}
                </li>
              )
            })}
          </ul>
        )}
      </Section>
      {namespace !== null && namespace.attachments.length > 0 && (
        <Section title={sections.networks} count={namespace.attachments.length}>
          <AttachmentList host={host} attachments={namespace.attachments} />
        </Section>
      )}
      {namespace !== null && <PortsSection host={host} namespace={namespace} />}
      <UnitSections host={host} id={pod.id} />
      <WhatIfSection host={host} target={`pod:${pod.name}`} />
    </>
  )
}
