import type { ReactNode } from 'react'
import type { Icon } from './stroke'

/** A screen that says one thing: what is the matter, and what to do. */
export function Notice({
  icon: Glyph,
  title,
  children,
  actions,
}: {
  icon: Icon
  title: string
  children: ReactNode
  actions?: ReactNode
}) {
  return (
    <div className="w-full max-w-xl rounded-lg border border-line bg-surface p-6">
      <div className="flex items-start gap-3">
        <Glyph className="mt-0.5 size-5 text-muted" />
        <div className="min-w-0 flex-1">
          <h2 className="text-md font-semibold text-ink">{title}</h2>
          <div className="mt-2 space-y-3 text-sm text-muted">{children}</div>
          {actions !== undefined && <div className="mt-4 flex flex-wrap gap-2">{actions}</div>}
        </div>
      </div>
    </div>
  )
}
