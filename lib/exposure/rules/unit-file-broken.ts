import { NO_FIX } from '../fix'
import { QUADLET } from '../references'
import { hostSubject, listed } from '../subjects'
import type { Rule } from '../types'
import { type Declared, declaredOn, isMissingNetwork, problemEvidence, unitResult } from '../units'
import { sentences } from '../words'

export const unitFileBroken: Rule = {
  id: 'unit-file-broken',
  title: 'Quadlet file that is not taken',
  severity: 'low',
  when:
    'Podman makes no service of a quadlet file, or one that does not start: an unknown key, a line that is none, a part ' +
    'that is missing. A file whose text is refused takes all files of its folder with it. info for a file that Podwire may ' +
    'not read.',
  fix: 'Write the line in the form that is accepted, and see what /usr/libexec/podman/quadlet -dryrun says.',
  falsePositives: null,
  references: [QUADLET],
  enabledByDefault: true,
  examine(view) {
    const result = unitResult(view)
    const all = declaredOn(view)
    for (const one of all) {
      const { unit } = one
      const own = unit.problems.filter(problem => !isMissingNetwork(problem) && problem.besideRefused !== true)
      const [worst] = own
      if (worst === undefined) continue
      const isUnread = own.every(({ effect }) => effect === 'unread')
      result.hits.push({
        subject: hostSubject(view),
        severity: isUnread ? 'info' : unitFileBroken.severity,
        confidence: 'high',
        message: sentences(
          `${unit.path}: ${listed(own.map(problem => problemEvidence(problem).value))}.`,
          follows(one),
          besides(one, all),
          one.there.present === 'yes' && !one.counts ? 'What runs was made before.' : '',
        ),
        evidence: own.map(problemEvidence),
        fix: NO_FIX,
      })
    }
    return result
  },
}

function follows({ unit, counts }: Declared): string {
  if (unit.problems.some(({ effect }) => effect === 'skipped')) return 'Podman makes no service of it.'
  if (!counts) return ''
  if (unit.problems.some(({ effect }) => effect === 'fails')) return 'Its service does not start.'
  return 'It is started without that.'
}

/** Files that are skipped because this one cannot be read. */
function besides({ unit }: Declared, all: readonly Declared[]): string {
  const names = all.flatMap(({ unit: other }) =>
    other.problems.some(({ besideRefused, file }) => besideRefused === true && file === unit.path) ? other.name : [],
  )
  return names.length === 0 ? '' : `With it, Podman skips ${listed(names)}.`
}
