'use client'

import { formatTime, plural } from '@/lib/client/age'
import { NAMESPACE_WORDS } from '@/lib/client/words'
import { containersIn, namespaceOf, ownerOf, podById, refOfPod } from '@/lib/topology/lookup'
import type { Container, Host, Namespace } from '@/lib/topology/types'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Raw, Section, Tag, Unknown } from '@/components/ui/Facts'
import { AttachmentList, Listening, PortList } from './parts'

export function ContainerDetails({ host, container }: { host: Host; container: Container }) {
  const namespace = namespaceOf(host, container)
  const pod = container.podId === null ? null : podById(host, container.podId)
  const labels = Object.entries(container.labels)
  return (
    <>
      <Section title="Container">
        <Facts>
          <Fact name="State">
            <StateMark container={container} />
            {container.health !== null && <span className="text-muted"> · {container.health}</span>}
          </Fact>
          <Fact name="Image">
            <Raw text={container.image} what="image" />
          </Fact>
          {container.startedAt !== null && <Fact name="Started">{formatTime(container.startedAt)}</Fact>}
          {container.createdAt !== null && <Fact name="Created">{formatTime(container.createdAt)}</Fact>}
          <Fact name="Pod">
            {pod === null ? (
              <None />
            ) : (
              <ThingLink host={host} to={refOfPod(host, pod)}>
                {pod.name}
              </ThingLink>
            )}
            {container.isInfra && <span className="text-muted"> · its infra container</span>}
          </Fact>
          <Fact name="systemd unit">
            {container.unit === null ? <None /> : <Raw text={container.unit} what="unit name" />}
          </Fact>
          <Fact name="Privileges">
            <Privileges container={container} />
          </Fact>
        </Facts>
      </Section>
      {namespace === null ? (
        <Section title="Network">
          <Unknown because="its network namespace is not among those of the host" />
        </Section>
      ) : (
        <NetworkOf host={host} container={container} namespace={namespace} />
      )}
      {labels.length > 0 && (
        <Section title="Labels" count={labels.length}>
          <Facts>
            {labels.map(([key, value]) => (
              <Fact key={key} name={key}>
                {value}
              </Fact>
            ))}
          </Facts>
        </Section>
      )}
      <Section title="Identity">
        <Facts>
          <Fact name="Name">
            <Raw text={container.name} what="name" />
          </Fact>
          <Fact name="Id">
            <Raw text={container.id.slice(container.id.lastIndexOf(':') + 1)} what="container id" />
          </Fact>
        </Facts>
      </Section>
    </>
  )
}

function Privileges({ container }: { container: Container }) {
  const capabilities = (
    <span className="mt-1 flex flex-wrap gap-1">
      {container.capabilities.map(capability => (
        <Tag key={capability} tone="caution">
          {capability}
        </Tag>
      ))}
    </span>
  )
  if (!container.privileged && container.capabilities.length === 0) return <None>Podman's default set</None>
  return (
    <>
      {container.privileged && <Tag tone="danger">privileged</Tag>}
      {container.privileged ? (
        // It has nearly all of them; which ones is seldom the question.
        <details className="mt-1">
          <summary className="text-muted">
            {plural(container.capabilities.length, 'added capability', 'added capabilities')}
          </summary>
          {capabilities}
        </details>
      ) : (
        capabilities
      )}
    </>
  )
}

function NetworkOf({ host, container, namespace }: { host: Host; container: Container; namespace: Namespace }) {
  const others = containersIn(host, namespace).filter(member => member.id !== container.id)
  const owner = ownerOf(host, namespace)
  const joined = owner !== null && owner.id !== container.id
  const { attachments, published } = namespace
  return (
    <>
      <Section title="Network namespace">
        <Facts>
          <Fact name="Namespace">
            <NamespaceLink host={host} namespace={namespace} />
          </Fact>
          <Fact name="Kind">{NAMESPACE_WORDS[namespace.kind]}</Fact>
          {joined && (
            <Fact name="Belongs to">
              <ContainerLink host={host} container={owner} />
            </Fact>
          )}
          <Fact name="Shared with">
            {others.length === 0 ? (
              <None>nobody</None>
            ) : (
              <span className="flex flex-col">
                {others.map(other => (
                  <span key={other.id}>
                    <ContainerLink host={host} container={other} />
                    {other.isInfra && <span className="text-muted"> · infra</span>}
                  </span>
                ))}
              </span>
            )}
          </Fact>
        </Facts>
      </Section>
      {attachments.length > 0 && (
        <Section title="Networks" count={attachments.length}>
          <AttachmentList host={host} attachments={attachments} />
        </Section>
      )}
      <Section title="Published ports" count={published.length}>
        {published.length === 0 ? <None /> : <PortList host={host} ports={published} />}
      </Section>
      <Section title="Listening">
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
