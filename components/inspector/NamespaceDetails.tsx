'use client'

import { modesOfNamespace } from '@/lib/client/modes'
import { containersIn, ownerOf, podById, refOfPod } from '@/lib/topology/lookup'
import type { Host, Namespace } from '@/lib/topology/types'
import { Raw } from '@/components/FreeText'
import { useWords } from '@/components/page-state'
import { StateMark } from '@/components/signs'
import { ContainerLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Section } from '@/components/ui/Facts'
import { ModeNotes } from './ModeNotes'
import { AttachmentList, Listening, PortList } from './parts'

export function NamespaceDetails({ host, namespace }: { host: Host; namespace: Namespace }) {
  const { values, inspector } = useWords()
  const { sections, facts, copies, noContainer } = inspector
  const owner = ownerOf(host, namespace)
  const pod = namespace.podId === null ? null : podById(host, namespace.podId)
  return (
    <>
      <Section title={sections.networkNamespace}>
        <Facts>
          <Fact name={facts.kind}>{values.namespaces[namespace.kind]}</Fact>
          {pod !== null && (
            <Fact name={facts.pod}>
              <ThingLink host={host} to={refOfPod(host, pod)}>
                {pod.name}
              </ThingLink>
            </Fact>
          )}
          <Fact name={facts.madeBy}>
            {owner === null ? <None>{noContainer}</None> : <ContainerLink host={host} container={owner} />}
          </Fact>
          <Fact name={facts.id}>
            <Raw text={namespace.id} what={copies.namespaceId} />
          </Fact>
        </Facts>
        <ModeNotes modes={modesOfNamespace(host, namespace)} />
      </Section>
      <MembersSection host={host} namespace={namespace} />
      {namespace.attachments.length > 0 && (
        <Section title={sections.networks} count={namespace.attachments.length}>
          <AttachmentList host={host} attachments={namespace.attachments} />
        </Section>
      )}
      <PortsSection host={host} namespace={namespace} />
    </>
  )
}

/** Everybody in a namespace, with their state. */
export function MembersSection({ host, namespace }: { host: Host; namespace: Namespace }) {
  const { sections, infra } = useWords().inspector
  const members = containersIn(host, namespace)
  return (
    <Section title={sections.containersInIt} count={members.length}>
      {members.length === 0 ? (
        <None />
      ) : (
        <ul className="space-y-1 text-xs">
          {members.map(member => (
            <li key={member.id} className="flex items-center justify-between gap-3">
              <ContainerLink host={host} container={member} />
              <span className="shrink-0 text-muted">
                <StateMark container={member} />
                {member.isInfra && ` · ${infra}`}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

/** The doors of a namespace and what listens in it. */
export function PortsSection({ host, namespace }: { host: Host; namespace: Namespace }) {
  const { sections } = useWords().inspector
  return (
    <>
      <Section title={sections.published} count={namespace.published.length}>
        {namespace.published.length === 0 ? <None /> : <PortList host={host} ports={namespace.published} />}
      </Section>
      <Section title={sections.listening}>
        <Listening host={host} namespace={namespace} />
      </Section>
    </>
  )
}
