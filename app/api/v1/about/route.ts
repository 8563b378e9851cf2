import { serve } from '@/lib/server/api/handler'
import { aboutAnswer } from '@/lib/server/api/about'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, aboutAnswer)
