'use client'

import { useMemo, type ReactNode } from 'react'
import { plural } from '@/lib/client/age'
import { worstBySubject } from '@/lib/client/findings'
import { STATUS_WORDS } from '@/lib/client/words'
import type { Severity } from '@/lib/exposure/types'
import {
  containersIn,
  doorsOf,
  hostNamespace,
  membersOf,
  namespaceName,
  refOfInterface,
  refOfNetwork,
  refOfPort,
} from '@/lib/topology/lookup'
import type { Attachment, Host, Namespace, Network, Topology } from '@/lib/topology/types'
import { SeverityMark } from '@/components/findings/SeverityMark'
import { endpointText, ForwardedTag, ScopeTag } from '@/components/inspector/parts'
import { usePage } from '@/components/page-state'
import { ContainerLink, NamespaceLink, StateMark, ThingLink } from '@/components/things'
import { None, Tag, Unknown } from '@/components/ui/Facts'

type Worst = ReadonlyMap<string, Severity>

/** The picture as text: every host, its edge, its networks, and who is on them. Selects what the picture selects. */
export function ListTwin({ topology }: { topology: Topology }) {
  const report = usePage(state => state.findings)
  const worst = useMemo(() => worstBySubject(report?.findings ?? []), [report])
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-8 px-4 py-5 sm:px-6">
      {topology.hosts.map(host => (
        <HostList key={host.id} host={host} worst={worst} />
      ))}
    </div>
  )
}

function HostList({ host, worst }: { host: Host; worst: Worst }) {
  const own = hostNamespace(host)
  const apart = host.namespaces.filter(
    ({ kind, attachments }) => attachments.length === 0 && kind !== 'host' && kind !== 'rootless',
  )
  const doors = doorsOf(host)
  return (
    <section aria-label={`Host ${host.name}`}>
      <h2 className="flex flex-wrap items-baseline gap-x-3 text-md font-semibold">
        <ThingLink host={host} to={{ kind: 'host' }}>
          {host.name}
        </ThingLink>
        <span className="text-xs font-normal text-muted">
          {STATUS_WORDS[host.status]} · {plural(host.containers.length, 'container')} ·{' '}
          {plural(host.networks.length, 'network')}
        </span>
      </h2>
      {host.problem !== null && <p className="mt-1 text-xs text-muted">{host.problem}</p>}
      <div className="mt-3 space-y-4">
        <Group title="Interfaces" count={host.interfaces?.length ?? null}>
          {host.interfaces === null ? (
            <Unknown because={host.probe.reason} />
          ) : (
            <ul className="grid grid-cols-1 gap-x-6 gap-y-1 text-xs sm:grid-cols-2">
              {host.interfaces.map(one => (
                <li key={one.name} className="flex gap-3">
                  <ThingLink host={host} to={refOfInterface(one)}>
                    {one.name}
                  </ThingLink>
                  <span className="font-mono break-all text-muted">{one.addresses.join(' ')}</span>
                </li>
              ))}
            </ul>
          )}
        </Group>
        <Group title="Published ports" count={doors.length}>
          {doors.length === 0 ? (
            <None />
          ) : (
            <ul className="divide-y divide-line text-xs">
              {doors.map(({ port, namespace }) => (
                <li
                  key={`${namespace.id} ${endpointText(refOfPort(port))} ${port.containerPort}`}
                  className="flex flex-wrap items-center gap-x-3 gap-y-0.5 py-1"
                >
                  <span className="min-w-44 font-mono">
                    <ThingLink host={host} to={refOfPort(port)}>
                      {endpointText(refOfPort(port))}
                    </ThingLink>
                  </span>
                  <span className="min-w-44 flex-1 text-muted">
                    → {port.containerPort} in <NamespaceLink host={host} namespace={namespace} />
                  </span>
                  <ScopeTag scope={port.scope} />
                  <ForwardedTag forwarded={port.forwarded} />
                </li>
              ))}
            </ul>
          )}
        </Group>
        {own !== null && own.memberIds.length > 0 && (
          <Group title="On the host's own network" count={own.memberIds.length}>
            <Rows>
              <NamespaceRows host={host} namespace={own} attachment={null} worst={worst} />
            </Rows>
          </Group>
        )}
        {host.networks.map(network => (
          <NetworkGroup key={network.id} host={host} network={network} worst={worst} />
        ))}
        {apart.length > 0 && (
          <Group title="On no network" count={apart.length}>
            <Rows>
              {apart.map(namespace => (
                <NamespaceRows key={namespace.id} host={host} namespace={namespace} attachment={null} worst={worst} />
              ))}
            </Rows>
          </Group>
        )}
      </div>
    </section>
  )
}

