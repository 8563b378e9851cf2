'use client'

import { formatTime } from '@/lib/client/age'
import { modesOfContainer } from '@/lib/client/modes'
import { containersIn, namespaceOf, ownerOf, podById, refOfPod } from '@/lib/topology/lookup'
import type { Container, Host, Namespace } from '@/lib/topology/types'
import { FreeText, Raw } from '@/components/FreeText'
import { usePage, useWords } from '@/components/page-state'
import { Said, UnknownSaid } from '@/components/Said'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Section, Tag, Unknown } from '@/components/ui/Facts'
import { ModeNotes } from './ModeNotes'
import { AttachmentList, Listening, PortList } from './parts'
import { WhatIfSection } from '@/components/whatif/WhatIfSection'
import { UnitSections } from './units'

export function ContainerDetails({ host, container }: { host: Host; container: Container }) {
  const { inspector, page } = useWords()
  const { sections, facts, copies, itsInfra, namespaceGone } = inspector
  const namespace = namespaceOf(host, container)
  const pod = container.podId === null ? null : podById(host, container.podId)
  const labels = Object.entries(container.labels)
  return (
    <>
      <Section title={sections.container}>
        <Facts>
          <Fact name={facts.state}>
            <StateMark container={container} />
            {container.health !== null && (
              <span className="text-muted">
                {' · '}
                <FreeText text={container.health} />
              </span>
            )}
          </Fact>
          <Fact name={facts.image}>
            {container.image === '' ? <None /> : <Raw text={container.image} what={copies.image} />}
          </Fact>
          {container.startedAt !== null && (
            <Fact name={facts.started}>{formatTime(container.startedAt, page.locale)}</Fact>
          )}
          {container.createdAt !== null && (
            <Fact name={facts.created}>{formatTime(container.createdAt, page.locale)}</Fact>
          )}
          <Fact name={facts.pod}>
            {pod === null ? (
              <None />
            ) : (
              <ThingLink host={host} to={refOfPod(host, pod)}>
                {pod.name}
              </ThingLink>
            )}
            {container.isInfra && <span className="text-muted"> · {itsInfra}</span>}
          </Fact>
          <Fact name={facts.unit}>
            {container.unit === null ? <None /> : <Raw text={container.unit} what={copies.unit} />}
          </Fact>
          <Fact name={facts.privileges}>
            <Privileges container={container} />
          </Fact>
          <OwnEngine host={host} container={container} />
        </Facts>
      </Section>
      {namespace === null ? (
        <Section title={sections.network}>
          <Unknown because={namespaceGone} />
        </Section>
      ) : (
        <NetworkOf host={host} container={container} namespace={namespace} />
      )}
      <UnitSections host={host} id={container.isInfra && pod !== null ? pod.id : container.id} />
      <WhatIfSection host={host} target={`container:${container.name}`} />
      {labels.length > 0 && (
        <Section title={sections.labels} count={labels.length}>
          <Facts>
            {labels.map(([key, value]) => (
              <Fact key={key} name={key}>
                <FreeText text={value} />
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
      <Section title={sections.identity}>
        <Facts>
          <Fact name={facts.name}>
            <Raw text={container.name} what={copies.name} />
          </Fact>
          <Fact name={facts.id}>
            <Raw text={container.id.slice(container.id.lastIndexOf(':') + 1)} what={copies.containerId} />
          </Fact>
        </Facts>
      </Section>
    </>
  )
}

function OwnEngine({ host, container }: { host: Host; container: Container }) {
  const { facts } = useWords().inspector
  const inner = usePage(state => state.topology?.hosts.find(one => one.nestedIn?.containerId === container.id))
  if (container.engine === null && host.enginesUnknownBecause === null) return null
  return (
    <Fact name={facts.ownEngine}>
      {container.engine === null ? (
        <UnknownSaid because={host.enginesUnknownBecause} />
      ) : (
        <Said text={container.engine.because} />
      )}
      {inner !== undefined && (
        <div>
          <ThingLink host={inner} to={{ kind: 'host' }}>
            {inner.name}
          </ThingLink>
        </div>
      )}
    </Fact>
  )
}

function Privileges({ container }: { container: Container }) {
  const { defaultSet, privileged, addedCapabilities } = useWords().inspector
  const capabilities = (
    <span className="mt-1 flex flex-wrap gap-1">
      {container.capabilities.map(capability => (
        <Tag key={capability} tone="caution">
          {capability}
        </Tag>
      ))}
    </span>
  )
  if (!container.privileged && container.capabilities.length === 0) return <None>{defaultSet}</None>
  return (
    <>
      {container.privileged && <Tag tone="danger">{privileged}</Tag>}
      {container.privileged ? (
        // It has nearly all of them; which ones is seldom the question.
        <details className="mt-1">
          <summary className="text-muted">{addedCapabilities(container.capabilities.length)}</summary>
          {capabilities}
        </details>
      ) : (
        capabilities
      )}
    </>
  )
}

function NetworkOf({ host, container, namespace }: { host: Host; container: Container; namespace: Namespace }) {
  const { values, inspector } = useWords()
  const { sections, facts, nobody, infra } = inspector
  const others = containersIn(host, namespace).filter(member => member.id !== container.id)
  const owner = ownerOf(host, namespace)
  const joined = owner !== null && owner.id !== container.id
  const { attachments, published } = namespace
  return (
    <>
      <Section title={sections.networkNamespace}>
        <Facts>
          <Fact name={facts.namespace}>
            <NamespaceLink host={host} namespace={namespace} />
          </Fact>
          <Fact name={facts.kind}>{values.namespaces[namespace.kind]}</Fact>
          {joined && (
            <Fact name={facts.belongsTo}>
              <ContainerLink host={host} container={owner} />
            </Fact>
          )}
          <Fact name={facts.sharedWith}>
            {others.length === 0 ? (
              <None>{nobody}</None>
            ) : (
              <span className="flex flex-col">
                {others.map(other => (
                  <span key={other.id}>
                    <ContainerLink host={host} container={other} />
                    {other.isInfra && <span className="text-muted"> · {infra}</span>}
                  </span>
                ))}
              </span>
            )}
          </Fact>
        </Facts>
        <ModeNotes modes={modesOfContainer(host, container, namespace)} />
      </Section>
      {attachments.length > 0 && (
        <Section title={sections.networks} count={attachments.length}>
          <AttachmentList host={host} attachments={attachments} />
        </Section>
      )}
      <Section title={sections.published} count={published.length}>
        {published.length === 0 ? <None /> : <PortList host={host} ports={published} />}
      </Section>
      <Section title={sections.listening}>
        <Listening
          host={host}
          namespace={namespace}
          only={listener =>
            listener.containerId === container.id || (listener.containerId === null && namespace.kind !== 'host')
          }
        />
      </Section>
    </>
  )
}
