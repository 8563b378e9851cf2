import { connection } from 'next/server'
import { Wall } from '@/components/wall/Wall'
import './wall.css'

/** Rendered per request, because the nonce of the content security policy is. */
export default async function Page() {
  await connection()
  return <Wall />
}
