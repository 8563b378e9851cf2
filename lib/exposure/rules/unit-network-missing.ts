import type { UnitProblem } from '@/lib/quadlet/types'
import { NO_FIX } from '../fix'
import { QUADLET } from '../references'
import { hostSubject, listed } from '../subjects'
import type { Rule } from '../types'
import { type Declared, declaredOn, isMissingNetwork, problemEvidence, unitResult } from '../units'

export const unitNetworkMissing: Rule = {
  id: 'unit-network-missing',
  title: 'Declared on a network that nobody defines',
  severity: 'low',
  when:
    'A quadlet names a .network or .container file that is not there, or a network by its name that neither the engine has ' +
    'nor a file declares. It cannot start.',
  fix: 'Write the file, or name a network that is there.',
  falsePositives: 'Networks that something else makes before the unit starts.',
  references: [QUADLET],
  enabledByDefault: true,
  examine(view) {
    const result = unitResult(view)
    const wasRead = view.host.status !== 'unreachable'
    const defined = new Set([
      ...view.host.networks.map(({ name }) => name),
      ...declaredOn(view).flatMap(({ unit, counts }) =>
        unit.kind === 'network' && counts ? (unit.resource ?? []) : [],
      ),
    ])
    for (const one of declaredOn(view)) {
      const missing = one.unit.problems.filter(isMissingNetwork)
      if (one.counts && wasRead) missing.push(...unnamed(one, defined))
      if (missing.length === 0) continue
      result.hits.push({
        subject: hostSubject(view),
        severity: unitNetworkMissing.severity,
        confidence: 'high',
        message: `${one.unit.path}: ${listed(missing.map(problem => problemEvidence(problem).value))}. ${ends(one)}`,
        evidence: missing.map(problemEvidence),
        fix: NO_FIX,
      })
    }
    return result
  },
}

const ends = ({ there, counts }: Declared): string => {
  if (there.present === 'yes') return 'What runs was made before, and does not start again.'
  return counts ? 'Its service does not start.' : 'Podman makes no service of it.'
}

/** Networks by name that nobody has. */
function unnamed({ unit }: Declared, defined: ReadonlySet<string>): UnitProblem[] {
  return unit.networks.flatMap(({ value, name, at }): UnitProblem[] => {
    if (value.kind !== 'network' || name === null || defined.has(name)) return []
    const message = `there is no network ${name}`
    return [
      { file: at.file, line: at.line, message, accepted: 'the name of a network, or NAME.network', effect: 'fails' },
    ]
  })
}
