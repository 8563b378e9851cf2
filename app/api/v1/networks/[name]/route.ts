import { networkAnswer } from '@/lib/server/api/drilldown'
import { serve } from '@/lib/server/api/handler'

export const runtime = 'nodejs'
export const dynamic = 'force-dynamic'

export async function GET(request: Request, { params }: { params: Promise<{ name: string }> }) {
  const { name } = await params
  return serve(request, call => networkAnswer(call, name))
}
