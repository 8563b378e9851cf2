'use client'

import { readProblem } from '@/lib/client/problem'
import type { Host } from '@/lib/topology/types'
import { CodeBlock } from '@/components/ui/Copy'
import { Notice } from '@/components/ui/Notice'
import { WarningIcon } from '@/components/ui/icons'

/** What is wrong with a host and what to type, from the server's sentence. */
export function Advice({ problem }: { problem: string }) {
  const { advice } = readProblem(problem)
  const commands = advice.filter(({ kind }) => kind === 'command')
  if (advice.length === 0) return null
  return (
    <>
      <p className="first-letter:uppercase">
        {advice.map(({ kind, text }, index) =>
          kind === 'command' ? (
            <code key={`${index} ${text}`} className="font-mono text-xs text-ink">
              {text}
            </code>
          ) : (
            <span key={`${index} ${text}`}>{text}</span>
          ),
        )}
      </p>
      {commands.map(({ text }) => (
        <CodeBlock key={text} code={text} what="the command" />
      ))}
    </>
  )
}

/** A host that was never read: there is nothing to draw. */
export function UnreachableHost({ host }: { host: Host }) {
  const problem = host.problem ?? 'This host cannot be read'
  return (
    <Notice icon={WarningIcon} title={readProblem(problem).headline}>
      <p>
        Podwire keeps trying to read <strong className="font-medium text-ink">{host.name}</strong>, and shows it here as
        soon as it can.
      </p>
      <Advice problem={problem} />
    </Notice>
  )
}
