import { serve } from '@/lib/server/api/handler'
import { topologyAnswer } from '@/lib/server/api/topology'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, topologyAnswer)
