'use client'

import type { ReactNode } from 'react'
import { type Marks, worstOf } from '@/lib/graph/marks'
import { containersIn, podById, refOfContainer, refOfPod } from '@/lib/topology/lookup'
import { formatRef } from '@/lib/topology/ref'
import type { Attachment, Container, Host, Namespace } from '@/lib/topology/types'
import { FreeText } from '@/components/FreeText'
import { useFilter } from '@/components/filter/use-filter'
import { useWords } from '@/components/page-state'
import { SeverityMark, StateMark } from '@/components/signs'
import { ContainerLink, ThingLink } from '@/components/things'
import { None } from '@/components/ui/Facts'

/** The table that rows of containers stand in. */
export function Rows({ children }: { children: ReactNode }) {
  const { columns } = useWords().list
  return (
    <table className="w-full text-left text-xs">
      <thead className="text-2xs text-faint">
        <tr>
          <th className="py-1 pr-3 font-medium">{columns.container}</th>
          <th className="py-1 pr-3 font-medium">{columns.state}</th>
          <th className="hidden py-1 pr-3 font-medium sm:table-cell">{columns.addresses}</th>
          <th className="hidden py-1 pr-3 font-medium md:table-cell">{columns.image}</th>
          <th className="py-1 font-medium">{columns.worst}</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">{children}</tbody>
    </table>
  )
}

/** One row per container; those of a shared namespace say so. */
export function NamespaceRows({
  host,
  namespace,
  attachment,
  marks,
}: {
  host: Host
  namespace: Namespace
  attachment: Attachment | null
  marks: Marks
}) {
  const { list } = useWords()
  const all = containersIn(host, namespace)
  // A pod's infra container is told with the pod, unless there is nobody else.
  const members = all.filter(container => !container.isInfra)
  const filtered = useFilter()
  const containers = (members.length > 0 ? members : all).filter(
    one => filtered?.matches.has(host.id, formatRef(refOfContainer(host, one))) ?? true,
  )
  const others = namespace.attachments.filter(one => one.networkName !== attachment?.networkName)
  return containers.map(container => {
    const mark = worstOf([marks.of('container', container.id), marks.of('namespace', namespace.id)])
    return (
      <tr key={container.id} className="align-top">
        <td className="py-0.5 pr-3">
          <ContainerLink host={host} container={container} />
          <Company host={host} namespace={namespace} container={container} members={members} />
          {others.length > 0 && attachment !== null && (
            <span className="block text-2xs text-faint">
              {list.alsoOn(others.map(one => one.networkName).join(', '))}
            </span>
          )}
        </td>
        <td className="py-1.5 pr-3 text-muted">
          <StateMark container={container} />
        </td>
        <td className="hidden py-1.5 pr-3 font-mono break-all sm:table-cell">
          {attachment === null ? (
            <None>{list.withoutAddress[namespace.kind]}</None>
          ) : (
            attachment.addresses.join(' ') || <None>{list.noAddress}</None>
          )}
        </td>
        <td className="hidden py-1.5 pr-3 font-mono break-all text-muted md:table-cell">
          <FreeText text={container.image} />
        </td>
        <td className="py-1.5 text-muted">
          {mark === null ? <None>{list.noFinding}</None> : <SeverityMark severity={mark} />}
        </td>
      </tr>
    )
  })
}

/** With whom a container shares its network namespace. */
function Company({
  host,
  namespace,
  container,
  members,
}: {
  host: Host
  namespace: Namespace
  container: Container
  members: readonly Container[]
}) {
  const { list } = useWords()
  const pod = container.podId === null ? null : podById(host, container.podId)
  const others = members.filter(({ id, podId }) => id !== container.id && (pod === null || podId !== pod.id))
  if (pod === null && (others.length === 0 || namespace.kind === 'host')) return null
  return (
    <span className="block text-2xs text-faint">
      {pod !== null && (
        <>
          {list.inPod}{' '}
          <ThingLink host={host} to={refOfPod(host, pod)} icon={false}>
            {pod.name}
          </ThingLink>
        </>
      )}
      {others.length > 0 &&
        namespace.kind !== 'host' &&
        ` ${list.sharedWith(others.map(({ name }) => name).join(', '))}`}
    </span>
  )
}
