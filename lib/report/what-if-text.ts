/** What a change would gain and lose, for a terminal. */
import type { PrivateAndHost, ReachChange, Turned, WhatIf } from '@/lib/whatif/types'
import { type Page, SEVERITY_MARK } from './style'
import { printable, printableLines, wrap } from './text'

/** Refusals, or the differences, what is assumed, and the lines that make it. */
export function whatIfText({ target, refusals, outcome }: WhatIf, page: Page): string {
  const { paint } = page
  if (outcome === null)
    return lines([
      `${paint('bold', printable(target))}  ${paint('red', 'cannot exist')}`,
      ...refusals.flatMap(({ because }) => bullet(because, page)),
    ])
  const { difference, remarks } = outcome
  const { doors, listeners, reachedBy, reaches, findings } = difference
  const port = (one: { ref: string }) => one.ref.replace(/^(port|listener):/, '')
  const sections: [title: string, entries: string[]][] = [
    ['Published ports that open', doors.gained.map(one => `${port(one)} → ${one.containerPort}`)],
    ['Published ports that close', doors.lost.map(one => `${port(one)} → ${one.containerPort}`)],
    ['Published, and nothing gets through', doors.dead.map(one => `${port(one)}: ${one.because}`)],
    ['Published, and what gets through is not known', doors.unknown.map(one => `${port(one)}: ${one.because}`)],
    ['Sockets of the host that open', listeners.gained.map(one => socketText(port(one), one.process))],
    ['Sockets of the host that close', listeners.lost.map(one => socketText(port(one), one.process))],
    ['Can reach it then', reachedBy.gained.map(wayText)],
    ['Can reach it no longer', reachedBy.lost.map(wayText)],
    ['Would be reached by it', reaches.gained.map(wayText)],
    ['Would be reached by it no longer', reaches.lost.map(wayText)],
    ['Not decided', undecided(reachedBy, 'from').concat(undecided(reaches, 'to'))],
    [
      'New findings',
      findings.gained.map(({ severity, title }) => `${paint(SEVERITY_MARK[severity], severity)}  ${title}`),
    ],
    [
      'Findings that go',
      findings.lost.map(({ severity, title }) => `${paint(SEVERITY_MARK[severity], severity)}  ${title}`),
    ],
    ['Assumed', remarks.flatMap(({ kind, text }) => (kind === 'assumed' ? text : []))],
    ['Not known', remarks.flatMap(({ kind, text }) => (kind === 'unknown' ? text : []))],
  ]
  const told = sections.filter(([, entries]) => entries.length > 0)
  const changes = told.filter(([title]) => title !== 'Assumed' && title !== 'Not known')
  return lines([
    paint('bold', `What if, for ${printable(target)}`),
    ...(changes.length === 0 ? ['', 'Nothing is gained and nothing is lost.'] : []),
    ...told.flatMap(([title, entries]) => ['', title, ...entries.flatMap(entry => bullet(entry, page))]),
    ...linesText(outcome.lines, page),
  ])
}

/** Both, one after the other. */
export function modesText(both: PrivateAndHost, page: Page): string {
  const title = { host: 'in host mode', private: 'in a namespace of its own', other: 'in another mode' }[both.now]
  return [
    `Now ${title}.\n`,
    `\n${page.paint('bold', 'As private')}\n${whatIfText(both.private, page)}`,
    `\n${page.paint('bold', 'As host')}\n${whatIfText(both.host, page)}`,
  ].join('')
}

const lines = (all: readonly string[]): string => `${all.map(line => line.trimEnd()).join('\n')}\n`

const bullet = (text: string, { width }: Page): string[] =>
  wrap(printable(text), Math.max(20, width - 4)).map((line, index) => `  ${index === 0 ? '- ' : '  '}${line}`)

const socketText = (place: string, process: string | null): string =>
  process === null ? place : `${place} (${process})`

function wayText({ others, ways, because }: ReachChange): string {
  const by = ways.map(way =>
    way.kind === 'direct' ? 'at its own addresses' : `by ${way.ref.replace(/^(port|listener):/, '')}`,
  )
  return `${others.map(({ name }) => name).join(', ')}, ${by.join(', ')}: ${because.join('; ')}`
}

const undecided = ({ unknown }: Turned<ReachChange>, end: 'from' | 'to'): string[] =>
  unknown.map(change => `${end} ${wayText(change)} (was ${change.was}, would be ${change.is})`)

function linesText({ podman, quadlet }: NonNullable<WhatIf['outcome']>['lines'], { paint }: Page): string[] {
  const unsafe = '# a name in it cannot be written safely'
  return [
    '',
    paint('bold', 'Podman'),
    ...printableLines(podman ?? unsafe),
    ...quadlet.flatMap(({ file, text }) => ['', paint('bold', printable(file)), ...printableLines(text ?? unsafe)]),
  ]
}
