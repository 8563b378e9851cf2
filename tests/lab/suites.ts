/** The Debian suites whose Podman the lab runs, and where their roots lie (make-root.sh makes them). */
import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'

export type Suite = 'bookworm' | 'trixie' | 'sid' | 'experimental'

/** First part of the version that each suite is there for. */
export const GENERATIONS: Record<Suite, string> = { bookworm: '4.3.', trixie: '5.4.', sid: '5.', experimental: '6.' }

/** What runs each time. The mirror may move on from the last one, which is then skipped by name; the others must run. */
export const SUITES: readonly Suite[] = ['bookworm', 'trixie', 'experimental']

export const cacheFolder = (): string => process.env.PODWIRE_LAB_CACHE ?? join(homedir(), '.cache', 'podwire', 'lab')

export const rootOf = (suite: Suite): string => join(cacheFolder(), suite)

export const isReady = (suite: Suite): boolean => existsSync(join(rootOf(suite), 'lab', 'recipe'))
