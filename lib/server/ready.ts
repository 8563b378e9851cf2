/** Whether the picture can be relied on, for supervisors and load balancers. */
import type { HostSnapshot } from '@/lib/collector/types'

type Seen = Pick<HostSnapshot, 'connection' | 'status' | 'problem' | 'readAt'>

const nameWithProblem = ({ connection, problem }: Seen): string =>
  problem === null ? connection.name : `${connection.name} (${problem.replace(/\.$/, '')})`

/**
 * Why not, a sentence each; empty when it can. Before every host was read once the picture has holes that are none of the
 * hosts'. Once it was, a lost host is shown as lost and the others are still worth seeing, until none is left.
 */
export function unreadyBecause(hosts: readonly Seen[]): string[] {
  const unread = hosts.filter(host => host.readAt === null)
  if (unread.length > 0) return [`Not every host was read yet: ${unread.map(nameWithProblem).join(', ')}.`]
  const lost = hosts.filter(host => host.status === 'stale' || host.status === 'unreachable')
  if (hosts.length > 0 && lost.length === hosts.length)
    return [`No host can be read any more: ${lost.map(nameWithProblem).join(', ')}.`]
  return []
}
