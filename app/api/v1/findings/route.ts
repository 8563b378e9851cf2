import { serve } from '@/lib/server/api/handler'
import { findingsAnswer } from '@/lib/server/api/findings'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, findingsAnswer)
