import type { ButtonHTMLAttributes, ReactNode } from 'react'
import type { Icon } from './icons'

type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'className' | 'children'> & {
  /** Pressed toggles and open menus look held down. */
  active?: boolean
}

const base =
  'inline-flex h-7 items-center justify-center gap-1.5 rounded-md text-xs font-medium transition-colors select-none disabled:opacity-50'
const look = (active: boolean) => (active ? 'bg-chosen text-ink' : 'text-muted hover:bg-hover hover:text-ink')

/** A button that is only an icon; its name is read out and shown as a tooltip. */
export function IconButton({ icon: Glyph, name, active = false, ...rest }: ButtonProps & { icon: Icon; name: string }) {
  return (
    <button type="button" aria-label={name} title={name} className={`${base} w-7 ${look(active)}`} {...rest}>
      <Glyph />
    </button>
  )
}

export function Button({ children, active = false, ...rest }: ButtonProps & { children: ReactNode }) {
  return (
    <button
      type="button"
      className={`${base} border border-line px-2.5 ${active ? 'bg-chosen text-ink' : 'text-ink hover:bg-hover'}`}
      {...rest}
    >
      {children}
    </button>
  )
}
