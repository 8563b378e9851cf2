import type { Known, ProbeFacts } from './types'

/** A fact and where it was read. */
export const known = <T>(value: T, source: string): Known<T> => ({ known: true, value, source })

/** No fact, and why. */
export const unknown = (because: string): { known: false; because: string } => ({ known: false, because })

/** The facts of an engine of whose kernel nothing can be said; `reason` is a sentence for people. */
export const noProbe = (reason: string): ProbeFacts => ({
  available: false,
  reason,
  hostNetns: null,
  hostNetnsIsOwn: false,
  interfaces: unknown(reason),
  routes: unknown(reason),
  forwarding: unknown(reason),
  unprivilegedPortStart: unknown(reason),
  firewall: unknown(reason),
  hostListeners: unknown(reason),
  listenersByNetns: {},
})
