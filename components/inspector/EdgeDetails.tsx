'use client'

import { refOfInterface, refOfNetwork, refOfSegment } from '@/lib/topology/lookup'
import type { Host, Interface } from '@/lib/topology/types'
import { Raw } from '@/components/FreeText'
import { useWords } from '@/components/page-state'
import { ThingLink } from '@/components/things'
import { Fact, Facts, None, Section, Tag } from '@/components/ui/Facts'

/** An interface of the host: what it is, what it carries, what stands on it. */
export function InterfaceDetails({ host, one }: { host: Host; one: Interface }) {
  const { sections, facts, copies, interface: words } = useWords().inspector
  const networks = host.networks.filter(network => network.interface === one.name)
  const ports = (host.interfaces ?? []).filter(other => other.master === one.name)
  return (
    <>
      <Section title={sections.interface}>
        <Facts>
          <Fact name={facts.kind}>{one.kind}</Fact>
          <Fact name={facts.state}>{one.up ? words.up : <Tag tone="caution">{words.down}</Tag>}</Fact>
          <Fact name={facts.addresses}>
            {one.addresses.length === 0 ? (
              <None />
            ) : (
              <span className="flex flex-col">
                {one.addresses.map(address => (
                  <Raw key={address} text={address} what={copies.address} />
                ))}
              </span>
            )}
          </Fact>
          <Fact name={facts.partOf}>
            {one.master === null ? (
              <None />
            ) : (
              <ThingLink host={host} to={{ kind: 'interface', name: one.master }}>
                {one.master}
              </ThingLink>
            )}
          </Fact>
          {one.kind === 'physical' && (
            <Fact name={facts.outside}>
              <ThingLink host={host} to={refOfSegment(one)}>
                {words.beyond(one.name)}
              </ThingLink>
            </Fact>
          )}
          <Fact name={facts.name}>
            <Raw text={one.name} what={copies.interface} />
          </Fact>
        </Facts>
      </Section>
      <NetworksOn host={host} networks={networks} />
      {ports.length > 0 && (
        <Section title={sections.pluggedIn} count={ports.length}>
          <ul className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
            {ports.map(port => (
              <li key={port.name}>
                <ThingLink host={host} to={refOfInterface(port)}>
                  {port.name}
                </ThingLink>
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

/** What is outside of an interface. Podwire does not look there; it says what it can tell from this side. */
export function SegmentDetails({ host, one }: { host: Host; one: Interface }) {
  const { sections, facts, copies, interface: words } = useWords().inspector
  return (
    <>
      <Section title={sections.segment}>
        <Facts>
          <Fact name={facts.behind}>
            <ThingLink host={host} to={refOfInterface(one)}>
              {one.name}
            </ThingLink>
          </Fact>
          <Fact name={facts.subnets}>
            {one.addresses.length === 0 ? (
              <None>{words.noAddress}</None>
            ) : (
              <span className="flex flex-col">
                {one.addresses.map(address => (
                  <Raw key={address} text={address} what={copies.hostAddressThere} />
                ))}
              </span>
            )}
          </Fact>
        </Facts>
        <p className="mt-2 text-2xs text-faint">{words.segmentNote}</p>
      </Section>
      <NetworksOn host={host} networks={host.networks.filter(network => network.interface === one.name)} />
    </>
  )
}

function NetworksOn({ host, networks }: { host: Host; networks: Host['networks'] }) {
  const { sections } = useWords().inspector
  return (
    <Section title={sections.networksOnIt} count={networks.length}>
      {networks.length === 0 ? (
        <None />
      ) : (
        <ul className="space-y-1 text-xs">
          {networks.map(network => (
            <li key={network.id} className="flex justify-between gap-3">
              <ThingLink host={host} to={refOfNetwork(host, network)}>
                {network.name}
              </ThingLink>
              <span className="text-muted">{network.driver}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}
