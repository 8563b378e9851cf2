/** Turns one picture into the next by touching only what differs. */
import type { Core } from 'cytoscape'
import type { GraphElement } from './elements'

const sameValue = (a: unknown, b: unknown): boolean =>
  a === b ||
  (Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((value, index) => value === b[index]))

function sameData(a: GraphElement['data'], b: GraphElement['data']): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every(key => sameValue(a[key], b[key]))
}

/** What an element cannot change while it lives. */
const sameRoot = (a: GraphElement, b: GraphElement): boolean =>
  a.group === b.group && a.data['source'] === b.data['source'] && a.data['target'] === b.data['target']

export interface PatchCounts {
  added: number
  removed: number
  changed: number
  moved: number
}

/** @returns how many elements were touched, which is nothing for equal pictures. */
export function patchElements(
  graph: Core,
  before: readonly GraphElement[],
  after: readonly GraphElement[],
): PatchCounts {
  const counts: PatchCounts = { added: 0, removed: 0, changed: 0, moved: 0 }
  const old = new Map(before.map(element => [element.data.id, element]))
  const next = new Map(after.map(element => [element.data.id, element]))
  graph.batch(() => {
    const gone = [...old].filter(([id, element]) => {
      const now = next.get(id)
      return now === undefined || !sameRoot(element, now)
    })
    for (const [id] of gone) {
      const element = graph.getElementById(id)
      if (element.nonempty()) graph.remove(element)
      old.delete(id)
      counts.removed += 1
    }
    const fresh = after.filter(element => !old.has(element.data.id))
    if (fresh.length > 0) graph.add(fresh)
    counts.added = fresh.length
    for (const [id, element] of next) {
      const was = old.get(id)
      if (was === undefined) continue
      const live = graph.getElementById(id)
      if (!sameData(was.data, element.data)) {
        const { id: _, source: _source, target: _target, ...values } = element.data
        const dropped = Object.keys(was.data).filter(key => !(key in element.data))
        if (dropped.length > 0) live.removeData(dropped.join(' '))
        live.data(values)
        counts.changed += 1
      }
      const at = element.position
      if (at === undefined) continue
      if (was.position === undefined || was.position.x !== at.x || was.position.y !== at.y) {
        live.position({ x: at.x, y: at.y })
        counts.moved += 1
      }
    }
  })
  return counts
}
