/** The box of a container that runs an engine, with what that engine runs. */
import type { Container } from '@/lib/topology/types'
import { stateIcon } from './chips'
import { addNode, type Draft, lineHeight, textIn } from './draft'
import { worstOf } from './marks'
import type { Metrics } from './metrics'
import type { Item } from './plan'
import type { Point, SceneEdge, SceneNode } from './types'
import { shortImage, whereabouts } from './words'

/** An inner host as it is drawn, from its top left corner on. */
export interface Nest {
  width: number
  height: number
  nodes: readonly SceneNode[]
  edges: readonly SceneEdge[]
}

const BOX = { pad: 14, left: 12, sign: 10, gap: 8, mark: 16 }

const header = (metrics: Metrics): number => lineHeight(metrics.laneTitle) + lineHeight(metrics.sub) + 16

export const nestSize = ({ width, height }: Nest, metrics: Metrics): { width: number; height: number } => ({
  width: width + 2 * BOX.pad,
  height: header(metrics) + height + BOX.pad,
})

const moved = ({ x, y }: Point, by: Point): Point => ({ x: x + by.x, y: y + by.y })

/** Ids and references of the two levels are those of two hosts: only the places change. */
function put(draft: Draft, { nodes, edges }: Nest, holder: string, by: Point): void {
  for (const node of nodes)
    draft.inside.nodes.push({
      ...node,
      ...moved(node, by),
      parent: node.parent ?? holder,
      texts: node.texts.map(text => ({ ...text, ...moved(text, by) })),
      icons: node.icons.map(icon => ({ ...icon, ...moved(icon, by) })),
    })
  for (const edge of edges)
    draft.inside.edges.push({
      ...edge,
      from: moved(edge.from, by),
      to: moved(edge.to, by),
      bends: edge.bends.map(bend => moved(bend, by)),
    })
}

/** Draws the container as a box round its inner host. @returns the box's height */
export function addNest(draft: Draft, item: Item, container: Container, nest: Nest, at: Point): number {
  const { metrics, marks } = draft
  const size = nestSize(nest, metrics)
  const titleLine = lineHeight(metrics.laneTitle)
  const left = at.x + BOX.left + BOX.sign + BOX.gap
  const room = size.width - (left - at.x) - BOX.left - BOX.mark - BOX.gap
  const mark = worstOf([
    marks.of('container', container.id),
    item.namespace === null || item.namespace.kind === 'host' ? null : marks.of('namespace', item.namespace.id),
  ])
  const below = [whereabouts(item, null, metrics.words), shortImage(container.image)]
    .filter((line, index, all) => line !== null && line !== '' && all.indexOf(line) === index)
    .join(' · ')
  const node = addNode(
    draft,
    { ...at, ...size },
    {
      id: container.id,
      kind: 'container',
      label: container.name,
      sublabel: below || null,
      variant: 'nest',
      nest: 'open',
      mark,
      ref: { kind: 'container', name: container.name },
      texts: [
        textIn(
          container.name,
          { x: left, y: at.y + 8, width: room, height: titleLine },
          { role: 'title', size: metrics.laneTitle, bold: true },
        ),
        textIn(
          below,
          { x: left, y: at.y + 8 + titleLine, width: room, height: lineHeight(metrics.sub) },
          { role: 'sub', size: metrics.sub },
        ),
      ],
      icons: [
        {
          name: stateIcon(container),
          x: at.x + BOX.left,
          y: at.y + 8 + (titleLine - BOX.sign) / 2,
          size: BOX.sign,
        },
      ],
    },
  )
  if (mark !== null)
    node.icons.push({ name: mark, x: at.x + size.width - BOX.left - BOX.mark, y: at.y + 10, size: BOX.mark })
  put(draft, nest, container.id, { x: at.x + BOX.pad, y: at.y + header(metrics) })
  return size.height
}
