'use client'

import { useScreenWords } from '@/components/screens/use-screen-words'
import { Button } from '@/components/ui/Button'
import { Notice } from '@/components/ui/Notice'
import { WarningIcon } from '@/components/ui/notice-icons'

export default function PageError({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  const { fault } = useScreenWords()
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <Notice icon={WarningIcon} title={fault.title} actions={<Button onClick={reset}>{fault.again}</Button>}>
        <p>{fault.text}</p>
        <p className="mt-2 font-mono text-xs break-words text-ink" lang="en">
          {error.message}
        </p>
      </Notice>
    </main>
  )
}
