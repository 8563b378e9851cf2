import dot from '@dagrejs/graphlib-dot'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { host, network, topology } from '@/lib/graph/testing'
import type { Topology } from '@/lib/topology/types'
import { modelOfRecording } from '@/tests/recordings/model'
import { diagramOf, plainLine } from './diagram'
import { toDot } from './dot'
import { toMermaid } from './mermaid'

const NASTY = [
  '"]\n  subgraph x',
  'style x:#y;',
  'classDef a:b "q" #35; ;',
  '`**md**`',
  'end',
  '<img src=x onerror=alert(1)>',
  '%% c',
  'a & b &amp; \\N \\',
  '\\"',
  '\\',
  'constructor',
  '',
  ' ',
  '\u202Eabc',
  '<br/>',
  'click a href "javascript:x"',
  '}\n evil -> worse [label="',
  '*/ /* //',
  '\uD800',
]
const name = fc.oneof(fc.constantFrom(...NASTY), fc.string(), fc.string({ unit: 'binary' }))

/** Three containers of these names on networks of the same, with a door each. */
const named = (names: readonly string[]): Topology => {
  const unique = [...new Set(names)]
  const networks = unique.map((each, at) => network(each, at === 0 ? { driver: 'macvlan', interface: 'eth0' } : {}))
  return topology(
    host(
      networks,
      unique.map((each, at) => ({ name: each, on: [each], ports: [{ hostPort: 8000 + at * 2, containerPort: 80 }] })),
    ),
  )
}
const anything = fc.array(name, { minLength: 1, maxLength: 3 }).map(named)

const nodesOf = (of: Topology) => diagramOf(of).flatMap(({ nodes }) => nodes)
const linesOf = (of: Topology) => diagramOf(of).flatMap(({ lines }) => lines)

