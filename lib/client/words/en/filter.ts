/** Filtering and focusing. */
import type { Field, FocusHow } from '../../filter/parse'

const TEXT = 'a text'
const REF = 'a thing, such as container:web'

/** What may stand behind the colon. */
const takes: Record<Field | FocusHow, string> = {
  name: TEXT,
  addr: 'an address or a range, such as 10.89.0.0/24',
  port: 'a number from 1 to 65535, or two with a dash',
  image: TEXT,
  net: 'the name of a network',
  pod: 'the name of a pod',
  label: 'a key, or key=value',
  state: 'a state, such as exited',
  sev: 'critical, high, medium, low or info',
  unit: TEXT,
  host: 'the name of a host',
  is: 'exposed, running, stopped, unhealthy, privileged, hostmode, pivot, internal or declared',
  near: REF,
  near2: REF,
  outside: REF,
  hide: REF,
}
const focusOn: Record<FocusHow, string> = { near: '1 hop', near2: '2 hops', outside: 'Way out', hide: 'Hide' }
const focusMeans: Record<FocusHow, string> = {
  near: 'Show what shares a network with it, and nothing else',
  near2: 'Show also what shares a network with those',
  outside: 'Show its networks and the doors from outside to it',
  hide: 'Leave it out of the picture',
}

export const filter = {
  title: 'Filter',
  conditions: 'Conditions',
  by: (text: string) => `Filter by ${text}`,
  byHint: 'such as port:443 net:frontend is:exposed -state:exited',
  remove: (text: string) => `Remove the filter ${text}`,
  wrong: (text: string, takes: string) => `Nothing matches ${text}: it takes ${takes}.`,
  counts: (matching: number, all: number) => `${matching} of ${all} ${all === 1 ? 'container' : 'containers'}`,
  networks: (count: number) => `${count} ${count === 1 ? 'network' : 'networks'}`,
  doors: (count: number) => `${count} ${count === 1 ? 'port' : 'ports'}`,
  hideOthers: 'Hide the rest',
  clear: 'Clear',
  focus: 'Focus',
  takes,
  focusOn,
  focusMeans,
}
