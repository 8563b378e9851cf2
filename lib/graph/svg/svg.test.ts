import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { en } from '@/lib/client/words/en'
import { legend } from '../legend'
import { buildScene } from '../scene'
import { findings, host, manyHost, network, topology } from '../testing'
import { pathThrough } from './shapes'
import { toSvg } from './svg'

const WIDE = { aspect: 16 / 9 }
const KEY = legend('dark', en.legend)
const caption = { title: 'vm', notes: ['2026-11-22T00:00:00Z'], theme: 'dark' } as const

const NAMES = [
  '"><script>alert(1)</script>',
  "' onload='x",
  ']]>',
  '<!--',
  '&amp;&',
  '\u0000\u0007',
  '\uD800',
  '\uFFFE',
  '<?x',
]
const name = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary' }))

const drawing = (names: readonly string[], title = 'vm') =>
  toSvg(
    buildScene(
      topology(
        host(
          [network('net'), network(names[0] ?? 'other')],
          names.map((each, at) => ({ name: each, on: ['net'], ports: [{ hostPort: 8000 + at * 2 }] })),
        ),
      ),
      findings(),
      WIDE,
    ),
    KEY,
    { ...caption, title },
  )

const TAG = /<(\/?)([a-zA-Z]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/g

/** What is wrong with it as XML; our documents have no comments, no sections and one instruction. */
function faults(document: string): string[] {
  const found: string[] = []
  const open: string[] = []
  const [, body = ''] = document.split('<?xml version="1.0" encoding="UTF-8"?>\n')
  const text = body.replaceAll(TAG, (_, end: string, tag: string, attributes: string, single: string) => {
    if (end === '/' && open.pop() !== tag) found.push(`</${tag}> ends another`)
    if (end === '' && single === '') open.push(tag)
    if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(attributes)) found.push(`bare & in ${tag}`)
    return ''
  })
  if (open.length > 0) found.push(`${open.join(' ')} stays open`)
  if (text.includes('<')) found.push(`stray < in ${text.slice(text.indexOf('<'), 60)}`)
  if (/&(?!(?:amp|lt|gt|quot|#39);)/.test(text)) found.push('bare & in text')
  // oxlint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Cs}/u.test(document)) found.push('forbidden character')
  return found
}

describe('the picture as SVG', () => {
  it('is well-formed, without script or anything from elsewhere, whatever the names', () => {
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 3 }), name, (names, title) => {
        const svg = drawing(names, title)
        expect(faults(svg)).toEqual([])
        const tags = new Set([...svg.matchAll(TAG)].map(([, , tag]) => tag))
        for (const tag of ['script', 'foreignObject', 'image', 'a', 'style', 'iframe']) expect(tags).not.toContain(tag)
        for (const [, , , attributes = ''] of svg.matchAll(TAG)) {
          expect(attributes).not.toMatch(/ on\w+=/)
          for (const [, where] of attributes.matchAll(/ (?:xlink:)?href="([^"]*)"/g)) expect(where).toMatch(/^#/)
          for (const [, where] of attributes.matchAll(/url\(([^)]*)\)/g)) expect(where).toMatch(/^#/)
        }
      }),
      { numRuns: 12 },
    )
  })

  it('has every name as text, also of what is folded', () => {
    const many = manyHost(60, 4)
    const svg = toSvg(buildScene(topology(many), findings(), { ...WIDE, legible: 0.05 }), KEY, caption)
    expect(svg).toContain('folded')
    for (const one of many.containers) expect(svg).toContain(one.name)
  })

  it('carries caption, legend and colours of the theme', () => {
    const svg = drawing(['web'])
    for (const { title, rows } of KEY)
      for (const words of [title, ...rows.map(({ word }) => word)])
        expect(svg).toContain(`>${words.replaceAll("'", '&#39;')}</text>`)
    expect(svg).toContain('2026-11-22T00:00:00Z')
    expect(svg).toContain('fill="#0a0c10"')
    expect(toSvg(buildScene(topology(), findings(), WIDE), KEY, { ...caption, theme: 'light' })).toContain('#f5f6f8')
  })

  it('dims what is not lit', () => {
    const scene = buildScene(topology(host([network('net')], [{ name: 'web', on: ['net'] }])), findings(), WIDE)
    const dimmed = (lit: ReadonlySet<string> | null) =>
      [...toSvg(scene, [], { ...caption, lit }).matchAll(/<g opacity="0.38">/g)].length
    expect(dimmed(null)).toBe(0)
    expect(dimmed(new Set(scene.nodes.map(({ id }) => id).concat(scene.edges.map(({ id }) => id))))).toBe(0)
    expect(dimmed(new Set())).toBeGreaterThan(3)
  })

  it('rounds the corners of lines', () => {
    expect(
      pathThrough([
        { x: 0, y: 0 },
        { x: 40, y: 0 },
        { x: 40, y: 10 },
      ]),
    ).toBe('M0 0L35 0Q40 0 40 5L40 10')
  })
})
