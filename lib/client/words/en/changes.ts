/** What changed: the list, and the past on the map. Titles of findings are in the table of rules. */

/** What became of a thing, beside a shape. */
const signs = {
  added: 'added',
  removed: 'removed',
  changed: 'changed',
  found: 'new finding',
  cleared: 'finding gone',
}

export const changes = {
  title: 'What changed',
  newOnes: (count: number) => `${count} new`,
  reading: 'Nothing was read yet.',
  /** Where the memory begins, and where it is kept. */
  since: (time: string) =>
    `Since ${time}, when this page was opened. Earlier changes are not known: the page remembers them, the server does not.`,
  none: 'Nothing changed.',
  nothingNew: (time: string) => `Nothing changed since you last looked, at ${time}.`,
  sinceLooked: (time: string) => `Since you last looked, at ${time}`,
  seen: 'Seen before',
  oldestGone: (count: number) => `Only the last ${count} changes are kept.`,
  more: (count: number) => `${count} older`,
  signs,
  show: (name: string, sign: string) => `${name}, ${sign}: before and after on the map`,
  notKept: 'The pictures of then are no longer kept.',
  recreated: 'created anew under the same name',
  renamed: (was: string, is: string) => `name: ${was} → ${is}`,
  state: (was: string, is: string) => `${was} → ${is}`,
  joined: (network: string) => `joined network ${network}`,
  left: (network: string) => `left network ${network}`,
  opened: (to: string) => `opened, leads to ${to}`,
  closed: (to: string) => `closed, led to ${to}`,
  isolation: (was: string, is: string) => `isolation: ${was} → ${is}`,
  status: (was: string, is: string) => `connection: ${was} → ${is}`,
  severity: (was: string, is: string) => `severity: ${was} → ${is}`,
  past: {
    title: 'The past',
    before: 'Before',
    after: 'After',
    side: 'Before or after the change',
    shows: {
      before: (time: string) => `The map shows the past: just before ${time}.`,
      after: (time: string) => `The map shows the past: just after ${time}.`,
    },
    absent: (name: string) => `${name} is not there.`,
    now: 'Back to now',
    toggle: 'before or after (b)',
    map: { before: 'Map of the past, before the change', after: 'Map of the past, after the change' },
  },
}
