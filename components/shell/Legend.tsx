'use client'

import {
  DRIVERS,
  FLAG_SIGNS,
  SEVERITY_SIGNS,
  signUri,
  STATE_SIGNS,
  THING_SIGNS,
  type Look,
  type Sign,
} from '@/lib/graph/appearance'
import { useTheme } from '@/components/page-state'
import { LegendIcon } from '@/components/ui/icons'

const SECTIONS: readonly (readonly [string, readonly (readonly [string, Sign])[]])[] = [
  ['Findings', Object.entries(SEVERITY_SIGNS)],
  ['Containers', [...Object.entries(STATE_SIGNS), ...Object.entries(FLAG_SIGNS)]],
  ['Doors and things', Object.entries(THING_SIGNS)],
]

/** What every sign and line of the picture means, from the table that draws them. */
export function LegendButton() {
  return (
    <>
      <button
        type="button"
        popoverTarget="legend"
        aria-label="Legend"
        title="Legend"
        className="inline-flex size-7 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-ink"
      >
        <LegendIcon />
      </button>
      <div
        popover="auto"
        id="legend"
        className="hanging max-h-[calc(100dvh-4.5rem)] w-96 max-w-[calc(100vw-1.5rem)] overflow-y-auto rounded-lg border border-line bg-raised p-4 shadow-pop"
      >
        <Networks />
        {SECTIONS.map(([title, signs]) => (
          <section key={title} className="mt-4">
            <h2 className="text-xs font-semibold text-muted">{title}</h2>
            <dl className="mt-2 grid grid-cols-[1rem_auto_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1 text-xs">
              {signs.map(([name, sign]) => (
                <SignRow key={name} name={name} sign={sign} />
              ))}
            </dl>
          </section>
        ))}
      </div>
    </>
  )
}

function SignRow({ name, sign }: { name: string; sign: Sign }) {
  const theme = useTheme()
  return (
    <div className="contents">
      {/* A data URI of a few hundred bytes: there is nothing for an image optimiser to do. */}
      {/* oxlint-disable-next-line nextjs/no-img-element */}
      <img src={signUri(name, theme)} alt="" className="size-3.5 translate-y-0.5" />
      <dt className="text-ink">{sign.word}</dt>
      <dd className="text-faint">{sign.means}</dd>
    </div>
  )
}

function Networks() {
  const theme = useTheme()
  const looks: readonly (Look & { dashed: boolean })[] = Object.values(DRIVERS)
  return (
    <section>
      <h2 className="text-xs font-semibold text-muted">Networks</h2>
      <dl className="mt-2 grid grid-cols-[1rem_auto_minmax(0,1fr)] items-baseline gap-x-2 gap-y-1 text-xs">
        {looks.map(({ word, means, dashed, tint }) => (
          <div key={word} className="contents">
            <svg viewBox="0 0 16 12" className="h-3 w-4 translate-y-0.5" aria-hidden="true">
              <rect
                x="1"
                y="1"
                width="14"
                height="10"
                rx="2"
                fill={tint[theme].fill}
                stroke={tint[theme].line}
                strokeWidth="1.5"
                strokeDasharray={dashed ? '3 2' : undefined}
              />
            </svg>
            <dt style={{ color: tint[theme].text }}>{word}</dt>
            <dd className="text-faint">{means}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
