import type { ReactNode } from 'react'

type IconProps = { className?: string }
export type Icon = (props: IconProps) => ReactNode

/** An icon of lines in the colour of its text, 16 units wide. */
export const stroke = (paths: ReactNode): Icon =>
  function StrokeIcon({ className = 'size-4' }) {
    return (
      <svg
        viewBox="0 0 16 16"
        className={`shrink-0 ${className}`}
        fill="none"
        stroke="currentColor"
        strokeWidth="1.4"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {paths}
      </svg>
    )
  }
