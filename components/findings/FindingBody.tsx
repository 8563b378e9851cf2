'use client'

import type { Finding } from '@/lib/exposure/types'
import { spellOut } from '@/lib/graph/text'
import { useWords } from '@/components/page-state'
import { CodeBlock } from '@/components/ui/Copy'
import { Tag } from '@/components/ui/Facts'
import { FindingPath } from './FindingPath'
import { Said } from '@/components/Said'

/** What was found, how it is known, and what to type. */
export function FindingBody({ finding }: { finding: Finding }) {
  const words = useWords().findings
  const { message, evidence, fix, references, confidence, suppressed, path } = finding
  return (
    <div className="space-y-3 text-xs">
      <p className="text-sm text-ink">
        <Said text={message} />
      </p>
      {path !== undefined && <FindingPath path={path} />}
      {suppressed !== null && (
        <p className="text-muted">
          {words.acceptedBy(suppressed.by, spellOut(suppressed.reason))}
          {suppressed.until !== null && ` ${words.until(suppressed.until)}`}
        </p>
      )}
      {evidence.length > 0 && (
        <dl className="space-y-1 rounded-md border border-line bg-sunken px-3 py-2 font-mono text-2xs">
          {evidence.map(({ field, value }, index) => (
            <div key={`${field} ${index}`} className="break-words">
              <dt className="inline text-faint">{spellOut(field)}</dt>{' '}
              <dd className="inline text-ink">{spellOut(value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {fix.podman !== null && (
        <div>
          <h4 className="mb-1 font-medium text-muted">{words.fixPodman}</h4>
          <CodeBlock code={fix.podman} what={words.podmanFix} />
        </div>
      )}
      {fix.quadlet !== null && (
        <div>
          <h4 className="mb-1 font-medium text-muted">{words.fixQuadlet}</h4>
          <CodeBlock code={fix.quadlet} what={words.quadletFix} />
        </div>
      )}
      <p className="flex flex-wrap items-center gap-1.5 text-2xs text-faint">
        <Tag tone={confidence === 'high' ? 'plain' : 'unknown'}>{words.confidences[confidence]}</Tag>
        {references.map(reference => (
          <span key={reference}>{reference}</span>
        ))}
      </p>
    </div>
  )
}
