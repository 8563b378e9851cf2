import { serve } from '@/lib/server/api/handler'
import { modesAnswer } from '@/lib/server/api/what-if'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export const GET = (request: Request) => serve(request, modesAnswer)
