'use client'

import { useState } from 'react'
import { countBySeverity, refOfSubject } from '@/lib/client/findings'
import { groupFindings, type FindingGroup, type Grouping } from '@/lib/exposure/grouping'
import { SEVERITIES } from '@/lib/graph/marks'
import type { Finding, Severity } from '@/lib/exposure/types'
import type { Words } from '@/lib/client/words/catalogue'
import { hostById } from '@/lib/topology/lookup'
import { usePage, usePageStore, useIsStale, useWords } from '@/components/page-state'
import { KIND_ICONS } from '@/components/things'
import { ChevronIcon } from '@/components/ui/icons'
import { FindingBody } from './FindingBody'
import { useFindings } from './use-findings'
import { SeverityMark } from '@/components/signs'
import { Said, useTold } from '@/components/Said'

/** All findings of the hosts in sight, worst first. */
export function FindingsPanel() {
  const findings = useFindings()
  const stale = useIsStale()
  const connected = usePage(state => state.topology !== null)
  const store = usePageStore()
  const hidden = usePage(state => state.url.hideSeverities)
  const grouping = usePage(state => state.url.findingsBy)
  const [withAccepted, setWithAccepted] = useState(false)
  const { findings: words, values, page } = useWords()

  if (findings === null) {
    return (
      <p className="px-4 py-10 text-center text-sm text-muted">{connected ? words.nothingExamined : words.looking}</p>
    )
  }
  const { active, accepted, notExamined, unread } = findings
  const counts = countBySeverity(active)
  const shown = active.filter(({ severity }) => !hidden.includes(severity))
  const toggle = (severity: Severity) =>
    store.setUrl({
      ...store.getState().url,
      hideSeverities: SEVERITIES.filter(one => (one === severity) !== hidden.includes(one)),
    })
  const groupBy = (findingsBy: Grouping) => store.setUrl({ ...store.getState().url, findingsBy })
  return (
    <div className={stale ? 'grayscale' : ''}>
      <h2 className="sr-only">{words.title}</h2>
      <div className="flex flex-wrap gap-1 px-4 pt-3">
        {SEVERITIES.filter(severity => counts[severity] > 0).map(severity => (
          <button
            key={severity}
            type="button"
            aria-pressed={!hidden.includes(severity)}
            title={
              hidden.includes(severity)
                ? words.show(values.severities[severity])
                : words.hide(values.severities[severity])
            }
            onClick={() => toggle(severity)}
            className="inline-flex items-center gap-1.5 rounded-full border border-line px-2 py-0.5 text-2xs font-medium text-ink hover:bg-hover aria-[pressed=false]:border-dashed aria-[pressed=false]:text-faint aria-[pressed=false]:line-through"
          >
            <SeverityMark severity={severity} word={false} />
            {values.counted(counts[severity], severity)}
          </button>
        ))}
      </div>
      <div className="flex items-center justify-between gap-2 px-4 py-2 text-2xs text-faint">
        <span>
          {shown.length < active.length
            ? words.someOf(shown.length, page.findings(active.length))
            : page.findings(active.length)}
          {accepted.length > 0 && words.withAccepted(accepted.length)}
        </span>
        {accepted.length > 0 && (
          <button
            type="button"
            aria-pressed={withAccepted}
            onClick={() => setWithAccepted(!withAccepted)}
            className="mr-auto rounded-sm px-1 font-medium text-muted underline hover:text-ink"
          >
            {withAccepted ? words.hideAccepted : words.showAccepted}
          </button>
        )}
        <label className="flex items-center gap-1">
          {words.by}
          <select
            value={grouping}
            onChange={event => groupBy(event.target.value === 'subject' ? 'subject' : 'cause')}
            className="rounded-sm bg-surface py-0.5 text-2xs font-medium text-muted"
          >
            <option value="cause">{words.cause}</option>
            <option value="subject">{words.thing}</option>
          </select>
        </label>
      </div>
      {shown.length === 0 && (
        <p className="px-4 py-6 text-sm text-muted">{active.length === 0 ? words.none : words.allHidden}</p>
      )}
      {groupFindings(shown, grouping).map(group => (
        <Group key={group.key} group={group} grouping={grouping} />
      ))}
      {withAccepted && accepted.length > 0 && (
        <section aria-label={words.accepted} className="border-t-4 border-double border-line">
          <h3 className="px-4 pt-3 text-xs font-semibold text-muted">{words.accepted}</h3>
          {groupFindings(accepted, grouping).map(group => (
            <Group key={group.key} group={group} grouping={grouping} />
          ))}
        </section>
      )}
      <NotExamined unread={unread.map(({ name }) => words.unread(name))} notes={notExamined} />
    </div>
  )
}

/** A cause that hits everybody must not push the others out of sight. */
const FEW = 5

