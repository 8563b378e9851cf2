/** One lane per generation; what its host is made of, and whether it may be missing. */
import { describe } from 'vitest'
import type { User } from './host'
import { isReady, type Suite, SUITES } from './suites'

export interface Lane {
  title: string
  suite: Suite
  user: User
  scenario: 'varied' | 'rootless'
}

export const LANES: readonly Lane[] = SUITES.flatMap((suite): Lane[] => [
  { title: `${suite}, rootful`, suite, user: 'root', scenario: 'varied' },
  { title: `${suite}, rootless`, suite, user: 'dev', scenario: 'rootless' },
])

/** Runs `tests` once per lane. One whose root could not be made is skipped by name; bookworm and trixie then fail instead. */
export function eachLane(lanes: readonly Lane[], tests: (lane: Lane) => void): void {
  for (const lane of lanes) {
    describe.skipIf(lane.suite === 'experimental' && !isReady(lane.suite))(lane.title, () => tests(lane))
  }
}
