'use client'

import type { ReactNode } from 'react'
import { formatAge } from '@/lib/client/age'
import { Advice, ProblemLine } from '@/components/screens/Problem'
import { Unsupported } from '@/components/screens/Screens'
import { usePage, useShownTopology, useStale, useWords } from '@/components/page-state'
import { Button } from '@/components/ui/Button'
import { type Icon } from '@/components/ui/icons'
import { QuestionIcon, WarningIcon } from '@/components/ui/notice-icons'

type Tone = 'calm' | 'loud' | 'quiet'
const TONES: Record<Tone, string> = {
  calm: 'border-low/40 bg-low/10 text-ink',
  loud: 'border-critical/60 bg-critical/15 text-ink',
  quiet: 'border-line bg-surface text-muted',
}

function Strip({ icon: Glyph, tone, children }: { icon: Icon; tone: Tone; children: ReactNode }) {
  return (
    <div className={`flex shrink-0 items-start gap-2.5 border-b px-4 py-1.5 text-xs ${TONES[tone]}`}>
      <Glyph className="mt-0.5 size-4" />
      <div className="min-w-0 flex-1 leading-5">{children}</div>
    </div>
  )
}

/** What has to be said on every screen: demo data, a newer server, what is old, and hosts that are not shown as they are. */
export function Banners() {
  const about = usePage(state => state.about)
  const outdated = usePage(state => state.outdated)
  const hosts = useShownTopology()?.hosts ?? []
  const stale = useStale()
  const { banners } = useWords().page
  // With nothing else to see, the screen itself says it; when everything is old, one strip says it for all.
  const alone = hosts.every(host => host.status === 'unreachable')
  const failing = alone || stale !== null ? [] : hosts.filter(host => host.problem !== null)
  return (
    <>
      {about?.demo != null && (
        <Strip icon={QuestionIcon} tone="calm">
          <strong className="font-semibold">{banners.demo(about.demo.recording)}</strong> {banners.demoHint}{' '}
          <Advice problem={`demo: ${about.demo.hint}`} />
        </Strip>
      )}
      {outdated && (
        <Strip icon={QuestionIcon} tone="calm">
          <span className="mr-3">{banners.updated}</span>
          <Button onClick={() => location.reload()}>{banners.reload}</Button>
        </Strip>
      )}
      {stale !== null && (
        <Strip icon={WarningIcon} tone="loud">
          <strong className="font-semibold">{banners.lastGood(formatAge(stale.ageSeconds))}</strong>{' '}
          <ProblemLine problem={stale.problem} />
        </Strip>
      )}
      {failing.map(({ id, name, status, problem }) => (
        <Strip key={id} icon={WarningIcon} tone={status === 'live' || status === 'polling' ? 'calm' : 'loud'}>
          <strong className="font-semibold">{name}:</strong> <ProblemLine problem={problem ?? ''} />
        </Strip>
      ))}
      {about !== null && about.unsupported.length > 0 && !alone && (
        <Strip icon={QuestionIcon} tone="quiet">
          <details>
            <summary>
              {about.unsupported.length === 1 ? banners.oneUnsupported : banners.unsupported(about.unsupported.length)}
            </summary>
            <Unsupported about={about} />
          </details>
        </Strip>
      )}
    </>
  )
}
