import { serve } from '@/lib/server/api/handler'
import { mapAnswer } from './answer'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, mapAnswer)
