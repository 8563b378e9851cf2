import Link from 'next/link'
import { Notice } from '@/components/ui/Notice'
import { QuestionIcon } from '@/components/ui/icons'

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <Notice icon={QuestionIcon} title="Nothing is here">
        <p>
          The picture is on{' '}
          <Link className="text-accent underline" href="/">
            the first page
          </Link>
          .
        </p>
      </Notice>
    </main>
  )
}
