'use client'

import { refOfInterface, refOfNetwork, refOfSegment } from '@/lib/topology/lookup'
import type { Host, Interface } from '@/lib/topology/types'
import { ThingLink } from '@/components/things'
import { Fact, Facts, None, Raw, Section, Tag } from '@/components/ui/Facts'

/** An interface of the host: what it is, what it carries, what stands on it. */
export function InterfaceDetails({ host, one }: { host: Host; one: Interface }) {
  const networks = host.networks.filter(network => network.interface === one.name)
  const ports = (host.interfaces ?? []).filter(other => other.master === one.name)
  return (
    <>
      <Section title="Interface">
        <Facts>
          <Fact name="Kind">{one.kind}</Fact>
          <Fact name="State">{one.up ? 'up' : <Tag tone="caution">down</Tag>}</Fact>
          <Fact name="Addresses">
            {one.addresses.length === 0 ? (
              <None />
            ) : (
              <span className="flex flex-col">
                {one.addresses.map(address => (
                  <Raw key={address} text={address} what="address" />
                ))}
              </span>
            )}
          </Fact>
          <Fact name="Part of">
            {one.master === null ? (
              <None />
            ) : (
              <ThingLink host={host} to={{ kind: 'interface', name: one.master }}>
                {one.master}
              </ThingLink>
            )}
          </Fact>
          {one.kind === 'physical' && (
            <Fact name="Outside">
              <ThingLink host={host} to={refOfSegment(one)}>
                what stands beyond {one.name}
              </ThingLink>
            </Fact>
          )}
          <Fact name="Name">
            <Raw text={one.name} what="interface name" />
          </Fact>
        </Facts>
      </Section>
      <NetworksOn host={host} networks={networks} />
      {ports.length > 0 && (
        <Section title="Plugged into it" count={ports.length}>
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
  return (
    <>
      <Section title="Segment">
        <Facts>
          <Fact name="Behind">
            <ThingLink host={host} to={refOfInterface(one)}>
              {one.name}
            </ThingLink>
          </Fact>
          <Fact name="Subnets">
            {one.addresses.length === 0 ? (
              <None>the interface has no address</None>
            ) : (
              <span className="flex flex-col">
                {one.addresses.map(address => (
                  <Raw key={address} text={address} what="address of the host there" />
                ))}
              </span>
            )}
          </Fact>
        </Facts>
        <p className="mt-2 text-2xs text-faint">
          Machines on this segment are not looked at. Every door on a wildcard address, or on the address above, faces
          them.
        </p>
      </Section>
      <NetworksOn host={host} networks={host.networks.filter(network => network.interface === one.name)} />
    </>
  )
}

function NetworksOn({ host, networks }: { host: Host; networks: Host['networks'] }) {
  return (
    <Section title="Networks on it" count={networks.length}>
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
