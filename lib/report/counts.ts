/** How many findings of which severity there are. */
import { SEVERITIES } from '@/lib/exposure/severity'
import type { Finding } from '@/lib/exposure/types'

/** "2 critical, 1 high": the ones that there are. */
export const severityWords = (findings: readonly Finding[]): string =>
  SEVERITIES.map(severity => ({ severity, count: findings.filter(finding => finding.severity === severity).length }))
    .filter(({ count }) => count > 0)
    .map(({ severity, count }) => `${count} ${severity}`)
    .join(', ')
