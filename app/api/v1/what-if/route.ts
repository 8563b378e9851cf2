import { serve } from '@/lib/server/api/handler'
import { whatIfAnswer } from '@/lib/server/api/what-if'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, whatIfAnswer)