function NetworkGroup({ host, network, worst }: { host: Host; network: Network; worst: Worst }) {
  const members = membersOf(host, network.name)
  const severity = worst.get(network.id)
  const title = (
    <span className="inline-flex flex-wrap items-center gap-x-2 gap-y-1">
      <ThingLink host={host} to={refOfNetwork(host, network)}>
        {network.name}
      </ThingLink>
      {severity !== undefined && <SeverityMark severity={severity} word={false} />}
      <span className="font-mono font-normal text-muted">{network.subnets.map(({ cidr }) => cidr).join(' ')}</span>
      <Tag>{network.driver}</Tag>
      {network.internal && <Tag>internal</Tag>}
      {!network.dns && <Tag>no DNS</Tag>}
      {network.isolation.effective !== 'none' && (
        <Tag tone={network.isolation.effective === 'unknown' ? 'unknown' : 'good'}>
          isolation {network.isolation.effective}
        </Tag>
      )}
    </span>
  )
  return (
    <Group title={title} count={members.length}>
      {members.length === 0 ? (
        <None>nobody is on it</None>
      ) : (
        <Rows>
          {members.map(({ attachment, namespace }) => (
            <NamespaceRows key={namespace.id} host={host} namespace={namespace} attachment={attachment} worst={worst} />
          ))}
        </Rows>
      )}
    </Group>
  )
}

function Group({ title, count, children }: { title: ReactNode; count: number | null; children: ReactNode }) {
  return (
    <details open className="group rounded-lg border border-line bg-surface">
      <summary className="flex list-none items-baseline gap-2 rounded-lg px-4 py-2 text-xs hover:bg-hover">
        <h3 className="min-w-0 flex-1 font-semibold">{title}</h3>
        {count !== null && <span className="text-faint">{count}</span>}
      </summary>
      <div className="border-t border-line px-4 py-2">{children}</div>
    </details>
  )
}

function Rows({ children }: { children: ReactNode }) {
  return (
    <table className="w-full text-left text-xs">
      <thead className="text-2xs text-faint">
        <tr>
          <th className="py-1 pr-3 font-medium">Container</th>
          <th className="py-1 pr-3 font-medium">State</th>
          <th className="hidden py-1 pr-3 font-medium sm:table-cell">Addresses</th>
          <th className="hidden py-1 pr-3 font-medium md:table-cell">Image</th>
          <th className="py-1 font-medium">Worst finding</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  )
}

/** One row per container; those of a shared namespace say so. */
function NamespaceRows({
  host,
  namespace,
  attachment,
  worst,
}: {
  host: Host
  namespace: Namespace
  attachment: Attachment | null
  worst: Worst
}) {
  const containers = containersIn(host, namespace)
  const shared = containers.length > 1 && namespace.kind !== 'host'
  const others = namespace.attachments.filter(one => one.networkName !== attachment?.networkName)
  return containers.map(container => {
    const severity = worst.get(container.id) ?? worst.get(namespace.id)
    return (
      <tr key={container.id} className="align-top">
        <td className="py-1 pr-3">
          <ContainerLink host={host} container={container} />
          {shared && <span className="block text-2xs text-faint">shares {namespaceName(host, namespace)}</span>}
          {others.length > 0 && attachment !== null && (
            <span className="block text-2xs text-faint">also on {others.map(one => one.networkName).join(', ')}</span>
          )}
        </td>
        <td className="py-1 pr-3 text-muted">
          <StateMark state={container.state} />
        </td>
        <td className="hidden py-1 pr-3 font-mono break-all sm:table-cell">
          {attachment === null ? <None>{namespace.kind}</None> : attachment.addresses.join(' ') || <None>none</None>}
        </td>
        <td className="hidden py-1 pr-3 font-mono break-all text-muted md:table-cell">{container.image}</td>
        <td className="py-1 text-muted">
          {severity === undefined ? <None>none found</None> : <SeverityMark severity={severity} />}
        </td>
      </tr>
    )
  })
}
