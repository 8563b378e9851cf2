import { serve } from '@/lib/server/api/handler'
import { schemaAnswer } from '@/lib/server/api/schema'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, schemaAnswer)