function Group({ group, grouping }: { group: FindingGroup; grouping: Grouping }) {
  const [worst] = group.findings
  const [all, setAll] = useState(false)
  const openFinding = usePage(state => state.openFinding)
  const isFew = group.findings.length <= FEW + 1
  // One cause is one line; of one thing the worst are shown.
  const first = isFew ? group.findings : group.findings.slice(0, grouping === 'cause' ? 0 : FEW)
  const hidesOpen = openFinding !== null && group.findings.slice(first.length).some(({ id }) => id === openFinding)
  const shown = all || hidesOpen ? group.findings : first
  const SubjectIcon = KIND_ICONS[worst.subject.kind]
  const words = useWords()
  const title = grouping === 'cause' ? (words.rules[worst.ruleId] ?? group.title) : group.title
  return (
    <section className="border-t border-line py-1.5" aria-label={title}>
      <h3 className="flex items-center gap-2 px-4 py-1 text-xs font-semibold text-ink">
        {grouping === 'cause' ? (
          <SeverityMark severity={worst.severity} word={false} />
        ) : (
          <SubjectIcon className="size-3.5 text-muted" />
        )}
        <span className="min-w-0 flex-1">{title}</span>
        <span className="text-2xs font-normal text-faint">{group.findings.length}</span>
      </h3>
      <ul>
        {shown.map(finding => (
          <Item key={finding.id} finding={finding} grouping={grouping} />
        ))}
      </ul>
      {shown.length < group.findings.length && (
        <button
          type="button"
          aria-expanded={false}
          onClick={() => setAll(true)}
          className="w-full py-1 pr-4 pl-9 text-left text-xs text-muted hover:bg-hover hover:text-ink"
        >
          {grouping === 'cause'
            ? listed(group.subjects, words.findings)
            : words.findings.more(group.findings.length - shown.length)}
        </button>
      )}
    </section>
  )
}

/** "a, b and c", "a, b, c, d, e and 4 more" */
function listed(names: readonly string[], { and, andMore }: Words['findings']): string {
  const last = names.at(-1) ?? ''
  if (names.length < 2) return last
  return names.length <= FEW
    ? and(names.slice(0, -1).join(', '), last)
    : andMore(names.slice(0, FEW).join(', '), names.length - FEW)
}

/** The message without the name that stands before it anyway. */
function Preview({ finding: { message, subject } }: { finding: Finding }) {
  const { text, lang } = useTold(message)
  return (
    <span className="min-w-0 truncate text-faint" lang={lang}>
      {text.startsWith(subject.name) ? text.slice(subject.name.length).replace(/^:?\s+/, '') : text}
    </span>
  )
}

/** One finding: opening it selects its subject on the map, and says the rest here. */
function Item({ finding, grouping }: { finding: Finding; grouping: Grouping }) {
  const store = usePageStore()
  const open = usePage(state => state.openFinding === finding.id)
  const host = usePage(state => (state.topology === null ? null : hostById(state.topology, finding.hostId)))
  const several = usePage(state => (state.topology?.hosts.length ?? 0) > 1)
  const { rules } = useWords()
  const toggle = () => {
    store.openFindingOf(open ? null : finding.id)
    if (!open && host !== null) {
      store.select({ hostId: host.id, ref: refOfSubject(host, finding.subject) }, 'findings')
    }
  }
  return (
    <li className={open ? 'bg-hover' : ''}>
      <button
        type="button"
        aria-expanded={open}
        onClick={toggle}
        className="flex w-full items-baseline gap-2 py-1 pr-4 pl-9 text-left text-xs hover:bg-hover"
      >
        <ChevronIcon
          className={`-ml-5 size-3 translate-y-0.5 text-faint transition-transform ${open ? 'rotate-90' : ''}`}
        />
        {grouping === 'cause' ? (
          <span className="shrink-0 font-medium text-accent">{finding.subject.name}</span>
        ) : (
          <span className="inline-flex shrink-0 items-center gap-1.5 font-medium text-ink">
            <SeverityMark severity={finding.severity} word={false} />
            {rules[finding.ruleId] ?? finding.title}
          </span>
        )}
        {several && <span className="shrink-0 text-faint">{host?.name}</span>}
        {!open && <Preview finding={finding} />}
      </button>
      {open && (
        <div className="pt-1 pr-4 pb-3 pl-9">
          <FindingBody finding={finding} />
        </div>
      )}
    </li>
  )
}

function NotExamined({ unread, notes }: { unread: readonly string[]; notes: readonly string[] }) {
  const { notExamined } = useWords().findings
  return (
    <details className="group border-t border-line px-4 py-2 text-xs text-muted">
      <summary className="flex list-none items-center gap-2 py-1 font-semibold">
        <ChevronIcon className="size-3 text-faint transition-transform group-open:rotate-90" />
        {notExamined}
        <span className="font-normal text-faint">{unread.length + notes.length}</span>
      </summary>
      <ul className="mt-1 list-disc space-y-1 pl-8 text-muted">
        {unread.map(host => (
          <li key={host}>{host}</li>
        ))}
        {notes.map(note => (
          <li key={note}>
            <Said text={note} />
          </li>
        ))}
      </ul>
    </details>
  )
}
