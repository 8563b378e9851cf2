'use client'

import { useId, useMemo, useState, type ReactNode } from 'react'
import { countThings } from '@/lib/client/counts'
import { insideText, rangeText } from '@/lib/client/ports'
import { foldDoors } from '@/lib/topology/ranges'
import { declaredCount } from '@/lib/graph/declared'
import { gatherMarks, type Marks } from '@/lib/graph/marks'
import { networkBadges } from '@/lib/graph/words'
import { hostNamespace, membersOf, refOfInterface, refOfNetwork, refOfPort } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { Host, Network, PublishedPort, Topology } from '@/lib/topology/types'
import { ForwardedTag, isCable, Listening, ScopeTag } from '@/components/inspector/parts'
import { UnitList } from '@/components/inspector/units'
import { useFilter } from '@/components/filter/use-filter'
import { usePage, useWords } from '@/components/page-state'
import { SeverityMark } from '@/components/signs'
import { NamespaceLink, ThingLink } from '@/components/things'
import { None, Tag } from '@/components/ui/Facts'
import { ChevronIcon } from '@/components/ui/icons'
import { DeclaredRows } from './DeclaredRows'
import { NamespaceRows, Rows } from './rows'
import { Said, UnknownSaid } from '@/components/Said'

/** The picture as text: every host, its edge, its networks, and who is on them. Selects what the picture selects. */
export function ListTwin({ topology }: { topology: Topology }) {
  const report = usePage(state => state.findings)
  const filtered = useFilter()
  const marks = useMemo(() => gatherMarks(report ?? { findings: [], notExamined: [] }), [report])
  return (
    // Links are targets of their own here, not words in sentences: each is high and wide enough to be hit.
    <div className="mx-auto flex max-w-6xl flex-col gap-8 px-4 py-5 sm:px-6 [&_a]:inline-block [&_a]:max-w-full [&_a]:min-w-6 [&_a]:leading-6">
      {(filtered?.rest ?? topology).hosts.map(host => (
        <HostList key={host.id} host={host} marks={marks} />
      ))}
    </div>
  )
}

function HostList({ host, marks }: { host: Host; marks: Marks }) {
  const { values, list, units, declared } = useWords()
  const own = hostNamespace(host)
  const apart = host.namespaces.filter(
    ({ kind, attachments }) => attachments.length === 0 && kind !== 'host' && kind !== 'rootless',
  )
  const counts = countThings({ hosts: [host] })
  return (
    <section aria-label={list.host(host.name)}>
      <h2 className="flex flex-wrap items-baseline gap-x-3 text-md font-semibold">
        <ThingLink host={host} to={{ kind: 'host' }}>
          {host.name}
        </ThingLink>
        <span className="text-xs font-normal text-muted">
          {values.statuses[host.status]} · {list.containers(counts.containers)} · {list.networks(counts.networks)}
        </span>
      </h2>
      {host.problem !== null && (
        <p className="mt-1 text-xs text-muted">
          <Said text={host.problem} />
        </p>
      )}
      <div className="mt-3 space-y-4">
        <Doors host={host} />
        {own !== null && own.memberIds.length > 0 && (
          <Group title={list.groups.own} count={own.memberIds.length}>
            <Rows>
              <NamespaceRows host={host} namespace={own} attachment={null} marks={marks} />
            </Rows>
          </Group>
        )}
        {host.networks.map(network => (
          <NetworkGroup key={network.id} host={host} network={network} marks={marks} />
        ))}
        {apart.length > 0 && (
          <Group title={list.groups.apart} count={apart.length}>
            <Rows>
              {apart.map(namespace => (
                <NamespaceRows key={namespace.id} host={host} namespace={namespace} attachment={null} marks={marks} />
              ))}
            </Rows>
          </Group>
        )}
        {own !== null && (
          <Group title={list.groups.listening} count={own.listeners?.length ?? null}>
            <Listening host={host} namespace={own} />
          </Group>
        )}
        <Interfaces host={host} />
        {host.declared !== null && declaredCount(host) > 0 && (
          <Group title={declared.group} count={declaredCount(host)}>
            <DeclaredRows host={host} declared={host.declared} />
          </Group>
        )}
        <Group title={units.files} count={host.units?.length ?? null}>
          <UnitList host={host} />
        </Group>
      </div>
    </section>
  )
}

/** Every interface has one, and nobody dials it; the inspector lists them. */
const isLinkLocal = (address: string) => address.startsWith('fe80:')

