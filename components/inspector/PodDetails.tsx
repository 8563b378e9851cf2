'use client'

import { containerById, namespaceById } from '@/lib/topology/lookup'
import type { Host, Pod } from '@/lib/topology/types'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink } from '@/components/things'
import { Fact, Facts, None, Raw, Section, Unknown } from '@/components/ui/Facts'
import { PortsSection } from './NamespaceDetails'
import { AttachmentList } from './parts'

export function PodDetails({ host, pod }: { host: Host; pod: Pod }) {
  const namespace = pod.namespaceId === null ? null : namespaceById(host, pod.namespaceId)
  return (
    <>
      <Section title="Pod">
        <Facts>
          <Fact name="Network namespace">
            {pod.namespaceId === null ? (
              <None>its containers share none</None>
            ) : namespace === null ? (
              <Unknown because="it is not among those of the host" />
            ) : (
              <NamespaceLink host={host} namespace={namespace} />
            )}
          </Fact>
          <Fact name="Name">
            <Raw text={pod.name} what="name" />
          </Fact>
          <Fact name="Id">
            <Raw text={pod.id.slice(pod.id.lastIndexOf(':') + 1)} what="pod id" />
          </Fact>
        </Facts>
      </Section>
      <Section title="Containers" count={pod.containerIds.length}>
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
                        {container.isInfra && ' · infra'}
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
        <Section title="Networks" count={namespace.attachments.length}>
          <AttachmentList host={host} attachments={namespace.attachments} />
        </Section>
      )}
      {namespace !== null && <PortsSection host={host} namespace={namespace} />}
    </>
  )
}
