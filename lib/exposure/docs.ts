/** docs/rules.md, from the table: what is documented is what runs. */
import type { Rule, Scale } from './types'

const INTRODUCTION = `# Rules

What Podwire warns of, generated from the table in \`lib/exposure/rules/index.ts\`. After a change of the table:
\`npx vitest run lib/exposure/docs.test.ts --update\`.

A severity written \`critical / high\` is that of a rootful / rootless engine; when the engine does not say which it is, the
worse counts, and the finding says so. What does not run is *latent*: one step lower. A container that could not be read is
\`inspect-incomplete\`, and no other rule judges it. A report always lists what was not examined; the host firewall is always
among it. No finding means no finding, not secure.
`

export interface RuleGroup {
  title: string
  rules: readonly Rule[]
}

/** Markdown for a table of rules. */
export function rulesMarkdown(groups: readonly RuleGroup[]): string {
  const index = groups.map(
    ({ title, rules }) => `- ${title}: ${rules.map(rule => `[${rule.id}](#${rule.id})`).join(', ')}`,
  )
  const sections = groups.map(({ title, rules }) => `## ${title}\n\n${rules.map(ruleMarkdown).join('\n')}`)
  return [INTRODUCTION, `${index.join('\n')}\n`, ...sections].join('\n')
}

const severityWords = (severity: Scale) =>
  typeof severity === 'string' ? severity : `${severity.rootful} / ${severity.rootless}`

function ruleMarkdown(rule: Rule): string {
  const lines = [
    `### ${rule.id}`,
    '',
    `**${rule.title}**: ${severityWords(rule.severity)}${rule.enabledByDefault ? '' : ', off unless asked for'}.`,
    '',
    `- When: ${rule.when}`,
    `- Fix: ${rule.fix}`,
    ...(rule.falsePositives === null ? [] : [`- May be meant: ${rule.falsePositives}`]),
    `- See: ${rule.references.map(one => (one.startsWith('https://') ? `<${one}>` : one)).join(', ')}`,
    '',
  ]
  return lines.join('\n')
}
