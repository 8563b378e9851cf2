import { serve } from '@/lib/server/api/handler'
import { metricsAnswer } from '@/lib/server/api/health'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, metricsAnswer)
