'use client'

import { useMemo } from 'react'
import { isActive } from '@/lib/client/findings'
import type { Finding } from '@/lib/exposure/types'
import type { Host } from '@/lib/topology/types'
import { usePage, useShownTopology } from '@/components/page-state'

export interface ShownFindings {
  active: readonly Finding[]
  /** What somebody accepted. */
  accepted: readonly Finding[]
  notExamined: readonly string[]
  /** Hosts that nothing is known of, so that no findings there mean nothing. */
  unread: readonly Host[]
}

/** The findings of the hosts in sight; null while nobody looked, or when no host could be read. */
export function useFindings(): ShownFindings | null {
  const report = usePage(state => state.findings)
  const topology = useShownTopology()
  return useMemo(() => {
    if (report === null || topology === null) return null
    const unread = topology.hosts.filter(host => host.status === 'unreachable')
    if (unread.length === topology.hosts.length) return null
    const hosts = new Set(topology.hosts.map(host => host.id))
    const shown = report.findings.filter(finding => hosts.has(finding.hostId))
    const accepted = shown.filter(one => !isActive(one))
    return { active: shown.filter(isActive), accepted, notExamined: report.notExamined, unread }
  }, [report, topology])
}
