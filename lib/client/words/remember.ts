/** Texts that were put into words before: a page is drawn more often than they change. */
import type { Topology } from '@/lib/topology/types'
import { oddNames } from './odd-names'
import type { Part } from './translate'

/** More texts than a page shows at once. */
const MAX_KNOWN = 2000

/** Remembers what `render` says, for as long as there are no other odd names. */
export function remembering(
  render: (text: string, odd: readonly string[]) => readonly Part[],
): (text: string, topology: Topology | null) => readonly Part[] {
  const known = new Map<string, readonly Part[]>()
  let odd: readonly string[] = []
  return (text, topology) => {
    const now = oddNames(topology)
    if (now.length !== odd.length || now.some((name, index) => name !== odd[index])) {
      odd = now
      known.clear()
    }
    const before = known.get(text)
    if (before !== undefined) return before
    if (known.size >= MAX_KNOWN) known.clear()
    const parts = render(text, odd)
    known.set(text, parts)
    return parts
  }
}
