'use client'

import { Notice } from '@/components/ui/Notice'
import { QuestionIcon } from '@/components/ui/notice-icons'
import { useScreenWords } from './use-screen-words'

/** There is no page at this address. */
export function Nowhere() {
  const { nowhere } = useScreenWords()
  return (
    <Notice icon={QuestionIcon} title={nowhere.title}>
      <p>
        {nowhere.before} {/* A plain link: next/link would ride along with every page. */}
        {/* oxlint-disable-next-line nextjs/no-html-link-for-pages */}
        <a className="text-accent underline" href="/">
          {nowhere.link}
        </a>
        .
      </p>
    </Notice>
  )
}
