/** A topology as a Mermaid flowchart: https://mermaid.js.org/syntax/flowchart.html */
import type { Topology } from '@/lib/topology/types'
import { diagramOf, plainLine, type DiagramKind, type DiagramLine } from './diagram'

/** What opens and closes a node, by its kind. */
const SHAPES: Record<DiagramKind, readonly [open: string, close: string]> = {
  interface: ['[/', '/]'],
  door: ['>', ']'],
  listener: ['>', ']'],
  network: ['{{', '}}'],
  namespace: ['[', ']'],
}

const ARROWS: Record<DiagramLine['kind'], string> = { leads: '-->', member: '---', parent: '-.-' }

/** Letters, digits and what means nothing within quotes; all else is written by its number. */
const SPECIAL = /[^\p{L}\p{N} _.,:/@()+=→…-]/gu

/**
 * Mermaid cuts the last semicolon off what looks like a style with a colour, wherever it stands.
 * https://github.com/mermaid-js/mermaid/blob/mermaid%4011.12.0/packages/mermaid/src/utils.ts encodeEntities
 */
const LIKE_A_STYLE = /style|classDef/i

/** Read by Mermaid after the numbers: the name of an icon, and mathematics. A space shows them as they are. */
const asWritten = (line: string) => line.replaceAll(/:(?=fa-)/g, ': ').replaceAll(/\$(?=\$)/g, '$ ')

function quoted(lines: readonly string[]): string {
  const plain = lines.map(plainLine).map(asWritten)
  const special = plain.some(line => LIKE_A_STYLE.test(line)) ? /[^\p{L}\p{N} _.,/@()+=→…-]/gu : SPECIAL
  const numbered = plain.map(line => line.replaceAll(special, character => `#${character.codePointAt(0) ?? 0};`))
  // An empty text is no text to Mermaid.
  return `"${numbered.map(line => (line.trim() === '' ? '#160;' : line)).join('<br/>')}"`
}

/** Names are data: whatever they hold, the text has one statement a line, and they stand within its quotes. */
export function toMermaid(topology: Pick<Topology, 'hosts' | 'generatedAt'>): string {
  const text = [`%% Podwire, ${plainLine(topology.generatedAt).replaceAll(/[^\w:.+-]/g, '')}`, 'flowchart LR']
  for (const { id, label, nodes, lines } of diagramOf(topology)) {
    text.push(`  subgraph ${id}[${quoted([label])}]`, '    direction LR')
    for (const node of nodes) {
      const [open, close] = SHAPES[node.kind]
      text.push(`    ${node.id}${open}${quoted(node.lines)}${close}`)
      if (node.isDeclared) text.push(`    style ${node.id} stroke-dasharray:4`)
    }
    for (const line of lines) {
      const words = line.label === '' ? '' : `|${quoted([line.label])}|`
      text.push(`    ${line.from} ${ARROWS[line.kind]}${words} ${line.to}`)
    }
    text.push('  end')
  }
  return `${text.join('\n')}\n`
}
