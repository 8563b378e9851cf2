import { command } from '../fix'
import { subjectOf } from '../subjects'
import type { Rule } from '../types'

export const inspectIncomplete: Rule = {
  id: 'inspect-incomplete',
  title: 'Not read completely',
  severity: 'info',
  when:
    "The engine's answer about a container failed, had a field that could not be understood, or names a namespace that does " +
    'not exist. No other rule is run on it: it is unknown, not clean.',
  fix: 'Ask the engine by hand, and report what it answers.',
  falsePositives: null,
  references: ['https://github.com/containers/podman/issues/9234'],
  enabledByDefault: true,
  examine: view => ({
    hits: view.unexamined.map(one => {
      const subject = subjectOf(view, one.container)
      return {
        subject,
        severity: inspectIncomplete.severity,
        confidence: 'high',
        message: `${subject.name} could not be examined: ${one.reasons.join('; ')}. Its exposure is unknown.`,
        evidence: [{ field: `GET /containers/${one.container.name}/json`, value: one.reasons.join('; ') }],
        fix: { podman: command('podman', 'container', 'inspect', one.container.name), quadlet: null },
      }
    }),
    unknown: [],
  }),
}
