import { isIP } from 'node:net'
import * as z from 'zod'
import { cut, maxName } from '../text'
import { or, textOrNull } from '../tolerant'
import type { ContainerState } from '../types'

/** A full container, pod or network id. */
export const fullId = z.string().regex(/^[0-9a-f]{64}$/, 'not a 64-digit id')

/** An id where "" means none. */
export const optionalId = or(z.union([z.literal(''), fullId]), '').transform(id => (id === '' ? null : id))

export const name = z.string().transform(value => cut(value, maxName))

/** "" and Go's "<nil>" mean none: https://github.com/containers/podman/pull/28705 */
export const optionalAddress = or(z.string(), '')
  .transform(value => (value === '<nil>' ? '' : value))
  .refine(value => value === '' || isIP(value) !== 0, 'not an address')
  .transform(value => (value === '' ? null : value))

/** Processes that do not run have pid 0. */
export const optionalPid = or(z.int().min(0), 0).transform(pid => (pid === 0 ? null : pid))

const isoOf = (milliseconds: number): string | null => {
  // Go's zero time is the year 1, and Podman's "never" is sometimes the epoch.
  if (!Number.isFinite(milliseconds) || milliseconds <= 0 || milliseconds > 8.64e15) return null
  return new Date(milliseconds).toISOString()
}

/** ISO text (inspect, networks, `Created` of the list) or unix seconds (`StartedAt` of the list); ISO 8601 in UTC, or null. */
export const time = or(z.union([z.string().max(64), z.number()]), '').transform(value =>
  isoOf(typeof value === 'number' ? value * 1000 : Date.parse(value)),
)

const states: ReadonlyMap<string, ContainerState> = new Map<string, ContainerState>([
  // What the 4.0 source calls it inside, https://github.com/containers/podman/blob/v4.3.1/libpod/define/containerstate.go
  ['configured', 'created'],
  ['created', 'created'],
  ['initialized', 'initialized'],
  ['running', 'running'],
  ['paused', 'paused'],
  ['stopping', 'stopping'],
  ['stopped', 'stopped'],
  ['exited', 'exited'],
  ['removing', 'removing'],
])

/** A state that is not known here ("bad state", or a future one) is `unknown`. */
export const containerState = or(z.string(), '').transform((value): ContainerState => states.get(value) ?? 'unknown')

/** "healthy", "unhealthy", "starting"; "" without a healthcheck. */
export const health = textOrNull(32)
