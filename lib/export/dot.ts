/** A topology as a Graphviz graph: https://graphviz.org/doc/info/lang.html */
import type { Topology } from '@/lib/topology/types'
import { diagramOf, plainLine, type DiagramKind, type DiagramLine } from './diagram'

const SHAPES: Record<DiagramKind, string> = {
  interface: 'parallelogram',
  door: 'cds',
  listener: 'cds',
  network: 'hexagon',
  namespace: 'box',
}

const STYLES: Record<DiagramLine['kind'], string> = { leads: '', member: 'dir=none', parent: 'dir=none, style=dashed' }

/**
 * Within quotes Graphviz reads backslashes (https://graphviz.org/docs/attr-types/escString/) and, when it draws, entities
 * (https://graphviz.org/doc/info/lang.html#html-strings); lines are centred.
 */
const quoted = (lines: readonly string[]): string =>
  `"${lines
    .map(plainLine)
    .map(line => line.replaceAll('&', '&amp;').replaceAll('\\', '\\\\').replaceAll('"', String.raw`\"`))
    .join(String.raw`\n`)}"`

/** Names are data: they stand in labels only, and every identifier is our own. */
export function toDot(topology: Pick<Topology, 'hosts' | 'generatedAt'>): string {
  const text = [
    'digraph podwire {',
    '  rankdir=LR',
    '  node [shape=box, fontname="sans-serif", fontsize=11]',
    '  edge [fontname="sans-serif", fontsize=9]',
    `  label=${quoted([`Podwire, ${topology.generatedAt}`])}`,
  ]
  for (const { id, label, nodes, lines } of diagramOf(topology)) {
    text.push(`  subgraph cluster_${id} {`, `    label=${quoted([label])}`)
    for (const node of nodes) {
      const style = node.isDeclared ? ', style=dashed' : ''
      text.push(`    ${node.id} [label=${quoted(node.lines)}, shape=${SHAPES[node.kind]}${style}]`)
    }
    for (const line of lines) {
      const words = line.label === '' ? [] : [`label=${quoted([line.label])}`]
      const more = [...words, STYLES[line.kind]].filter(Boolean).join(', ')
      text.push(`    ${line.from} -> ${line.to}${more === '' ? '' : ` [${more}]`}`)
    }
    text.push('  }')
  }
  text.push('}')
  return `${text.join('\n')}\n`
}
