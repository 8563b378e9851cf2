'use client'

import { modesOfNetwork } from '@/lib/client/modes'
import { containersIn, indexHost, membersOf, namespaceName, refOfInterface } from '@/lib/topology/lookup'
import type { Host, Network } from '@/lib/topology/types'
import { Raw } from '@/components/FreeText'
import { useWords } from '@/components/page-state'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Section } from '@/components/ui/Facts'
import { ModeNotes } from './ModeNotes'
import { Addresses, PortList } from './parts'
import { UnitSections } from './units'
import { Said, UnknownSaid } from '@/components/Said'

export function NetworkDetails({ host, network }: { host: Host; network: Network }) {
  const { values, inspector } = useWords()
  const { sections, facts, copies, network: words } = inspector
  const members = membersOf(host, network.name)
  const doors = members.flatMap(({ namespace }) => namespace.published)
  const parent = network.interface === null ? undefined : indexHost(host).interfaces.get(network.interface)
  return (
    <>
      <Section title={sections.network}>
        <Facts>
          <Fact name={facts.driver}>
            {network.driver}
            {network.mode !== null && <span className="text-muted"> · {words.mode(network.mode)}</span>}
            {network.isDefault && <span className="text-muted"> · {words.isDefault}</span>}
          </Fact>
          <Fact name={network.driver === 'bridge' ? facts.bridge : facts.parent}>
            {network.interface === null ? (
              <None />
            ) : parent === undefined ? (
              <Raw text={network.interface} what={copies.interface} />
            ) : (
              <ThingLink host={host} to={refOfInterface(parent)}>
                {network.interface}
              </ThingLink>
            )}
          </Fact>
          {network.subnets.map(({ cidr, gateway }) => (
            <Fact key={cidr} name={facts.subnet}>
              <Raw text={cidr} what={copies.subnet} />
              <div className="text-muted">
                {gateway === null ? (
                  words.noGateway
                ) : (
                  <>
                    {words.gateway} <Raw text={gateway} what={copies.gateway} />
                  </>
                )}
              </div>
            </Fact>
          ))}
          {network.subnets.length === 0 && (
            <Fact name={facts.subnet}>
              <None />
            </Fact>
          )}
          <Fact name={facts.internal}>{network.internal ? words.internal : words.no}</Fact>
          <Fact name="DNS">{network.dns ? words.yes : words.no}</Fact>
          {network.vlan !== null && <Fact name="VLAN">{network.vlan}</Fact>}
          {network.mtu !== null && <Fact name="MTU">{network.mtu}</Fact>}
        </Facts>
        <ModeNotes modes={modesOfNetwork(host, network)} />
      </Section>
      <Section title={sections.isolation}>
        <Facts>
          <Fact name={facts.inEffect}>
            {network.isolation.effective === 'unknown' ? (
              <UnknownSaid because={network.isolation.because} />
            ) : (
              <>
                {network.driver === 'bridge'
                  ? values.isolation[network.isolation.effective]
                  : network.isolation.effective}
                <div className="text-faint">
                  <Said text={network.isolation.because} />
                </div>
              </>
            )}
          </Fact>
          <Fact name={facts.configured}>
            {network.isolation.configured === null ? (
              <None>{words.notSet}</None>
            ) : (
              `isolate=${network.isolation.configured}`
            )}
          </Fact>
        </Facts>
      </Section>
      <Section title={sections.members} count={members.length}>
        {members.length === 0 ? (
          <None>{words.nobody}</None>
        ) : (
          <ul className="divide-y divide-line">
            {members.map(({ attachment, namespace }) => {
              const containers = containersIn(host, namespace)
              const [only] = containers
              return (
                <li
                  key={namespace.id}
                  className="grid grid-cols-[minmax(0,1fr)_auto] gap-x-3 py-1.5 text-xs first:pt-0 last:pb-0"
                >
                  <span className="min-w-0">
                    {containers.length === 1 && only !== undefined ? (
                      <span className="flex items-center gap-1.5">
                        <StateMark container={only} word={false} />
                        <ContainerLink host={host} container={only} />
                      </span>
                    ) : (
                      <>
                        <NamespaceLink host={host} namespace={namespace} />
                        <span className="mt-0.5 ml-4 flex flex-wrap gap-x-2">
                          {containers.map(container => (
                            <ContainerLink key={container.id} host={host} container={container} />
                          ))}
                        </span>
                      </>
                    )}
                    {namespace.attachments.length > 1 && (
                      <span className="mt-0.5 block text-2xs text-faint">
                        {words.alsoOn(
                          namespace.attachments
                            .map(one => one.networkName)
                            .filter(name => name !== network.name)
                            .join(', '),
                        )}
                      </span>
                    )}
                  </span>
                  <Addresses addresses={attachment.addresses} of={namespaceName(host, namespace)} />
                </li>
              )
            })}
          </ul>
        )}
      </Section>
      <Section title={sections.doorsIn} count={doors.length}>
        {doors.length === 0 ? <None /> : <PortList host={host} ports={doors} />}
      </Section>
      <UnitSections host={host} id={network.id} />
      <Section title={sections.identity}>
        <Facts>
          <Fact name={facts.name}>
            <Raw text={network.name} what={copies.name} />
          </Fact>
          <Fact name={facts.id}>
            <Raw text={network.id.slice(network.id.lastIndexOf(':') + 1)} what={copies.networkId} />
          </Fact>
        </Facts>
      </Section>
    </>
  )
}
