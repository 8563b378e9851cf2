import { connection } from 'next/server'
import { Dashboard } from '@/components/shell/Dashboard'

/** Rendered per request, because the nonce of the content security policy is. */
export default async function Page() {
  await connection()
  return <Dashboard />
}
