/** The frame round everything: top bar, side panel, keys. */
import type { Panel } from '../../store'
import type { ThemeChoice } from '../../theme'
import type { View } from '../../url'

const themes: Record<ThemeChoice, string> = { system: 'as the system', dark: 'dark', light: 'light' }
const views: Record<View, string> = {
  map: 'Map',
  list: 'List of everything',
  matrix: 'Matrix of who can reach whom',
}
const tabs: Record<Panel, string> = { findings: 'Findings', details: 'Details', reach: 'Reach', changes: 'Changes' }

const plural = (count: number, one: string, many = `${one}s`) => `${count} ${count === 1 ? one : many}`

export const shell = {
  hostsShown: 'Hosts shown',
  allHosts: (count: number) => `All ${count} hosts`,
  /** The noun alone: the number stands before it in another type. */
  containers: (count: number) => (count === 1 ? 'container' : 'containers'),
  networks: (count: number) => (count === 1 ? 'network' : 'networks'),
  doorsOutside: (count: number) => (count === 1 ? 'door to outside' : 'doors to outside'),
  containersMore: (running: number) => `${running} of them running; infra containers of pods are not counted`,
  networksMore: 'Networks of the hosts shown',
  publishedDoors: (count: number) =>
    `${plural(count, 'published port or range', 'published ports and ranges')} on other addresses than loopback`,
  listeningDoors: (count: number) => `${plural(count, 'port')} that the host itself listens on`,
  listeningUnknown: (because: string) => `what listens on the host itself is unknown: ${because}`,
  outside: 'What can be reached from outside (o)',
  view: 'View',
  views,
  theme: (now: string, next: string) => `Theme: ${now}. Switch to ${next}`,
  themes,
  language: (now: string, next: string) => `Language: ${now}. Switch to ${next}`,
  panel: 'Panel',
  panelName: 'Findings, details, reach and changes',
  panelWidth: 'Width of the panel',
  back: 'Back to the picture',
  tabs,
  keys: 'Keys',
  wall: 'Wall display',
  close: 'Close',
  key: {
    search: 'search',
    filter: 'in the search: filter by what is typed',
    keys: 'these keys',
    escape: 'back to now from the past; back from the details; then end the reach, select nothing',
    view: 'map, list or matrix',
    reach: 'reach: who can the selected thing connect to',
    outside: 'outside: what can be reached from there',
    findings: 'findings',
    details: 'details',
    changes: 'changes: what happened since the page was opened',
    side: 'in the past: before or after the change',
    arrows: 'on the map: walk to neighbours',
    enter: 'on the map: open the details, fold or unfold; in the matrix: the way',
    space: 'on the map: select',
    zoom: 'on the map: zoom, and fit again',
    pause: 'pause or resume live updates',
    theme: 'theme',
  },
}
