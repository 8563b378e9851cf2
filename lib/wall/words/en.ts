import { plural } from '@/lib/client/age'
import { legend } from '@/lib/client/words/en/legend'
import { page } from '@/lib/client/words/en/page'
import { rules } from '@/lib/client/words/en/rules'
import { MAP_WORDS } from '@/lib/graph/map-words'
import type { Severity } from '@/lib/exposure/types'
import { capital, portOf } from './change'
import type { WallTexts } from '../texts'
import type { WallChange } from '../ticker'

const SEVERITY_WORDS: Record<Severity, string> = {
  critical: 'critical',
  high: 'high',
  medium: 'medium',
  low: 'low',
  info: 'info',
}

function changeInEnglish({ name, kind, detail }: WallChange): string {
  switch (detail.what) {
    case 'appeared':
      return kind === 'network' ? `Network ${name} is new` : `${name} is new`
    case 'vanished':
      return kind === 'network' ? `Network ${name} is gone` : `${name} is gone`
    case 'recreated':
      return `${name} was created anew`
    case 'renamed':
      return `${detail.was} is now ${name}`
    case 'state':
      return `${name} is ${detail.is}`
    case 'joined':
      return `${name} joined ${detail.network}`
    case 'left':
      return `${name} left ${detail.network}`
    case 'opened':
      return `Port ${portOf(detail)} opened to ${detail.to}`
    case 'closed':
      return `Port ${portOf(detail)} to ${detail.to} closed`
    case 'isolation':
      return `Isolation of ${name} is ${detail.is}`
    case 'status':
      return `${name} is ${detail.is}`
    case 'finding':
      return `${capital(SEVERITY_WORDS[detail.severity])}: ${detail.title} (${name})`
    case 'cleared':
      return `Over: ${detail.title} (${name})`
  }
}

const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' })
const number = new Intl.NumberFormat('en')

export const en: WallTexts = {
  language: 'en',
  legend,
  rules,
  page,
  map: MAP_WORDS,
  number: n => number.format(n),
  clock: time => clock.format(time),
  doors: (n, more) => (n === 1 && !more ? 'door to the outside' : 'doors to the outside'),
  made: ({ published, listening, hostMode, onLan }) => [
    `${published} published`,
    listening === null ? 'host’s own unknown' : `${listening} on the host itself`,
    ...(hostMode === 0 ? [] : [`${hostMode} in host mode`]),
    ...(onLan === 0 ? [] : [`${onLan} on the LAN`]),
  ],
  outside: 'From outside',
  noDoors: 'No port is open to the outside.',
  unknownDoors: 'No published port. What the host listens on is unknown.',
  moreDoors: n => `+${plural(n, 'more door')}`,
  published: 'published',
  unsure: 'unknown whether it is passed on',
  unknownListener: 'unknown process',
  severity: (severity, n) => `${n} ${SEVERITY_WORDS[severity]}`,
  noFindings: 'Nothing was found',
  notExamined: n => `${plural(n, 'thing')} not examined`,
  size: (containers, running, networks, declared) => [
    ...(declared === 0
      ? []
      : [
          `${plural(containers, 'container')}, ${running} running, in ${plural(networks, 'network')}; ${declared} more declared`,
        ]),
    `${plural(containers, 'container')}, ${running} running, in ${plural(networks, 'network')}`,
    `${plural(containers, 'container')}, ${plural(networks, 'network')}`,
    plural(containers, 'container'),
  ],
  boxes: {
    residents: 'Host mode',
    pivots: 'On several networks',
    engines: 'Engines inside',
    uplinks: 'Own uplink',
    none: 'No network',
    path: 'Namespace by path',
    unplaced: 'No known network',
  },
  moreChips: n => `+${n}`,
  moreBoxes: (boxes, containers) => [
    `${boxes} more, with ${plural(containers, 'container')}`,
    `${boxes} more, ${plural(containers, 'container')}`,
    `${boxes} more`,
  ],
  live: age => [`Live, read ${age} ago`, `Live, ${age} old`, `Live, ${age}`],
  polling: age => [`On a timer, read ${age} ago`, `Timed, ${age} old`],
  reconnecting: seconds => (seconds > 0 ? [`Reconnecting in ${seconds} s`, `Back in ${seconds} s`] : ['Reconnecting']),
  connecting: 'Connecting',
  ended: 'Ended',
  stale: 'Not live',
  staleAge: age => `Not live: ${age} old`,
  lastGood: 'This is the last good picture.',
  changes: 'Changes',
  noChanges: since => `No change since ${since}`,
  change: changeInEnglish,
  reading: 'Reading the hosts',
  noServer: 'Podwire does not answer. This screen keeps trying.',
  noHosts: 'No Podman was found',
  noSuchHost: host => `There is no host ${host}`,
  unreachable: host => `${host} cannot be read`,
  demo: 'Demo: a recording, not your machine',
  broken: 'This screen broke. It starts again by itself.',
  signedOut: 'This screen is signed out. Open /wall#token=… again.',
  position: (nth, of) => `${nth} of ${of}`,
  title: host => `${host} – Podwire wall`,
}
