'use client'

import { ISOLATION_WORDS } from '@/lib/client/words'
import { containersIn, indexHost, membersOf, namespaceName, refOfInterface } from '@/lib/topology/lookup'
import type { Host, Network } from '@/lib/topology/types'
import { StateMark } from '@/components/signs'
import { ContainerLink, NamespaceLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Raw, Section, Unknown } from '@/components/ui/Facts'
import { Addresses, PortList } from './parts'

const yesOrNo = (value: boolean) => (value ? 'yes' : 'no')

export function NetworkDetails({ host, network }: { host: Host; network: Network }) {
  const members = membersOf(host, network.name)
  const doors = members.flatMap(({ namespace }) => namespace.published)
  const parent = network.interface === null ? undefined : indexHost(host).interfaces.get(network.interface)
  return (
    <>
      <Section title="Network">
        <Facts>
          <Fact name="Driver">
            {network.driver}
            {network.mode !== null && <span className="text-muted"> · mode {network.mode}</span>}
            {network.isDefault && <span className="text-muted"> · the default network</span>}
          </Fact>
          <Fact name={network.driver === 'bridge' ? 'Bridge' : 'Parent'}>
            {network.interface === null ? (
              <None />
            ) : parent === undefined ? (
              <Raw text={network.interface} what="interface name" />
            ) : (
              <ThingLink host={host} to={refOfInterface(parent)}>
                {network.interface}
              </ThingLink>
            )}
          </Fact>
          {network.subnets.map(({ cidr, gateway }) => (
            <Fact key={cidr} name="Subnet">
              <Raw text={cidr} what="subnet" />
              <div className="text-muted">
                {gateway === null ? 'no gateway' : <>gateway {<Raw text={gateway} what="gateway" />}</>}
              </div>
            </Fact>
          ))}
          {network.subnets.length === 0 && (
            <Fact name="Subnet">
              <None />
            </Fact>
          )}
          <Fact name="Internal">{network.internal ? 'yes: no way out, no port leads in' : 'no'}</Fact>
          <Fact name="DNS">{yesOrNo(network.dns)}</Fact>
          {network.vlan !== null && <Fact name="VLAN">{network.vlan}</Fact>}
          {network.mtu !== null && <Fact name="MTU">{network.mtu}</Fact>}
        </Facts>
      </Section>
      <Section title="Isolation">
        <Facts>
          <Fact name="In effect">
            {network.isolation.effective === 'unknown' ? (
              <Unknown because={network.isolation.because} />
            ) : (
              <>
                {network.driver === 'bridge'
                  ? ISOLATION_WORDS[network.isolation.effective]
                  : network.isolation.effective}
                <div className="text-faint">{network.isolation.because}</div>
              </>
            )}
          </Fact>
          <Fact name="Configured">
            {network.isolation.configured === null ? <None>not set</None> : `isolate=${network.isolation.configured}`}
          </Fact>
        </Facts>
      </Section>
      <Section title="Members" count={members.length}>
        {members.length === 0 ? (
          <None>nobody is on it</None>
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
                        also on{' '}
                        {namespace.attachments
                          .map(one => one.networkName)
                          .filter(name => name !== network.name)
                          .join(', ')}
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
      <Section title="Doors leading in" count={doors.length}>
        {doors.length === 0 ? <None /> : <PortList host={host} ports={doors} />}
      </Section>
      <Section title="Identity">
        <Facts>
          <Fact name="Name">
            <Raw text={network.name} what="name" />
          </Fact>
          <Fact name="Id">
            <Raw text={network.id.slice(network.id.lastIndexOf(':') + 1)} what="network id" />
          </Fact>
        </Facts>
      </Section>
    </>
  )
}
