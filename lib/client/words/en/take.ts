/** Taking the picture and its facts along. */
import type { Format } from '../../export-format'

const formats: Record<Format, string> = {
  png: 'Picture as PNG',
  svg: 'Picture as SVG',
  json: 'Topology as JSON',
  csv: 'Findings as CSV',
  mermaid: 'Topology as Mermaid text',
  dot: 'Topology as Graphviz text',
}

export const take = {
  title: 'Export',
  formats,
  failed: (why: string) => `It could not be made: ${why}`,
  asOf: (time: string) => `As of ${time}`,
  notCurrent: (problem: string) => `Not current: ${problem}`,
  paused: 'Live updates were paused.',
  filter: (text: string, counts: string) => `Filter: ${text} (${counts})`,
}
