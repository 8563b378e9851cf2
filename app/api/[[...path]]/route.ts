import { serve } from '@/lib/server/api/handler'
import { problem, problemResponse } from '@/lib/server/problem'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

/** Every address below /api that no other route has: the same kind of answer as theirs. */
export const GET = (request: Request) =>
  serve(request, () => problemResponse(problem(404, 'There is nothing at this address.')))