/** Those that lead somewhere; the near ends of containers' cables are only counted. */
function Interfaces({ host }: { host: Host }) {
  const { interfaces } = host
  const { list } = useWords()
  const cables = interfaces?.filter(isCable) ?? []
  return (
    <Group title={list.groups.interfaces} count={interfaces?.length ?? null}>
      {interfaces === null ? (
        <UnknownSaid because={host.probe.reason} />
      ) : (
        <ul className="grid grid-cols-1 gap-x-6 gap-y-1 text-xs xl:grid-cols-2">
          {interfaces
            .filter(one => !isCable(one))
            .map(one => (
              <li
                key={one.name}
                className="grid grid-cols-[5rem_minmax(0,1fr)] sm:grid-cols-[7rem_minmax(0,1fr)] gap-3"
              >
                <ThingLink host={host} to={refOfInterface(one)}>
                  {one.name}
                </ThingLink>
                <span className="font-mono break-words text-muted">
                  {one.addresses.filter(address => !isLinkLocal(address)).join(' ')}
                </span>
              </li>
            ))}
          {cables.length > 0 && <li className="text-faint">{list.cables(cables.length)}</li>}
        </ul>
      )}
    </Group>
  )
}

function Doors({ host }: { host: Host }) {
  const { list } = useWords()
  const filtered = useFilter()
  const isShown = (port: PublishedPort) => filtered?.matches.has(host.id, formatRef(refOfPort(port))) ?? true
  const doors = host.namespaces.flatMap(namespace =>
    foldDoors(namespace.published.filter(isShown)).map(range => ({ range, namespace })),
  )
  return (
    <Group title={list.groups.published} count={doors.length}>
      {doors.length === 0 ? (
        <None />
      ) : (
        <ul className="divide-y divide-line text-xs">
          {doors.map(({ range, namespace }) => {
            const { first } = range
            return (
              <li
                key={`${namespace.id} ${rangeText(range)} ${first.containerPort}`}
                className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1"
              >
                <span className="min-w-44 font-mono">
                  <ThingLink host={host} to={refOfPort(first)}>
                    {rangeText(range)}
                  </ThingLink>
                </span>
                <span className="min-w-44 flex-1 text-muted">
                  → {insideText(range)} {list.in} <NamespaceLink host={host} namespace={namespace} />
                </span>
                <ScopeTag scope={first.scope} />
                <ForwardedTag forwarded={first.forwarded} />
              </li>
            )
          })}
        </ul>
      )}
    </Group>
  )
}

function NetworkGroup({ host, network, marks }: { host: Host; network: Network; marks: Marks }) {
  const members = membersOf(host, network.name)
  const mark = marks.of('network', network.id)
  const { map, list } = useWords()
  const title = (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <ThingLink host={host} to={refOfNetwork(host, network)}>
        {network.name}
      </ThingLink>
      {mark !== null && <SeverityMark severity={mark} word={false} />}
      <span className="font-mono font-normal text-muted">{network.subnets.map(({ cidr }) => cidr).join(' ')}</span>
      {network.driver === 'bridge' && <Tag>bridge</Tag>}
      {networkBadges(network, map.drawn).map(({ text, tone }) => (
        <Tag key={text} tone={tone}>
          {text}
        </Tag>
      ))}
    </span>
  )
  return (
    <Group title={title} count={members.length}>
      {members.length === 0 ? (
        <None>{list.nobody}</None>
      ) : (
        <Rows>
          {members.map(({ attachment, namespace }) => (
            <NamespaceRows key={namespace.id} host={host} namespace={namespace} attachment={attachment} marks={marks} />
          ))}
        </Rows>
      )}
    </Group>
  )
}

/** A part of the list that can be folded; a heading of links stands beside its button, not in it. */
function Group({ title, count, children }: { title: ReactNode; count: number | null; children: ReactNode }) {
  const [open, setOpen] = useState(true)
  const { list } = useWords()
  const id = useId()
  return (
    <section className="rounded-lg border border-line bg-surface">
      <div className="flex items-center gap-1.5 py-1.5 pr-4 pl-2 text-xs">
        <button
          type="button"
          aria-expanded={open}
          aria-controls={id}
          aria-label={open ? list.fold : list.unfold}
          onClick={() => setOpen(!open)}
          className="grid size-6 shrink-0 place-items-center rounded-md text-faint hover:bg-hover hover:text-ink"
        >
          <ChevronIcon className={`size-3 transition-transform ${open ? 'rotate-90' : ''}`} />
        </button>
        <h3 className="min-w-0 flex-1 font-semibold">{title}</h3>
        {count !== null && <span className="text-faint">{count}</span>}
      </div>
      <div id={id} hidden={!open} className="border-t border-line px-4 py-2">
        {children}
      </div>
    </section>
  )
}
