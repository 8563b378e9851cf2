/**
 * Which findings an admin accepts: by an annotation of the container, or by the configuration file. An exception that does not
 * hold silences nothing and is told. Accepted findings stay in the report, marked.
 */
import { readClaim, ruleOfAnnotation } from './annotations'
import type { Acceptance, Exception, Finding, Severity, Subject } from './types'
import type { HostView, Member } from './view'

/** What Podwire says of itself. */
export const NEVER_ACCEPTED: ReadonlySet<string> = new Set(['self-exposure'])

type Suppressed = NonNullable<Finding['suppressed']>

/** What is asked about a finding. */
export interface Candidate {
  ruleId: string
  severity: Severity
  subject: Subject
}

/** The exceptions of the file that are in force, by rule. */
export interface InForce {
  today: string
  byRule: ReadonlyMap<string, readonly { exception: Exception; subject: RegExp; host: RegExp }[]>
  /** Why some are not. */
  notes: string[]
}

/** Sorts the file's exceptions out, once for all hosts. */
export function inForce({ today, exceptions, problem }: Acceptance): InForce {
  const byRule = new Map<string, { exception: Exception; subject: RegExp; host: RegExp }[]>()
  const notes: string[] = []
  if (problem !== null) notes.push(`accepted findings: ${problem}; every finding is shown`)
  for (const exception of problem === null ? exceptions : []) {
    const { ruleId, until } = exception
    if (until !== null && until < today) {
      notes.push(`${placeOf(exception)}: the exception for ${ruleId} on ${exception.subject} ended on ${until}`)
      continue
    }
    const known = byRule.get(ruleId) ?? []
    known.push({ exception, subject: pattern(exception.subject), host: pattern(exception.host) })
    byRule.set(ruleId, known)
  }
  return { today, byRule, notes }
}

const placeOf = ({ line }: Exception): string =>
  line === null ? 'configuration file' : `configuration file, line ${line}`

/** `*` is any text, `?` one character, everything else itself. */
function pattern(glob: string): RegExp {
  const escaped = glob.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 'su')
}

/** The exceptions that one host's findings are held against. */
export interface HostAcceptance {
  /** null = nobody accepts it. May add a note. */
  suppressedBy(finding: Candidate): Suppressed | null
  /** Complete once every finding was asked about. */
  notes: string[]
}

/** The annotations of a host, beside what the file says. `rules` are the ids that exist. */
export function acceptanceOf(view: HostView, file: InForce, rules: ReadonlySet<string>): HostAcceptance {
  const notes: string[] = []
  const claims = new Map<string, Suppressed>()
  for (const member of view.members) readAnnotations(member, file.today, rules, claims, notes)
  return {
    notes,
    suppressedBy({ ruleId, severity, subject }) {
      if (NEVER_ACCEPTED.has(ruleId)) return null
      const match = file.byRule
        .get(ruleId)
        ?.find(one => one.subject.test(subject.name) && one.host.test(view.host.name))?.exception
      if (match) return { by: placeOf(match), reason: match.reason, until: match.until }
      const claim = subject.kind === 'container' ? claims.get(keyOf(subject.id, ruleId)) : undefined
      if (claim === undefined) return null
      if (severity !== 'critical') return claim
      notes.push(`${subject.name}: ${claim.by}: what is critical is accepted in the configuration file only`)
      return null
    },
  }
}

const keyOf = (containerId: string, ruleId: string): string => `${containerId} ${ruleId}`

function readAnnotations(
  { container, facts }: Member,
  today: string,
  rules: ReadonlySet<string>,
  claims: Map<string, Suppressed>,
  notes: string[],
): void {
  const say = (key: string, words: string) => {
    notes.push(`${container.name}: annotation ${key}: ${words}`)
  }
  for (const key of facts.unaskedAnnotations) {
    const ruleId = ruleOfAnnotation(key)
    if (ruleId !== null && rules.has(ruleId))
      say(key, 'the command that created it does not have it, so it may come from the image and accepts nothing')
  }
  for (const [key, value] of Object.entries(facts.annotations)) {
    const ruleId = ruleOfAnnotation(key)
    if (ruleId === null) continue
    const claim = readClaim(value)
    if (!rules.has(ruleId)) say(key, 'there is no such rule')
    else if (NEVER_ACCEPTED.has(ruleId)) say(key, 'this cannot be accepted')
    else if ('problem' in claim) say(key, `${claim.problem}, so it accepts nothing`)
    else if (claim.until !== null && claim.until < today) say(key, `it ended on ${claim.until}`)
    else claims.set(keyOf(container.id, ruleId), { by: `annotation ${key}`, ...claim })
  }
}
