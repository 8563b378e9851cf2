/** Small phrases that several rules share. */
import type { Namespace } from '@/lib/topology/types'
import type { Owned } from './subjects'
import { listed, memberNames } from './subjects'
import type { HostView } from './view'

/** Sentences, the empty ones left out. */
export const sentences = (...parts: string[]): string => parts.filter(part => part !== '').join(' ')

/** A reason, told as a sentence. */
export const sentence = (reason: string): string => `${reason.charAt(0).toUpperCase()}${reason.slice(1)}.`

/** Who else stands behind the same ports and addresses; "" when nobody does. */
export function sharedWords(view: HostView, { namespace, subject }: Owned): string {
  const others = memberNames(view, namespace).filter(name => name !== subject.name)
  return others.length === 0 ? '' : `${listed(others)} ${others.length === 1 ? 'shares' : 'share'} its namespace.`
}

/** What really listens, where the kernel could be asked. */
export function listenerWords(namespace: Namespace): string {
  if (namespace.listeners === null) return ''
  const open = namespace.listeners.filter(one => !isLoopback(one.address))
  if (open.length === 0) return 'Nothing listens in it now.'
  return `It listens on ${listed([...new Set(open.map(one => `${one.port}/${one.protocol}`))])}.`
}

/** The spellings that the kernel's tables use. */
export const isLoopback = (address: string): boolean =>
  address.startsWith('127.') || address === '::1' || address.startsWith('::ffff:127.')

/** What root inside becomes once it is out. */
export function hostPower(view: HostView): string {
  if (view.host.rootless === true) return 'the user who runs the engine'
  return 'root on the host'
}
