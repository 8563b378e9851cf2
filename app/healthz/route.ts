import { healthzAnswer } from '@/lib/server/api/health'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

// The one address that needs no token: whoever asks learns nothing but that something answers.
export const GET = () => healthzAnswer()
