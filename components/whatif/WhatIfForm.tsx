'use client'

import { useId, useMemo, type ReactNode } from 'react'
import type { Question } from '@/lib/client/whatif/question'
import type { WhatIfWords } from '@/lib/client/words/whatif'
import { parseRef } from '@/lib/topology/ref'
import { namespaceById, namespaceOf, resolveRef } from '@/lib/topology/lookup'
import type { Host } from '@/lib/topology/types'
import { Button } from '@/components/ui/Button'

interface FormProps {
  host: Host
  target: string
  question: Question
  words: WhatIfWords['form']
  onChange: (question: Question) => void
  onAsk: () => void
}

const CONTROL = 'h-7 min-w-0 rounded-md border border-line-strong bg-surface px-2 font-medium text-ink'

/** What is asked. Nothing is sent before it is told to. */
export function WhatIfForm({ host, target, question, words, onChange, onAsk }: FormProps) {
  const ports = useMemo(() => portsOf(host, target), [host, target])
  const addresses = useMemo(() => addressesOf(host), [host])
  const { network, fresh } = question
  const set = (change: Partial<Question>) => onChange({ ...question, ...change })
  const setFresh = (change: Partial<Question['fresh']>) => set({ fresh: { ...fresh, ...change } })
  const publishes = network !== 'compare' && network !== 'host' && network !== 'none'
  return (
    <form
      aria-label={words.name}
      className="space-y-2"
      onSubmit={event => {
        event.preventDefault()
        onAsk()
      }}
    >
      <Field name={words.network}>
        {id => (
          <select
            id={id}
            className={CONTROL}
            value={network}
            onChange={event => set({ network: event.target.value, port: '' })}
          >
            <option value="compare">{words.compare}</option>
            {ports.length > 0 && <option value="same">{words.asIs}</option>}
            <option value="private">{words.asPrivate}</option>
            <option value="host">{words.asHost}</option>
            <option value="none">{words.asNone}</option>
            <optgroup label={words.networks}>
              {host.networks.map(({ id: key, name }) => (
                <option key={key} value={`network:${name}`}>
                  {name}
                </option>
              ))}
            </optgroup>
            <option value="new">{words.fresh}</option>
          </select>
        )}
      </Field>
      {network === 'new' && (
        <>
          <Field name={words.newName}>
            {id => (
              <input
                id={id}
                className={CONTROL}
                required
                value={fresh.name}
                autoComplete="off"
                spellCheck={false}
                onChange={event => setFresh({ name: event.target.value })}
              />
            )}
          </Field>
          <Field name={words.isolate}>
            {id => (
              <select
                id={id}
                className={CONTROL}
                value={fresh.isolate}
                onChange={event => setFresh({ isolate: isolationOf(event.target.value) })}
              >
                <option value="">{words.isolateUnset}</option>
                <option value="true">{words.isolateTrue}</option>
                <option value="strict">{words.isolateStrict}</option>
              </select>
            )}
          </Field>
          <label className="flex items-center gap-2 text-xs text-muted">
            <input
              type="checkbox"
              checked={fresh.internal}
              onChange={event => setFresh({ internal: event.target.checked })}
            />
            {words.internal}
          </label>
        </>
      )}
      {publishes && ports.length > 0 && (
        <Field name={words.port}>
          {id => (
            <select
              id={id}
              className={CONTROL}
              value={question.port}
              onChange={event => set({ port: event.target.value })}
            >
              <option value="">{words.allPorts}</option>
              {ports.map(port => (
                <option key={port} value={port}>
                  {port}
                </option>
              ))}
            </select>
          )}
        </Field>
      )}
      {publishes && question.port !== '' && (
        <Field name={words.bind}>
          {id => (
            <select
              id={id}
              className={CONTROL}
              value={question.bind}
              onChange={event => set({ bind: event.target.value })}
            >
              <option value="127.0.0.1">{words.loopback}</option>
              <option value="*">{words.everywhere}</option>
              {addresses.map(address => (
                <option key={address} value={address}>
                  {address}
                </option>
              ))}
              <option value="">{words.unpublish}</option>
            </select>
          )}
        </Field>
      )}
      <Button type="submit">{words.ask}</Button>
    </form>
  )
}

function Field({ name, children }: { name: string; children: (id: string) => ReactNode }) {
  const id = useId()
  return (
    <div className="grid grid-cols-[7.5rem_minmax(0,1fr)] items-center gap-3 text-xs">
      <label htmlFor={id} className="text-muted">
        {name}
      </label>
      {children(id)}
    </div>
  )
}

const isolationOf = (value: string): Question['fresh']['isolate'] =>
  value === 'true' || value === 'strict' ? value : ''

/** "8080/tcp" of each published port, once. */
function portsOf(host: Host, target: string): string[] {
  const ref = parseRef(target)
  const thing = ref === null ? null : resolveRef(host, ref)
  const namespace =
    thing?.kind === 'container'
      ? namespaceOf(host, thing.container)
      : thing?.kind === 'pod' && thing.pod.namespaceId !== null
        ? namespaceById(host, thing.pod.namespaceId)
        : null
  return [...new Set((namespace?.published ?? []).map(({ hostPort, protocol }) => `${hostPort}/${protocol}`))]
}

/** Those that something outside could ask for. */
function addressesOf({ interfaces, networks }: Host): string[] {
  const bridges = new Set(networks.map(one => (one.driver === 'bridge' ? one.interface : null)))
  return (interfaces ?? [])
    .filter(({ kind, name }) => kind !== 'loopback' && !bridges.has(name))
    .flatMap(one => one.addresses.map(cidr => cidr.replace(/\/\d+$/, '')))
    .filter(address => !address.startsWith('fe80:'))
}
