'use client'

import { Button } from '@/components/ui/Button'
import { Notice } from '@/components/ui/Notice'
import { WarningIcon } from '@/components/ui/icons'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <Notice icon={WarningIcon} title="This page broke" actions={<Button onClick={reset}>Try again</Button>}>
        <p>Podwire itself still runs; only the page in this browser stopped. What it said:</p>
        <p className="mt-2 font-mono text-xs break-words text-ink">{error.message}</p>
      </Notice>
    </main>
  )
}
