'use client'

import type { MouseEvent, ReactNode } from 'react'
import { spellOut } from '@/lib/graph/text'
import { formatUrl } from '@/lib/client/url'
import { namespaceName, refOfContainer, refOfNamespace } from '@/lib/topology/lookup'
import { sameRef, type Ref } from '@/lib/topology/ref'
import type { Container, Host, Namespace } from '@/lib/topology/types'
import { usePage, usePageStore } from './page-state'
import {
  ContainerIcon,
  DoorIcon,
  HostIcon,
  InterfaceIcon,
  ListenerIcon,
  NamespaceIcon,
  NetworkIcon,
  PodIcon,
  SegmentIcon,
  UnitIcon,
  type Icon,
} from './ui/icons'

export const KIND_ICONS: Record<Ref['kind'], Icon> = {
  host: HostIcon,
  container: ContainerIcon,
  network: NetworkIcon,
  pod: PodIcon,
  namespace: NamespaceIcon,
  interface: InterfaceIcon,
  segment: SegmentIcon,
  unit: UnitIcon,
  port: DoorIcon,
  listener: ListenerIcon,
}

/** A link that selects a thing; opened in a new tab it is the same selection there. */
export function ThingLink({
  host,
  to,
  icon = true,
  children,
}: {
  host: Host
  to: Ref
  icon?: boolean
  children: ReactNode
}) {
  const store = usePageStore()
  const url = usePage(state => state.url)
  const select = { hostId: host.id, ref: to }
  const current = url.select !== null && url.select.hostId === host.id && sameRef(url.select.ref, to)
  const Glyph = KIND_ICONS[to.kind]
  const follow = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    store.select(select)
  }
  return (
    <a
      href={formatUrl({ ...url, select })}
      onClick={follow}
      aria-current={current ? 'true' : undefined}
      className={`rounded-sm font-medium break-words hover:underline ${current ? 'text-ink' : 'text-accent'}`}
    >
      {icon && <Glyph className="mr-1 inline-block size-[1em] align-[-0.125em]" />}
      {children}
    </a>
  )
}

export function ContainerLink({ host, container }: { host: Host; container: Container }) {
  return (
    <ThingLink host={host} to={refOfContainer(host, container)}>
      {spellOut(container.name)}
    </ThingLink>
  )
}

export function NetworkLink({ host, name }: { host: Host; name: string }) {
  return (
    <ThingLink host={host} to={{ kind: 'network', name }}>
      {spellOut(name)}
    </ThingLink>
  )
}

export function NamespaceLink({ host, namespace }: { host: Host; namespace: Namespace }) {
  return (
    <ThingLink host={host} to={refOfNamespace(host, namespace)}>
      {spellOut(namespaceName(host, namespace))}
    </ThingLink>
  )
}
