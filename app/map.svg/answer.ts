/**
 * GET /map.svg: the map as a picture, without a caption. The page shows it until its live one is there, which is drawn with a
 * hundred times the code. A picture cannot say how old it is, so of a host that is not read at the moment there is none (204).
 */
import { wordsOf } from '@/lib/client/words/catalogue'
import { isLanguage, type Language } from '@/lib/client/words/language'
import type { FindingsReport } from '@/lib/exposure/types'
import type { Theme } from '@/lib/graph/appearance'
import { aspectClass } from '@/lib/graph/aspect'
import type { MapWords } from '@/lib/graph/map-words'
import { shownHosts } from '@/lib/graph/shown'
import { buildScene } from '@/lib/graph/scene'
import { toPlainSvg } from '@/lib/graph/svg/svg'
import type { Call } from '@/lib/server/api/handler'
import { readQuery } from '@/lib/server/api/query'
import { problem, problemResponse } from '@/lib/server/problem'
import type { Topology } from '@/lib/topology/types'

interface Wanted {
  host: string | null
  theme: Theme
  language: Language
  bare: boolean
  aspect: number
}

const THEMES: readonly Theme[] = ['dark', 'light']
const themeOf = (text: string): Theme | undefined => THEMES.find(theme => theme === text)

/** Pictures of the current revision; many pages ask for the same. */
const drawn = new Map<string, string>()
const MOST_DRAWN = 16
let drawnOf: { revision: number; report: FindingsReport } | null = null

function forget(revision: number, report: FindingsReport): void {
  if (drawnOf?.revision === revision && drawnOf.report === report) return
  drawnOf = { revision, report }
  drawn.clear()
}

/** In one go: had it to wait, what it draws could be kept for the revision after. */
function draw(topology: Topology, report: FindingsReport, wanted: Wanted, words: MapWords): string {
  forget(topology.revision, report)
  const key = JSON.stringify(wanted)
  const known = drawn.get(key)
  if (known !== undefined) return known
  const svg = toPlainSvg(buildScene(topology, report, { aspect: wanted.aspect, words }), wanted.theme)
  if (drawn.size < MOST_DRAWN) drawn.set(key, svg)
  return svg
}

/** Pixels of the place that the picture is for: its shape alone counts. */
const SIZE = /^[1-9]\d{0,4}$/

export async function mapAnswer({ hub, url }: Call): Promise<Response> {
  const query = readQuery(url, ['host', 'theme', 'lang', 'declared', 'width', 'height'])
  if (!query.ok) return problemResponse(query.problem)
  const { host = null, theme: asked = 'dark', lang = 'en', declared, width = '16', height = '9' } = query.values
  const theme = themeOf(asked)
  const refuse = (name: string, accepted: string) =>
    problemResponse(problem(400, `Unknown ${name}; accepted: ${accepted}.`, name))
  if (theme === undefined) return refuse('theme', THEMES.join(', '))
  if (!isLanguage(lang)) return refuse('lang', 'en, es')
  if (declared !== undefined && declared !== 'hidden') return refuse('declared', 'hidden')
  if (!SIZE.test(width)) return refuse('width', 'a number of pixels')
  if (!SIZE.test(height)) return refuse('height', 'a number of pixels')
  const bare = declared === 'hidden'
  const { map } = await wordsOf(lang)
  const topology = shownHosts(hub.topology(), host, bare)
  const isCurrent = topology.hosts.every(({ status }) => status === 'live' || status === 'polling')
  const isEmpty = topology.hosts.every(({ containers }) => containers.length === 0)
  if (isEmpty || !isCurrent) return new Response(null, { status: 204 })
  const wanted = { host, theme, language: lang, bare, aspect: aspectClass(Number(width), Number(height)) }
  const svg = draw(topology, hub.findings(), wanted, map.drawn)
  return new Response(svg, { headers: { 'content-type': 'image/svg+xml; charset=utf-8' } })
}
