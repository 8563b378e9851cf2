/** Containers that run an engine of their own: by their processes, else by what QM is made of. */
import type { ContainerRecord, HostSnapshot } from '@/lib/collector/types'
import type { ProbeFacts } from '@/lib/probe/types'
import { isLive } from './claims'
import { containerId } from './ids'
import type { Host } from './types'
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

/** Where an inner engine runs. That its host namespace is the container's is said where the inodes of both are known. */
export function nestedIn({ connection, probe }: HostSnapshot): Host['nestedIn'] {
  const outer = connection.nestedIn
  if (outer === undefined) return null
  const place = { hostId: outer.hostId, containerId: containerId(outer.hostId, outer.containerId) }
  const unknown = (because: string) => ({ ...place, sharesNamespace: 'unknown' as const, because })
  if (outer.netns === null) return unknown('the outer engine does not tell the namespace of the container')
  if (probe.hostNetns === null) return unknown(probe.reason ?? 'the namespace of this host was not read')
  return probe.hostNetns === outer.netns
    ? { ...place, sharesNamespace: 'yes', because: `both are network namespace ${outer.netns}` }
    : {
        ...place,
        sharesNamespace: 'no',
        because: `the container is in network namespace ${outer.netns}, its engine in ${probe.hostNetns}`,
      }
}

/** Why nobody could look at the containers' processes; null when somebody did. */
export function enginesUnknownBecause({ available, reason, innerEngines }: ProbeFacts): string | null {
  if (innerEngines !== undefined) return innerEngines.known ? null : innerEngines.because
  return available || reason === null ? 'nobody looked at the processes of the containers' : reason
}
