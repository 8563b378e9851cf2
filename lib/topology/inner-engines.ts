/** Containers that run an engine of their own: by their processes, else by what QM is made of. */
import type { ContainerRecord } from '@/lib/collector/types'
import type { ProbeFacts } from '@/lib/probe/types'
import { isLive } from './claims'
import { unitOf } from './units'

/** https://github.com/containers/qm/blob/main/qm.container */
const QM_TYPE = 'qm_t'
const QM_UNIT = 'qm.service'

/** What shows that a running container runs an engine of its own; null when nothing does. */
export function engineInside(record: ContainerRecord, { innerEngines }: ProbeFacts): string | null {
  if (!isLive(record)) return null
  const { summary, detail } = record
  if (innerEngines?.known === true && Object.hasOwn(innerEngines.value, summary.id))
    return innerEngines.value[summary.id] ?? null
  if (detail?.selinuxType === QM_TYPE) return `its SELinux type is ${QM_TYPE}, which is that of QM`
  if (unitOf(record) === QM_UNIT && detail?.rootfs != null)
    return `its unit is ${QM_UNIT}, and it runs from a root file system as QM does`
  return null
}

/** Why nobody could look at the containers' processes; null when somebody did. */
export function enginesUnknownBecause({ available, reason, innerEngines }: ProbeFacts): string | null {
  if (innerEngines !== undefined) return innerEngines.known ? null : innerEngines.because
  return available || reason === null ? 'nobody looked at the processes of the containers' : reason
}
