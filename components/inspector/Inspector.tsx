'use client'

import type { ReactNode } from 'react'
import { spellOut } from '@/lib/graph/text'
import { reachRefOf } from '@/lib/client/reach/ends'
import type { Selection } from '@/lib/client/selection'
import { endpointText } from '@/lib/client/ports'
import type { Words } from '@/lib/client/words/catalogue'
import { namespaceName, type Resolved } from '@/lib/topology/lookup'
import { formatRef, type Ref } from '@/lib/topology/ref'
import type { Host } from '@/lib/topology/types'
import { FocusButtons } from '@/components/filter/FocusButtons'
import { SubjectFindings } from '@/components/findings/SubjectFindings'
import { usePage, usePageStore, useWords } from '@/components/page-state'
import { KIND_ICONS } from '@/components/things'
import { useAsk } from '@/components/reach/use-ask'
import { Button, IconButton } from '@/components/ui/Button'
import { Copy } from '@/components/ui/Copy'
import { CloseIcon, ReachIcon } from '@/components/ui/icons'
import { ContainerDetails } from './ContainerDetails'
import { DoorDetails, ListenerDetails } from './DoorDetails'
import { InterfaceDetails, SegmentDetails } from './EdgeDetails'
import { HostDetails } from './HostDetails'
import { NamespaceDetails } from './NamespaceDetails'
import { NetworkDetails } from './NetworkDetails'
import { PodDetails } from './PodDetails'
import { UnitDetails } from './UnitDetails'

/** Everything that is known about the selected thing. */
export function Inspector({ selection }: { selection: Selection | null }) {
  const waiting = usePage(state => state.topology === null)
  const { values, inspector } = useWords()
  if (selection === null) {
    return <p className="px-4 py-10 text-center text-sm text-faint">{waiting ? inspector.reading : inspector.select}</p>
  }
  const { host, ref, thing } = selection
  return (
    <article
      aria-label={`${values.kinds[ref.kind]} ${titleOf(host, ref, thing, inspector)}`}
      // Links of lists are targets of their own: high enough to be hit.
      className="[&_:is(li,dd)_a]:inline-block [&_:is(li,dd)_a]:max-w-full [&_:is(li,dd)_a]:min-w-6 [&_:is(li,dd)_a]:leading-6"
    >
      <Header host={host} refOf={ref} thing={thing} />
      {thing === null ? (
        <p className="border-t border-line px-4 py-6 text-sm text-muted">{inspector.gone(host.name)}</p>
      ) : (
        <>
          {canFocus(thing) && <FocusButtons host={host} to={ref} />}
          <SubjectFindings host={host} thing={thing} />
          <Body host={host} thing={thing} />
        </>
      )}
    </article>
  )
}

function titleOf(host: Host, ref: Ref, thing: Resolved | null, { outsideOf }: Words['inspector']): string {
  switch (ref.kind) {
    case 'host':
      return host.name
    case 'port':
    case 'listener':
      return endpointText(ref)
    case 'segment':
      return outsideOf(ref.name)
    case 'namespace':
      return thing?.kind === 'namespace' ? namespaceName(host, thing.namespace) : ref.name
    case 'container':
      return thing?.kind === 'container' ? thing.container.name : ref.name
    case 'network':
      return thing?.kind === 'network' ? thing.network.name : ref.name
    case 'pod':
      return thing?.kind === 'pod' ? thing.pod.name : ref.name
    case 'unit':
      return thing?.kind === 'unit' ? thing.unit.name : ref.name
    case 'interface':
      return ref.name
  }
}

/** Of a whole host, a file, an interface or what lies behind it nothing stands round. */
const canFocus = ({ kind }: Resolved): boolean =>
  kind !== 'host' && kind !== 'unit' && kind !== 'interface' && kind !== 'segment' && kind !== 'listener'

function Header({ host, refOf, thing }: { host: Host; refOf: Ref; thing: Resolved | null }) {
  const store = usePageStore()
  const several = usePage(state => (state.topology?.hosts.length ?? 0) > 1)
  const Glyph = KIND_ICONS[refOf.kind]
  const { values, inspector } = useWords()
  const title = titleOf(host, refOf, thing, inspector)
  const ask = useAsk()
  return (
    <header className="flex items-start gap-3 px-4 py-3">
      <span className="grid size-8 shrink-0 place-items-center rounded-md border border-line bg-sunken text-muted">
        <Glyph />
      </span>
      <div className="min-w-0 flex-1">
        <h2 className="text-md font-semibold break-all text-ink">
          {spellOut(title)} <Copy text={title} what={inspector.copies.nameOf(title)} />
        </h2>
        <p className="text-xs text-muted">
          {values.kinds[refOf.kind]}
          {several && refOf.kind !== 'host' && ` ${inspector.onHost(host.name)}`}
          <span className="sr-only">{inspector.linkName(formatRef(refOf))}</span>
        </p>
      </div>
      {thing !== null && reachRefOf(host, thing) !== null && (
        <Button onClick={() => ask({ hostId: host.id, ref: refOf })} aria-label={inspector.reachOf(title)}>
          <ReachIcon className="size-3.5" /> {inspector.reach}
        </Button>
      )}
      <IconButton icon={CloseIcon} name={inspector.close} onClick={() => store.select(null)} />
    </header>
  )
}

function Body({ host, thing }: { host: Host; thing: Resolved }): ReactNode {
  switch (thing.kind) {
    case 'host':
      return <HostDetails host={host} />
    case 'container':
      return <ContainerDetails host={host} container={thing.container} />
    case 'network':
      return <NetworkDetails host={host} network={thing.network} />
    case 'pod':
      return <PodDetails host={host} pod={thing.pod} />
    case 'unit':
      return <UnitDetails host={host} unit={thing.unit} />
    case 'namespace':
      return <NamespaceDetails host={host} namespace={thing.namespace} />
    case 'interface':
      return <InterfaceDetails host={host} one={thing.interface} />
    case 'segment':
      return <SegmentDetails host={host} one={thing.interface} />
    case 'port':
      return <DoorDetails host={host} doors={thing.doors} />
    case 'listener':
      return <ListenerDetails host={host} listeners={thing.listeners} />
  }
}
