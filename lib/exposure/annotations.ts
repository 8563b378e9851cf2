/**
 * Exceptions that a container carries: `--annotation io.podwire.ignore/RULE="REASON; until=YYYY-MM-DD"`. The reason is
 * compulsory and holds no semicolon; `; until=` may be left out. Never a label: images set labels.
 */
import { isDay } from './day'

const PREFIX = 'io.podwire.ignore/'
/** lib/podman cuts longer ones, and a cut may take the day with it. */
const MAX_LENGTH = 250

/** The rule that an annotation is about; null when it is none of these. */
export const ruleOfAnnotation = (key: string): string | null =>
  key.startsWith(PREFIX) ? key.slice(PREFIX.length) : null

export type Claim = { reason: string; until: string | null } | { problem: string }

/** Reads the value of one. */
export function readClaim(value: string): Claim {
  if (value.length > MAX_LENGTH) return { problem: `it is longer than ${MAX_LENGTH} characters` }
  const [reason = '', until, ...rest] = value.split(';').map(part => part.trim())
  if (reason === '') return { problem: 'it gives no reason' }
  if (until === undefined) return { reason, until: null }
  const day = /^until=(.*)$/.exec(until)?.[1]
  if (rest.length > 0 || day === undefined || !isDay(day))
    return { problem: 'expected "REASON" or "REASON; until=YYYY-MM-DD"' }
  return { reason, until: day }
}
