'use client'

import type { ReactNode } from 'react'
import { readProblem } from '@/lib/client/problem'
import { Advice } from '@/components/screens/Problem'
import { Unsupported } from '@/components/screens/Screens'
import { usePage, useShownTopology } from '@/components/page-state'
import { Button } from '@/components/ui/Button'
import { QuestionIcon, WarningIcon, type Icon } from '@/components/ui/icons'

function Strip({ icon: Glyph, tone, children }: { icon: Icon; tone: string; children: ReactNode }) {
  return (
    <div className={`flex shrink-0 items-start gap-2.5 border-b px-4 py-2 text-xs ${tone}`}>
      <Glyph className="mt-px size-4" />
      <div className="min-w-0 flex-1">{children}</div>
    </div>
  )
}

const CALM = 'border-low/40 bg-low/10 text-ink'
const LOUD = 'border-critical/50 bg-critical/10 text-ink'

/** What has to be said on every screen: demo data, a newer server, hosts that are not shown as they are. */
export function Banners() {
  const about = usePage(state => state.about)
  const outdated = usePage(state => state.outdated)
  const hosts = useShownTopology()?.hosts ?? []
  const failing = hosts.filter(host => host.problem !== null)
  // With nothing else to see, the screen itself says it.
  const alone = hosts.every(host => host.status === 'unreachable')
  return (
    <>
      {about?.demo != null && (
        <Strip icon={QuestionIcon} tone={CALM}>
          <strong className="font-semibold">Demo.</strong> This is a recording ({about.demo.recording}), not your
          machine. <Advice problem={`To see your own: ${about.demo.hint}`} />
        </Strip>
      )}
      {outdated && (
        <Strip icon={QuestionIcon} tone={CALM}>
          <span className="mr-3">Podwire was updated.</span>
          <Button onClick={() => location.reload()}>Reload the page</Button>
        </Strip>
      )}
      {!alone &&
        failing.map(host => (
          <Strip
            key={host.id}
            icon={WarningIcon}
            tone={host.status === 'live' || host.status === 'polling' ? CALM : LOUD}
          >
            <details>
              <summary className="list-none">
                <strong className="font-semibold">{host.name}</strong>: {readProblem(host.problem ?? '').headline}
                <span className="text-muted"> · what to do</span>
              </summary>
              <div className="mt-2 max-w-2xl space-y-2">
                <Advice problem={host.problem ?? ''} />
              </div>
            </details>
          </Strip>
        ))}
      {about !== null && about.unsupported.length > 0 && hosts.length > 0 && !alone && (
        <Strip icon={QuestionIcon} tone="border-line bg-surface text-muted">
          <details>
            <summary className="list-none">
              {about.unsupported.length === 1
                ? 'One more connection was'
                : `${about.unsupported.length} more connections were`}{' '}
              found and cannot be used yet
            </summary>
            <Unsupported about={about} />
          </details>
        </Strip>
      )}
    </>
  )
}
