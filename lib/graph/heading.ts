import { addNode, type Draft, lineHeight, textIn } from './draft'

/** A text between groups; never selected. */
export function addHeading(
  draft: Draft,
  at: { x: number; y: number; width: number },
  { id, text, parent, variant = '' }: { id: string; text: string; parent: string | null; variant?: string },
): void {
  const size = draft.metrics.heading
  const rect = { ...at, height: lineHeight(size) }
  const shown = textIn(text, rect, { role: 'title', size })
  addNode(draft, rect, { id, kind: 'heading', label: text, parent, variant, texts: [shown] })
}
