'use client'

import { foldDoors } from '@/lib/topology/ranges'
import { endpointText, insideText, rangeText } from '@/lib/client/ports'
import { containerById, doorsAt, refOfListener, refOfPort } from '@/lib/topology/lookup'
import type { Attachment, BindScope, Host, Interface, Listener, Namespace, PublishedPort } from '@/lib/topology/types'
import { FreeText, Raw } from '@/components/FreeText'
import { useWords } from '@/components/page-state'
import { ContainerLink, NetworkLink, ThingLink } from '@/components/things'
import { Fact, Facts, None, Tag, type Tone } from '@/components/ui/Facts'
import { Said, UnknownSaid } from '@/components/Said'

/** The near end of a container's cable, plugged into a bridge. */
export const isCable = ({ kind, master }: Interface): boolean => kind === 'veth' && master !== null

const SCOPE_TONES: Record<BindScope, Tone> = {
  wildcard: 'caution',
  loopback: 'good',
  private: 'plain',
  public: 'danger',
}

export function ScopeTag({ scope }: { scope: BindScope }) {
  const { scopes } = useWords().values
  return <Tag tone={SCOPE_TONES[scope]}>{scopes[scope]}</Tag>
}

const FORWARDED_TONES: Record<PublishedPort['forwarded'], Tone> = { yes: 'plain', no: 'caution', unknown: 'unknown' }

export function ForwardedTag({ forwarded }: { forwarded: PublishedPort['forwarded'] }) {
  const words = useWords().values.forwarded
  return <Tag tone={FORWARDED_TONES[forwarded]}>{words[forwarded]}</Tag>
}

export function Addresses({ addresses, of }: { addresses: readonly string[]; of: string }) {
  const { noAddress, copies } = useWords().inspector
  if (addresses.length === 0) return <None>{noAddress}</None>
  return (
    <span className="flex flex-col">
      {addresses.map(address => (
        <Raw key={address} text={address} what={copies.addressOf(of)} />
      ))}
    </span>
  )
}

export function AttachmentList({ host, attachments }: { host: Host; attachments: readonly Attachment[] }) {
  const { facts, copies } = useWords().inspector
  return (
    <ul className="space-y-2">
      {attachments.map(({ networkName, addresses, mac, aliases }) => (
        <li key={networkName} className="rounded-md border border-line px-3 py-2">
          <div className="mb-1.5 text-sm">
            <NetworkLink host={host} name={networkName} />
          </div>
          <Facts>
            <Fact name={facts.address}>
              <Addresses addresses={addresses} of={copies.attachment(networkName)} />
            </Fact>
            <Fact name="MAC">{mac === null ? <None /> : <Raw text={mac} what={copies.mac} />}</Fact>
            {aliases.length > 0 && <Fact name={facts.alsoCalled}>{aliases.join(', ')}</Fact>}
          </Facts>
        </li>
      ))}
    </ul>
  )
}

/** Doors, consecutive ones told as one range. */
export function PortList({ host, ports }: { host: Host; ports: readonly PublishedPort[] }) {
  const { claimedTwice } = useWords().inspector
  return (
    <ul className="divide-y divide-line">
      {foldDoors(ports).map(range => {
        const port = range.first
        const ref = refOfPort(port)
        const text = rangeText(range)
        const contested = doorsAt(host, port.hostIp, port.hostPort, port.protocol).length > 1
        return (
          <li key={`${text} ${port.containerPort}`} className="py-1.5 first:pt-0 last:pb-0">
            <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
              <span className="font-mono text-xs">
                <ThingLink host={host} to={ref}>
                  {text}
                </ThingLink>
                <span className="text-faint"> → </span>
                {insideText(range)}
              </span>
              <ScopeTag scope={port.scope} />
              {port.forwarded !== 'yes' && <ForwardedTag forwarded={port.forwarded} />}
              {contested && <Tag tone="caution">{claimedTwice}</Tag>}
            </div>
            <p className="mt-0.5 text-2xs text-faint">
              <Said text={port.because} />
            </p>
          </li>
        )
      })}
    </ul>
  )
}

/** Listening sockets of a namespace; in the host's own each is a thing of its own. */
function ListenerList({
  host,
  namespace,
  listeners,
}: {
  host: Host
  namespace: Namespace
  listeners: readonly Listener[]
}) {
  return (
    <ul className="space-y-1">
      {listeners.map(listener => {
        const ref = refOfListener(listener)
        const text = endpointText(ref)
        const container = listener.containerId === null ? null : containerById(host, listener.containerId)
        return (
          <li
            key={`${text} ${listener.containerId ?? ''} ${listener.process ?? ''}`}
            className="flex flex-wrap items-center gap-x-2 text-xs"
          >
            <span className="font-mono">
              {namespace.kind === 'host' ? (
                <ThingLink host={host} to={ref}>
                  {text}
                </ThingLink>
              ) : (
                text
              )}
            </span>
            {listener.process !== null && (
              <span className="text-muted">
                <FreeText text={listener.process} />
              </span>
            )}
            {container !== null && namespace.memberIds.length > 1 && (
              <ContainerLink host={host} container={container} />
            )}
          </li>
        )
      })}
    </ul>
  )
}

/** What listens in a namespace, or why that is not known. */
export function Listening({
  host,
  namespace,
  only,
}: {
  host: Host
  namespace: Namespace
  only?: (one: Listener) => boolean
}) {
  const { nothing } = useWords().inspector
  if (namespace.listeners === null) return <UnknownSaid because={namespace.listenersUnknownBecause} />
  const listeners = only === undefined ? namespace.listeners : namespace.listeners.filter(only)
  if (listeners.length === 0) return <None>{nothing}</None>
  return <ListenerList host={host} namespace={namespace} listeners={listeners} />
}
