/**
 * How route handlers find the running server. Next bundles them apart from bin/server.ts, so a module of ours exists twice
 * in one process; globalThis is what both share (https://github.com/vercel/next.js/issues/69544).
 */
import type { Auth } from './auth'
import type { Hub } from './types'

export interface Running {
  hub: Hub
  auth: Auth
  /** For failures that no caller can mend: into the log. */
  onError(error: unknown): void
}

const KEY = Symbol.for('podwire.hub')

interface Shared {
  [KEY]?: Running
}
const shared: typeof globalThis & Shared = globalThis

export function setRunning(running: Running | null): void {
  if (running) shared[KEY] = running
  else delete shared[KEY]
}

/** null outside of a started server: during `next build`, for one. */
export const getRunning = (): Running | null => shared[KEY] ?? null
