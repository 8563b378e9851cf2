'use client'

import { hostNamespace, refOfInterface, refOfNetwork } from '@/lib/topology/lookup'
import type { Host, Interface } from '@/lib/topology/types'
import { usePage, useWords } from '@/components/page-state'
import { ContainerLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Section, Unknown } from '@/components/ui/Facts'
import { MembersSection } from './NamespaceDetails'
import { isCable, Listening } from './parts'
import { UnitList } from './units'
import { Said, UnknownSaid } from '@/components/Said'

export function HostDetails({ host }: { host: Host }) {
  const { values, inspector, units } = useWords()
  const { sections, facts, host: words } = inspector
  const own = hostNamespace(host)
  const cables = host.interfaces?.filter(isCable) ?? []
  return (
    <>
      <Section title={sections.engine}>
        <Facts>
          <Fact name={facts.status}>
            {values.statuses[host.status]}
            {host.problem !== null && (
              <div className="text-muted">
                <Said text={host.problem} />
              </div>
            )}
          </Fact>
          <Fact name={facts.connection}>{values.sources[host.source]}</Fact>
          <Fact name={facts.machine}>{host.machine}</Fact>
          <Inside host={host} />
          <Fact name={facts.mode}>
            {host.rootless === null ? <Unknown because={words.modeUnknown} /> : host.rootless ? 'rootless' : 'rootful'}
          </Fact>
          {host.engine === null ? (
            <Fact name={facts.versions}>
              <Unknown because={words.noAnswer} />
            </Fact>
          ) : (
            <>
              <Fact name="Podman">{host.engine.podman}</Fact>
              <Fact name="netavark">{host.engine.netavark ?? <Unknown because={words.netavarkUnknown} />}</Fact>
              <Fact name={facts.defaultNetwork}>{host.engine.defaultNetwork}</Fact>
            </>
          )}
          <Fact name={facts.kernel}>
            {host.probe.available ? words.read : <UnknownSaid because={host.probe.reason} />}
          </Fact>
        </Facts>
      </Section>
      <Section title={sections.interfaces} {...(host.interfaces === null ? {} : { count: host.interfaces.length })}>
        {host.interfaces === null ? (
          <UnknownSaid because={host.probe.reason} />
        ) : (
          <>
            <InterfaceList host={host} interfaces={host.interfaces.filter(one => !isCable(one))} />
            {cables.length > 0 && (
              <details className="mt-1.5 text-xs">
                <summary className="text-muted">{words.cables(cables.length)}</summary>
                <div className="mt-1.5">
                  <InterfaceList host={host} interfaces={cables} />
                </div>
              </details>
            )}
          </>
        )}
      </Section>
      <Section title={sections.networks} count={host.networks.length}>
        {host.networks.length === 0 ? (
          <None />
        ) : (
          <ul className="space-y-1 text-xs">
            {host.networks.map(network => (
              <li key={network.id} className="grid grid-cols-[minmax(0,1fr)_auto] gap-3">
                <ThingLink host={host} to={refOfNetwork(host, network)}>
                  {network.name}
                </ThingLink>
                <span className="font-mono text-muted">{network.subnets.map(({ cidr }) => cidr).join('  ')}</span>
              </li>
            ))}
          </ul>
        )}
      </Section>
      {own !== null && (
        <>
          {own.memberIds.length > 0 && <MembersSection host={host} namespace={own} />}
          <Section title={sections.listeningOnHost}>
            <Listening host={host} namespace={own} />
          </Section>
        </>
      )}
      <Section title={units.files} {...(host.units === null ? {} : { count: host.units.length })}>
        <UnitList host={host} />
      </Section>
    </>
  )
}

/** The container of another host that this engine runs in. */
function Inside({ host }: { host: Host }) {
  const { facts } = useWords().inspector
  const outer = usePage(state => state.topology?.hosts.find(one => one.id === host.nestedIn?.hostId))
  const container = outer?.containers.find(one => one.id === host.nestedIn?.containerId)
  if (outer === undefined || container === undefined) return null
  return (
    <Fact name={facts.inside}>
      <ContainerLink host={outer} container={container} /> <span className="text-muted">· {outer.name}</span>
    </Fact>
  )
}

function InterfaceList({ host, interfaces }: { host: Host; interfaces: readonly Interface[] }) {
  const words = useWords().inspector.interface
  return (
    <ul className="space-y-1.5 text-xs">
      {interfaces.map(one => (
        <li key={one.name} className="grid grid-cols-[7.5rem_minmax(0,1fr)] gap-x-3">
          <ThingLink host={host} to={refOfInterface(one)}>
            {one.name}
          </ThingLink>
          <span className="min-w-0">
            {one.addresses.map(address => (
              <span key={address} className="block font-mono break-all">
                {address}
              </span>
            ))}
            <span className="text-faint">
              {one.kind}
              {!one.up && ` · ${words.down}`}
              {one.master !== null && ` · ${words.partOf(one.master)}`}
            </span>
          </span>
        </li>
      ))}
    </ul>
  )
}