describe('the diagram', () => {
  it('has a node per namespace, its members in it, and leads from doors and to networks', () => {
    const of = topology(
      host(
        [network('front'), network('lan', { driver: 'macvlan', interface: 'eth0' })],
        [
          { name: 'web', on: ['front'], ports: [{ hostPort: 8080, containerPort: 80 }] },
          { name: 'helper', on: [], joins: 'web' },
          { name: 'printer', on: ['lan'], state: 'exited' },
          { name: 'agent', on: 'host' },
        ],
      ),
    )
    const byLine = (word: string) => nodesOf(of).find(({ lines }) => lines.includes(word))
    expect(byLine('web')?.lines).toEqual(['web', 'helper'])
    expect(byLine('printer (exited)')).toBeDefined()
    expect(byLine('agent')?.lines).toContain("the host's own network")
    const between = (from: string, to: string) =>
      linesOf(of).find(line => line.from === byLine(from)?.id && line.to === byLine(to)?.id)?.kind
    expect(between('*:8080/tcp', 'web')).toBe('leads')
    expect(between('web', 'front')).toBe('member')
    expect(between('eth0', 'lan')).toBe('parent')
  })

  it('tells consecutive ports as one door', () => {
    const ports = [7000, 7001, 7002].map(port => ({ hostPort: port, containerPort: port }))
    const of = topology(host([network('front')], [{ name: 'ftp', on: ['front'], ports }]))
    expect(nodesOf(of).flatMap(({ kind, lines }) => (kind === 'door' ? [lines] : []))).toEqual([
      ['*:7000-7002/tcp', 'to 7000-7002'],
    ])
  })

  it('hides nothing in a line', () => {
    expect(plainLine('a\u202Eb\nc\uD800')).toBe('a(U+202E)b(U+000A)c(U+D800)')
    fc.assert(
      fc.property(name, text => {
        expect(plainLine(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})

describe('Graphviz text', () => {
  it('is read by a parser as the nodes, lines and words that went in, whatever the names', () => {
    fc.assert(
      fc.property(anything, of => {
        const graph = dot.read(toDot(of))
        const leaves = graph.nodes().filter(id => graph.children(id).length === 0)
        expect(leaves.toSorted()).toEqual(
          nodesOf(of)
            .map(({ id }) => id)
            .toSorted(),
        )
        expect(graph.edges().map(({ v, w }) => `${v} ${w}`)).toEqual(linesOf(of).map(({ from, to }) => `${from} ${to}`))
        for (const node of nodesOf(of)) {
          // What escString and entities stand for; the parser leaves both as they are.
          const shown = String(graph.node(node.id)?.label)
            .replaceAll(/\\(.)/g, (_, character) => (character === 'n' ? '\n' : String(character)))
            .replaceAll('&amp;', '&')
          expect(shown).toBe(node.lines.map(plainLine).join('\n'))
        }
      }),
    )
  })
})

describe('Mermaid text', () => {
  /** One statement: ids are ours, and no quote, bracket, semicolon or hash of a text stands outside of a number. */
  const TEXT = String.raw`"(?:[^"#;<>\[\]{}|\x60]|#\d+;|<br\/>)+"`
  const STATEMENT = new RegExp(
    String.raw`^(?:%% Podwire, [\w:.+-]*|flowchart LR|  subgraph h\d+\[${TEXT}\]|    direction LR|  end|    h\d+n\d+(?:\[${TEXT}\]|\[\/${TEXT}\/\]|>${TEXT}\]|\{\{${TEXT}\}\})|    h\d+n\d+ (?:-->|---|-\.-)(?:\|${TEXT}\|)? h\d+n\d+)$`,
    'u',
  )
  const decoded = (text: string) => text.replaceAll(/#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))

  it('has one statement of its own per line, whatever the names', () => {
    fc.assert(
      fc.property(anything, of => {
        const lines = toMermaid(of).trimEnd().split('\n')
        for (const line of lines) expect(line).toMatch(STATEMENT)
        expect(lines.filter(line => /^ {4}h\d+n\d+[[>{]/.test(line))).toHaveLength(nodesOf(of).length)
        // Mermaid would take the last semicolon of such a line for the end of a style.
        for (const line of lines) expect(line).not.toMatch(/(?:style|classDef).*:\S*#.*;/)
      }),
    )
  })

  it('shows names as they are', () => {
    fc.assert(
      fc.property(anything, of => {
        const text = toMermaid(of)
        for (const node of nodesOf(of)) {
          const line = text.split('\n').find(each => new RegExp(`^ {4}${node.id}[[>{]`).test(each)) ?? ''
          const shown = decoded(/"(.*)"/.exec(line)?.[1]?.split('<br/>').join('\n') ?? '')
          const wanted = node.lines.map(each =>
            plainLine(each)
              .replaceAll(/:(?=fa-)/g, ': ')
              .replaceAll(/\$(?=\$)/g, '$ '),
          )
          expect(shown).toBe(wanted.map(each => (each.trim() === '' ? '\u00A0' : each)).join('\n'))
        }
      }),
    )
  })

  it('leaves no icon and no formula to Mermaid', () => {
    const text = decoded(toMermaid(named(['fa:fa-car', '$$x$$$'])))
    expect(text).toContain('fa: fa-car')
    expect(text).toContain('$ $x$ $ $')
  })
})

describe('what a file declares and is not there', () => {
  it('is a dashed node that says so, with the door that it would open', async () => {
    const { host: recorded } = await modelOfRecording('podman-6.1.1-quadlet')
    const [one] = diagramOf(topology(recorded))
    const declared = one?.nodes.filter(({ isDeclared }) => isDeclared) ?? []
    expect(declared.map(({ kind, lines }) => [kind, ...lines])).toEqual([
      ['namespace', 'systemd-stopped', 'declared, not there'],
      ['door', '*:5432/tcp', 'to 5432', 'would open'],
    ])
    const [box, door] = declared
    expect(one?.lines).toContainEqual({ kind: 'leads', from: door?.id, to: box?.id, label: '' })
    const network = one?.nodes.find(({ kind, lines }) => kind === 'network' && lines[0] === 'systemd-app')
    expect(one?.lines).toContainEqual({ kind: 'member', from: box?.id, to: network?.id, label: '' })
    expect(toDot(topology(recorded))).toMatch(
      /label="systemd-stopped\\ndeclared, not there", shape=box, style=dashed\]/,
    )
    expect(toMermaid(topology(recorded))).toContain(`style ${box?.id} stroke-dasharray`)
  })
})
