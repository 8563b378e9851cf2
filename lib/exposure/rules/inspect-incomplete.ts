import type { Container } from '@/lib/topology/types'
import { command } from '../fix'
import { subjectOf } from '../subjects'
import type { Rule, RuleHit } from '../types'
import type { HostView } from '../view'

export const inspectIncomplete: Rule = {
  id: 'inspect-incomplete',
  title: 'Not read completely',
  severity: 'info',
  when:
    "The engine's answer about a container failed, had a field that could not be understood, or names a namespace that does " +
    'not exist. No other rule is run on it: it is unknown, not clean. Where an earlier answer is known, the others judge that.',
  fix: 'Ask the engine by hand, and report what it answers.',
  falsePositives: null,
  references: ['https://github.com/containers/podman/issues/9234'],
  enabledByDefault: true,
  examine: view => ({
    hits: [
      ...view.unexamined.map(({ container, reasons }) =>
        hitOf(view, container, 'could not be examined', reasons.join('; '), 'Its exposure is unknown.'),
      ),
      ...view.members.flatMap(({ container, facts }) =>
        facts.outdated
          ? [hitOf(view, container, 'was read earlier', facts.outdated, 'Its findings are those of the last answer.')]
          : [],
      ),
    ],
    unknown: [],
  }),
}

function hitOf(view: HostView, container: Container, what: string, why: string, so: string): RuleHit {
  const subject = subjectOf(view, container)
  return {
    subject,
    severity: inspectIncomplete.severity,
    confidence: 'high',
    message: `${subject.name} ${what}: ${why}. ${so}`,
    evidence: [{ field: `GET /containers/${container.name}/json`, value: why }],
    fix: { podman: command('podman', 'container', 'inspect', container.name), quadlet: null },
  }
}
