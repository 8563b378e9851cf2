/** What really listens, by namespace, and the namespaces of which that is not known. */
import type { Listener, Namespace } from '@/lib/topology/types'
import { listed } from './subjects'
import { isLoopback } from './words'

/** Sockets that somebody beyond the namespace itself can talk to. */
export const outwardListeners = (listeners: readonly Listener[]): Listener[] =>
  listeners.filter(one => !isLoopback(one.address))

/** Collects namespaces without known listeners, and says so in one line per reason. */
export class Unheard {
  readonly #names = new Map<string, string[]>()

  add(name: string, namespace: Namespace): void {
    const reason = namespace.listenersUnknownBecause ?? 'not read'
    const names = this.#names.get(reason)
    if (names) names.push(name)
    else this.#names.set(reason, [name])
  }

  lines(): string[] {
    return [...this.#names].map(([reason, names]) => `what listens in ${listed(names)}: ${reason}`)
  }
}
