'use client'

import { containerById, containersIn, hostNamespace, type Door } from '@/lib/topology/lookup'
import type { Host, Listener } from '@/lib/topology/types'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink, NetworkLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Raw, Section, Unknown } from '@/components/ui/Facts'
import { ForwardedTag, ScopeTag } from './parts'

/** A published port; several namespaces may claim it, of which at most one has it. */
export function DoorDetails({ host, doors }: { host: Host; doors: readonly Door[] }) {
  return doors.map((door, index) => (
    <DoorSection
      key={`${door.namespace.id} ${door.port.containerPort}`}
      host={host}
      door={door}
      title={doors.length === 1 ? 'Published port' : `Claim ${index + 1} of ${doors.length}`}
    />
  ))
}

function DoorSection({ host, door: { port, namespace }, title }: { host: Host; door: Door; title: string }) {
  const owner = containerById(host, port.ownerId)
  const members = containersIn(host, namespace)
  const heard = namespace.listeners?.filter(one => one.port === port.containerPort && one.protocol === port.protocol)
  return (
    <Section title={title}>
      <Facts>
        <Fact name="Host address">
          {port.hostIp === '' ? 'every address, both families' : <Raw text={port.hostIp} what="host address" />}
        </Fact>
        <Fact name="Host port">
          <Raw text={String(port.hostPort)} what="host port" />
        </Fact>
        <Fact name="Protocol">{port.protocol}</Fact>
        <Fact name="Seen from">
          <ScopeTag scope={port.scope} />
        </Fact>
        <Fact name="Passed on">
          <ForwardedTag forwarded={port.forwarded} />
          <div className="mt-0.5 text-faint">{port.because}</div>
        </Fact>
        <Fact name="Leads to">
          port {port.containerPort} in <NamespaceLink host={host} namespace={namespace} />
        </Fact>
        <Fact name="Published by">
          {owner === null ? <None>a container that is gone</None> : <ContainerLink host={host} container={owner} />}
        </Fact>
        <Fact name="Behind it">
          <span className="flex flex-col">
            {members.map(member => (
              <span key={member.id} className="flex items-center justify-between gap-2">
                <ContainerLink host={host} container={member} />
                <span className="text-muted">
                  <StateMark container={member} />
                </span>
              </span>
            ))}
          </span>
        </Fact>
        <Fact name="Somebody listens">
          {heard === undefined ? (
            <Unknown because={namespace.listenersUnknownBecause} />
          ) : heard.length === 0 ? (
            'no'
          ) : (
            `yes${heard[0]?.process ? `: ${heard[0].process}` : ''}`
          )}
        </Fact>
        <Fact name="Networks">
          {namespace.attachments.length === 0 ? (
            <None />
          ) : (
            <span className="flex flex-col">
              {namespace.attachments.map(({ networkName }) => (
                <NetworkLink key={networkName} host={host} name={networkName} />
              ))}
            </span>
          )}
        </Fact>
      </Facts>
    </Section>
  )
}

const ANY = new Set(['0.0.0.0', '::', '*', ''])

/** A listening socket of the host's own namespace. */
export function ListenerDetails({ host, listeners }: { host: Host; listeners: readonly Listener[] }) {
  const own = hostNamespace(host)
  return listeners.map(listener => {
    const container = listener.containerId === null ? null : containerById(host, listener.containerId)
    return (
      <Section key={`${listener.containerId ?? ''} ${listener.process ?? ''}`} title="Listening port">
        <Facts>
          <Fact name="Address">
            {ANY.has(listener.address) ? (
              <>every address ({listener.address})</>
            ) : (
              <Raw text={listener.address} what="address" />
            )}
          </Fact>
          <Fact name="Port">
            <Raw text={`${listener.port}/${listener.protocol}`} what="port" />
          </Fact>
          <Fact name="Process">{listener.process ?? <Unknown because="it may not be read" />}</Fact>
          <Fact name="Container">
            {container === null ? (
              <None>none, or unreadable</None>
            ) : (
              <ContainerLink host={host} container={container} />
            )}
          </Fact>
          {own !== null && (
            <Fact name="Namespace">
              <ThingLink host={host} to={{ kind: 'host' }}>
                the host's own
              </ThingLink>
            </Fact>
          )}
        </Facts>
      </Section>
    )
  })
}
