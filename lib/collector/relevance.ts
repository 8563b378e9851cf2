import type { EngineEvent } from '@/lib/podman/types'

/**
 * What an event is a hint of. Events are hints only: they may be lost, doubled, or out of order, so what they name is read
 * again rather than believed.
 */
export type Hint =
  | { kind: 'container'; id: string }
  /** Removed: the list will not name it any more, and there is nothing to inspect. */
  | { kind: 'gone'; id: string }
  | { kind: 'pods' }
  | { kind: 'networks' }
  /** Perhaps something in the list changed; there may be many of these, so they must stay cheap. */
  | { kind: 'list' }
  /** Something was said that was not understood. */
  | { kind: 'everything' }

/** https://github.com/containers/podman/blob/v5.8.2/libpod/events/config.go */
const CONTAINER_ACTIONS: ReadonlySet<string> = new Set([
  'checkpoint',
  'cleanup',
  'create',
  'died',
  'init',
  'kill',
  'pause',
  'rename',
  'restart',
  'restore',
  'start',
  'stop',
  'sync',
  'unpause',
  'update',
])

/** The hint in an event; null when it cannot have changed what a snapshot holds (exec, attach, pull, …). */
export function hintOf(event: EngineEvent | 'malformed'): Hint | null {
  if (event === 'malformed') return { kind: 'everything' }
  const { type, action, id } = event
  // Some backends lose ids on the way.
  const container = (): Hint => (id === '' ? { kind: 'everything' } : { kind: 'container', id })
  if (type === 'pod') return { kind: 'pods' }
  if (type === 'network') {
    // Their subject is the container: https://github.com/containers/podman/blob/v5.8.2/libpod/events.go
    return action === 'connect' || action === 'disconnect' ? container() : { kind: 'networks' }
  }
  if (type !== 'container') return null
  if (action === 'remove') return { kind: 'gone', id }
  if (CONTAINER_ACTIONS.has(action)) return container()
  // Comes with every run of every health check, whether health changed or not.
  return action === 'health_status' ? { kind: 'list' } : null
}
