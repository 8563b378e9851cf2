import { Notice } from '@/components/ui/Notice'
import { QuestionIcon } from '@/components/ui/icons'

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center p-6">
      <Notice icon={QuestionIcon} title="Nothing is here">
        <p>
          The picture is on {/* A plain link: next/link would ride along with every page. */}
          {/* oxlint-disable-next-line nextjs/no-html-link-for-pages */}
          <a className="text-accent underline" href="/">
            the first page
          </a>
          .
        </p>
      </Notice>
    </main>
  )
}
