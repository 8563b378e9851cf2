import { containerAnswer } from '@/lib/server/api/drilldown'
import { serve } from '@/lib/server/api/handler'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }) {
  const { id } = await params
  return serve(request, call => containerAnswer(call, id))
}
