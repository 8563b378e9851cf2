import { serve } from '@/lib/server/api/handler'
import { matrixAnswer } from '@/lib/server/api/reach'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, matrixAnswer)
