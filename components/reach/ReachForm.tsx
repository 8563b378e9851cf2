'use client'

import { useId, useMemo, type ReactNode } from 'react'
import { endWords } from '@/lib/client/reach/ends'
import type { LinkedReach } from '@/lib/client/url'
import { byName } from '@/lib/graph/order'
import { gatherOutside } from '@/lib/graph/outside'
import { formatReachRef, parseReachRef } from '@/lib/reach/refs'
import type { Host } from '@/lib/topology/types'
import { usePage, usePageStore, useShownTopology, useWords } from '@/components/page-state'
import { IconButton } from '@/components/ui/Button'
import { SwapIcon } from '@/components/ui/icons'

/** The question: who asks, and whom. Whatever is chosen is asked at once, and is in the address bar. */
export function ReachForm({ host }: { host: Host }) {
  const store = usePageStore()
  const { form: says } = useWords().reach
  const hosts = useShownTopology()?.hosts ?? []
  const reach = usePage(state => state.url.reach)
  const from = reach === null ? '' : reach.from === 'outside' ? 'outside' : formatReachRef(reach.from)
  const to = reach?.to == null ? '' : formatReachRef(reach.to)
  const ask = (fromText: string, toText: string) => {
    const end = parseReachRef(fromText)
    const question: Pick<LinkedReach, 'from' | 'to'> | null =
      fromText === 'outside' ? { from: 'outside', to: null } : end && { from: end, to: parseReachRef(toText) }
    store.ask(question && { hostId: host.id, ...question })
  }
  const canSwap = to !== '' && from !== 'outside'
  return (
    <form className="space-y-2 px-4 py-3" onSubmit={event => event.preventDefault()}>
      {hosts.length > 1 && (
        <Field
          name={says.host}
          value={host.id}
          onChange={id => store.ask({ hostId: id, from: { kind: 'host' }, to: null })}
        >
          {hosts.map(one => (
            <option key={one.id} value={one.id}>
              {one.name}
            </option>
          ))}
        </Field>
      )}
      <Field name={says.from} value={from} onChange={value => ask(value, value === to ? '' : to)}>
        <option value="">{says.choose}</option>
        <Ends host={host} chosen={from} outside />
      </Field>
      <div className="flex items-end gap-1">
        <div className="min-w-0 flex-1">
          <Field
            name={says.to}
            value={to}
            disabled={from === '' || from === 'outside'}
            onChange={value => ask(from, value)}
          >
            <option value="">{says.everything}</option>
            <Ends host={host} chosen={to} without={from} />
          </Field>
        </div>
        <IconButton icon={SwapIcon} name={says.swap} disabled={!canSwap} onClick={() => ask(to, from)} />
      </div>
    </form>
  )
}

function Field({
  name,
  value,
  disabled = false,
  onChange,
  children,
}: {
  name: string
  value: string
  disabled?: boolean
  onChange: (value: string) => void
  children: ReactNode
}) {
  const id = useId()
  return (
    <div className="grid grid-cols-[3rem_minmax(0,1fr)] items-center gap-2 text-xs">
      <label htmlFor={id} className="text-muted">
        {name}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        onChange={event => onChange(event.target.value)}
        className="h-7 min-w-0 rounded-md border border-line-strong bg-surface px-2 font-medium text-ink disabled:opacity-50"
      >
        {children}
      </select>
    </div>
  )
}

/** What can be asked about. */
function Ends({
  host,
  chosen,
  without,
  outside = false,
}: {
  host: Host
  chosen: string
  without?: string
  outside?: boolean
}) {
  const words = useWords().reach
  const { form: says } = words
  const containers = useMemo(
    () => host.containers.filter(({ isInfra }) => !isInfra).map(({ name }) => `container:${name}`),
    [host],
  )
  const segments = useMemo(
    () => (outside && host.interfaces !== null ? gatherOutside(host).interfaces : []),
    [host, outside],
  )
  const sorted = useMemo(() => containers.toSorted((a, b) => (a < b ? -1 : 1)), [containers])
  const known = chosen === '' || chosen === 'host' || chosen === 'outside' || containers.includes(chosen)
  const end = parseReachRef(chosen)
  const isSegment = end !== null && segments.some(({ name }) => 'name' in end && name === end.name)
  return (
    <>
      {without !== 'host' && <option value="host">{says.hostItself}</option>}
      {outside && (
        <optgroup label={says.outside}>
          <option value="outside">{says.anybody}</option>
          {segments.toSorted(byName).flatMap(({ name }) => [
            <option key={name} value={`neighbour:${name}`}>
              {says.neighbour(name)}
            </option>,
            <option key={`${name} routed`} value={`routed:${name}`}>
              {says.router(name)}
            </option>,
          ])}
        </optgroup>
      )}
      <optgroup label={says.containers}>
        {sorted
          .filter(ref => ref !== without)
          .map(ref => (
            <option key={ref} value={ref}>
              {ref.slice('container:'.length)}
            </option>
          ))}
      </optgroup>
      {!known && !isSegment && end !== null && <option value={chosen}>{endWords(host, end, words)}</option>}
    </>
  )
}
