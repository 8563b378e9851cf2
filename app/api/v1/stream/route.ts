import { serve } from '@/lib/server/api/handler'
import { streamAnswer, streamHead } from '@/lib/server/api/stream'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, streamAnswer)

// Next would run GET for HEAD too, and leave a stream open that nobody reads.
export const HEAD = (request: Request) => serve(request, streamHead)
