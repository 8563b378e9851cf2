/** A change in words. */
import type { Change, ChangeDetail } from '@/lib/client/changes'
import { endpointText } from '@/lib/client/ports'
import type { Words } from '@/lib/client/words/catalogue'

export type ChangeSign = keyof Words['changes']['signs']

export function signOf(detail: ChangeDetail): ChangeSign {
  switch (detail.what) {
    case 'appeared':
    case 'opened':
      return 'added'
    case 'vanished':
    case 'closed':
      return 'removed'
    case 'recreated':
    case 'renamed':
    case 'state':
    case 'joined':
    case 'left':
    case 'isolation':
    case 'status':
      return 'changed'
    case 'finding':
      return detail.was === null ? 'found' : 'changed'
    case 'cleared':
      return 'cleared'
  }
}

/** What the changed thing is called: a door by its address, everything else by its name. */
export function nameOf({ ref, name, detail }: Change): string {
  if (detail.what !== 'opened' && detail.what !== 'closed') return ref.kind === 'port' ? endpointText(ref) : name
  const { port, last } = detail
  const text = endpointText(ref)
  return last === port.hostPort ? text : text.replace(/\d+(?=\/\w+$)/, `${port.hostPort}–${last}`)
}

/** A value of the engine in the reader's language, where there is a word for it. */
const wordFor = (table: Readonly<Record<string, string>>, value: string): string =>
  Object.hasOwn(table, value) ? (table[value] ?? value) : value

/** "running, unhealthy": the state is a word of the table, the health is not. */
const stateWord = (states: Readonly<Record<string, string>>, text: string): string =>
  text
    .split(', ')
    .map(part => wordFor(states, part))
    .join(', ')

/** What happened, after the name; "" when the sign says it all. */
export function tell({ name, detail }: Change, { changes, values, rules }: Words): string {
  switch (detail.what) {
    case 'appeared':
    case 'vanished':
      return ''
    case 'recreated':
      return changes.recreated
    case 'renamed':
      return changes.renamed(detail.was, name)
    case 'state':
      return changes.state(stateWord(values.states, detail.was), stateWord(values.states, detail.is))
    case 'joined':
      return changes.joined(detail.network)
    case 'left':
      return changes.left(detail.network)
    case 'opened':
      return changes.opened(detail.to)
    case 'closed':
      return changes.closed(detail.to)
    case 'isolation':
      return changes.isolation(wordFor(values.isolation, detail.was), wordFor(values.isolation, detail.is))
    case 'status':
      return changes.status(values.statuses[detail.was], values.statuses[detail.is])
    case 'finding': {
      const title = rules[detail.ruleId] ?? detail.title
      const { was, severity } = detail
      return was === null ? title : `${title}, ${changes.severity(values.severities[was], values.severities[severity])}`
    }
    case 'cleared':
      return rules[detail.ruleId] ?? detail.title
  }
}
