'use client'

import { findingsOf, isActive } from '@/lib/client/findings'
import type { Resolved } from '@/lib/topology/lookup'
import type { Host } from '@/lib/topology/types'
import { usePage, useWords } from '@/components/page-state'
import { ChevronIcon } from '@/components/ui/icons'
import { Section } from '@/components/ui/Facts'
import { FindingBody } from './FindingBody'
import { SeverityMark } from '@/components/signs'

/** The findings that concern the selected thing; says so when nobody looked. */
export function SubjectFindings({ host, thing }: { host: Host; thing: Resolved }) {
  const report = usePage(state => state.findings)
  const words = useWords()
  if (report === null || thing.kind === 'interface' || thing.kind === 'segment') return null
  const findings = findingsOf(report.findings, host, thing).filter(isActive)
  if (findings.length === 0) return null
  return (
    <Section title={words.findings.title} count={findings.length}>
      <ul className="-mx-2 space-y-0.5">
        {findings.map(finding => (
          <li key={finding.id}>
            <details className="group rounded-md open:bg-hover">
              <summary className="flex list-none items-center gap-2 rounded-md px-2 py-1.5 text-xs hover:bg-hover">
                <SeverityMark severity={finding.severity} word={false} />
                <span className="min-w-0 flex-1 font-medium text-ink">
                  {words.rules[finding.ruleId] ?? finding.title}
                </span>
                <ChevronIcon className="size-3 text-faint transition-transform group-open:rotate-90" />
              </summary>
              <div className="px-2 pt-1 pb-3">
                <FindingBody finding={finding} />
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Section>
  )
}
