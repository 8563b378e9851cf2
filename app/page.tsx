import { connection } from 'next/server'
import { FirstPicture } from '@/components/graph/FirstPicture'
import { Dashboard } from '@/components/shell/Dashboard'
import { nonceOfRequest } from './nonce'

/** Rendered per request, because the nonce of the content security policy is. */
export default async function Page() {
  await connection()
  return (
    <>
      <Dashboard />
      <FirstPicture />
      {/* Has to know where the map will be, and no more. */}
      {/* oxlint-disable-next-line nextjs/no-sync-scripts */}
      <script src="/first-picture.js" nonce={await nonceOfRequest()} />
    </>
  )
}
