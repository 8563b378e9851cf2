'use client'

import { useWords } from '@/components/page-state'
import { useTold } from '@/components/Said'
import { readProblem } from '@/lib/client/problem'
import type { Host } from '@/lib/topology/types'
import { CodeBlock, Copy } from '@/components/ui/Copy'
import { Notice } from '@/components/ui/Notice'
import { WarningIcon } from '@/components/ui/notice-icons'

/** What is wrong and what to do, in one line. */
export function ProblemLine({ problem }: { problem: string }) {
  const said = useTold(problem)
  const { headline, advice } = readProblem(said.text)
  return (
    <>
      <span lang={said.lang}>{headline}</span>
      {advice.length === 0 ? '.' : ': '}
      <Advice problem={problem} />
    </>
  )
}

/** What to do, from the server's sentence: commands stand in the line, each with its copy button. */
export function Advice({ problem }: { problem: string }) {
  const { command } = useWords().screens
  const said = useTold(problem)
  const { advice } = readProblem(said.text)
  if (advice.length === 0) return null
  return (
    <span>
      {advice.map(({ kind, text }, index) =>
        kind === 'command' ? (
          <span key={`${index} ${text}`} className="whitespace-nowrap">
            <code className="rounded-sm border border-line bg-sunken px-1 py-0.5 font-mono whitespace-normal text-ink">
              {text}
            </code>
            <Copy text={text} what={command} />
          </span>
        ) : (
          <span key={`${index} ${text}`} lang={said.lang}>
            {text}
          </span>
        ),
      )}
    </span>
  )
}

/** A host that was never read: there is nothing to draw. */
export function UnreachableHost({ host }: { host: Host }) {
  const { unreachable, command } = useWords().screens
  const problem = host.problem ?? unreachable.problem
  const said = useTold(problem)
  const { headline, advice } = readProblem(said.text)
  const commands = advice.filter(({ kind }) => kind === 'command')
  return (
    <Notice icon={WarningIcon} title={headline}>
      <p>
        {unreachable.before} <strong className="font-medium text-ink">{host.name}</strong>, {unreachable.after}
      </p>
      {advice.length > 0 && (
        <p className="first-letter:uppercase" lang={said.lang}>
          {advice.map(({ kind, text }, index) => (
            <span key={`${index} ${text}`} className={kind === 'command' ? 'font-mono text-xs text-ink' : ''}>
              {text}
            </span>
          ))}
        </p>
      )}
      {commands.map(({ text }) => (
        <CodeBlock key={text} code={text} what={command} />
      ))}
    </Notice>
  )
}
