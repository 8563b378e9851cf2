'use client'

import { containerById, containersIn, hostNamespace, type Door } from '@/lib/topology/lookup'
import type { Host, Listener } from '@/lib/topology/types'
import { spellOut } from '@/lib/graph/text'
import { FreeText, Raw } from '@/components/FreeText'
import { useWords } from '@/components/page-state'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink, NetworkLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Section, Unknown } from '@/components/ui/Facts'
import { ForwardedTag, ScopeTag } from './parts'
import { Said, UnknownSaid } from '@/components/Said'

/** A published port; several namespaces may claim it, of which at most one has it. */
export function DoorDetails({ host, doors }: { host: Host; doors: readonly Door[] }) {
  const { sections } = useWords().inspector
  return doors.map((door, index) => (
    <DoorSection
      key={`${door.namespace.id} ${door.port.containerPort}`}
      host={host}
      door={door}
      title={doors.length === 1 ? sections.port : sections.claim(index + 1, doors.length)}
    />
  ))
}

function DoorSection({ host, door: { port, namespace }, title }: { host: Host; door: Door; title: string }) {
  const { facts, copies, port: words } = useWords().inspector
  const owner = containerById(host, port.ownerId)
  const members = containersIn(host, namespace)
  const heard = namespace.listeners?.filter(one => one.port === port.containerPort && one.protocol === port.protocol)
  return (
    <Section title={title}>
      <Facts>
        <Fact name={facts.hostAddress}>
          {port.hostIp === '' ? words.everyAddress : <Raw text={port.hostIp} what={copies.hostAddress} />}
        </Fact>
        <Fact name={facts.hostPort}>
          <Raw text={String(port.hostPort)} what={copies.hostPort} />
        </Fact>
        <Fact name={facts.protocol}>{port.protocol}</Fact>
        <Fact name={facts.seenFrom}>
          <ScopeTag scope={port.scope} />
        </Fact>
        <Fact name={facts.passedOn}>
          <ForwardedTag forwarded={port.forwarded} />
          <div className="mt-0.5 text-faint">
            <Said text={port.because} />
          </div>
        </Fact>
        <Fact name={facts.leadsTo}>
          {words.inside(port.containerPort)} <NamespaceLink host={host} namespace={namespace} />
        </Fact>
        <Fact name={facts.publishedBy}>
          {owner === null ? <None>{words.ownerGone}</None> : <ContainerLink host={host} container={owner} />}
        </Fact>
        <Fact name={facts.behindIt}>
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
        <Fact name={facts.listens}>
          {heard === undefined ? (
            <UnknownSaid because={namespace.listenersUnknownBecause} />
          ) : heard.length === 0 ? (
            words.no
          ) : heard[0]?.process ? (
            words.yesBy(spellOut(heard[0].process))
          ) : (
            words.yes
          )}
        </Fact>
        <Fact name={facts.networks}>
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
  const { sections, facts, copies, port: words } = useWords().inspector
  const own = hostNamespace(host)
  return listeners.map(listener => {
    const container = listener.containerId === null ? null : containerById(host, listener.containerId)
    return (
      <Section key={`${listener.containerId ?? ''} ${listener.process ?? ''}`} title={sections.listener}>
        <Facts>
          <Fact name={facts.address}>
            {ANY.has(listener.address) ? (
              words.everyAddressAs(listener.address)
            ) : (
              <Raw text={listener.address} what={copies.address} />
            )}
          </Fact>
          <Fact name={facts.port}>
            <Raw text={`${listener.port}/${listener.protocol}`} what={copies.port} />
          </Fact>
          <Fact name={facts.process}>
            {listener.process === null ? (
              <Unknown because={words.processUnread} />
            ) : (
              <FreeText text={listener.process} />
            )}
          </Fact>
          <Fact name={facts.container}>
            {container === null ? (
              <None>{words.noContainer}</None>
            ) : (
              <ContainerLink host={host} container={container} />
            )}
          </Fact>
          {own !== null && (
            <Fact name={facts.namespace}>
              <ThingLink host={host} to={{ kind: 'host' }}>
                {words.hostsOwn}
              </ThingLink>
            </Fact>
          )}
        </Facts>
      </Section>
    )
  })
}
