/** Makes the files; loaded when somebody wants one. */
import type { Format } from '@/lib/client/export-format'
import { pageClock } from '@/lib/client/clock'
import { staleBecause } from '@/lib/client/freshness'
import type { PageState } from '@/lib/client/store'
import type { Theme } from '@/lib/client/theme'
import { toDot } from '@/lib/export/dot'
import { fileName } from '@/lib/export/file-name'
import { toMermaid } from '@/lib/export/mermaid'
import { legend } from '@/lib/graph/legend'
import { buildScene } from '@/lib/graph/scene'
import { toSvg } from '@/lib/graph/svg/svg'
import type { Topology } from '@/lib/topology/types'
import { bitmapOf } from './bitmap'

export interface Wanted {
  state: PageState
  /** The hosts in sight. */
  topology: Topology
  theme: Theme
  /** How much the filter leaves; null while there is none. */
  counts: string | null
  /** Whether the map is on the screen; else one is drawn for the file. */
  isMap: boolean
}

const NOTHING_FOUND = { findings: [], notExamined: [] }

/** What a picture has to say of itself when it hangs on a wall a month later. */
function notesOf({ state, topology, counts }: Wanted, time: string): string[] {
  const { take, page } = state.words
  const stale = staleBecause(state.stream, topology.hosts, state.ages, pageClock.now(), page.freshness)
  return [
    take.asOf(time),
    ...(stale === null ? [] : [take.notCurrent(stale.problem)]),
    ...(state.held === null ? [] : [take.paused]),
    ...(counts === null ? [] : [take.filter(state.url.filter, counts)]),
  ]
}

function svgOf(wanted: Wanted, time: string): string {
  const { state, topology, theme, isMap } = wanted
  const drawn = isMap ? state.drawn : null
  const scene =
    drawn?.scene ??
    buildScene(topology, state.findings ?? NOTHING_FOUND, { aspect: 16 / 9, words: state.words.map.drawn })
  const title = `Podwire: ${topology.hosts.map(host => host.name).join(', ')}`
  return toSvg(scene, legend(theme, state.words.legend), {
    title,
    notes: notesOf(wanted, time),
    theme,
    overlay: drawn?.overlay ?? null,
    lit: drawn?.kept ?? null,
  })
}

async function csvOf({ state }: Wanted): Promise<string> {
  const host = state.url.host === null ? '' : `&host=${encodeURIComponent(state.url.host)}`
  const answer = await fetch(`/api/v1/findings?format=csv${host}`)
  if (!answer.ok) throw new Error(`${answer.status} ${answer.statusText}`)
  return answer.text()
}

/** One file of the page's content as it stands, under a name that says whose and when. */
export async function make(format: Format, wanted: Wanted): Promise<{ name: string; blob: Blob }> {
  const time = new Date().toISOString()
  const file = (what: string, extension: string, content: string | Blob, type: string) => ({
    name: fileName(
      wanted.topology.hosts.map(host => host.name),
      what,
      time,
      extension,
    ),
    blob: content instanceof Blob ? content : new Blob([content], { type: `${type};charset=utf-8` }),
  })
  switch (format) {
    case 'svg':
      return file('map', 'svg', svgOf(wanted, time), 'image/svg+xml')
    case 'png':
      return file('map', 'png', await bitmapOf(svgOf(wanted, time)), 'image/png')
    case 'json':
      return file('topology', 'json', `${JSON.stringify(wanted.topology, null, 2)}\n`, 'application/json')
    case 'csv':
      return file('findings', 'csv', await csvOf(wanted), 'text/csv')
    case 'mermaid':
      return file('topology', 'mmd', toMermaid(wanted.topology), 'text/plain')
    case 'dot':
      return file('topology', 'dot', toDot(wanted.topology), 'text/plain')
  }
}
