/** Which line of a quadlet file a finding is about. */
import type { Finding } from '@/lib/exposure/types'
import type { Host, Unit } from '@/lib/topology/types'

/** 1 is the first line; also for what the whole file is about. */
export interface SourceLine {
  file: string
  line: number
}

export type LineOf = (finding: Finding) => SourceLine | null

/** Beginnings of the fields in which something is seen, and the keys by which a file says it. */
const KEYS: readonly (readonly [field: RegExp, keys: readonly string[]])[] = [
  [/^Ports\b/, ['PublishPort']],
  [/^HostConfig\.NetworkMode|^NetworkSettings/, ['Network', 'Pod']],
  [/^BoundingCaps|^CapAdd/, ['AddCapability']],
  [/^Mounts/, ['Volume', 'Mount']],
  [/^HostConfig\.Devices/, ['AddDevice']],
  [/^HostConfig\.SecurityOpt|^SecurityOpt/, ['SeccompProfile', 'SecurityLabelDisable', 'AppArmor', 'Unmask']],
  [/^HostConfig\.ExtraHosts/, ['AddHost']],
  [/^HostConfig\.UsernsMode/, ['UserNS']],
  [/^options\.|^Options/, ['Options']],
  [/^subnets|^Subnet/, ['Subnet']],
  [/^internal|^Internal/, ['Internal']],
  [/^driver|^Driver/, ['Driver']],
]

/** null when no file declares the subject. */
export function lineOfFinding(host: Host, finding: Finding): SourceLine | null {
  const { subject, evidence } = finding
  const units = host.units ?? []
  if (subject.kind === 'host') return lineOfFile(units, finding)
  const namespace = host.namespaces.find(({ id }) => id === subject.id)
  const ids = new Set([subject.id, namespace?.podId, namespace?.ownerId])
  const unit = units.find(({ thingIds }) => thingIds.some(id => ids.has(id)))
  if (unit === undefined) return null
  for (const { field } of evidence) {
    const keys = KEYS.find(([form]) => form.test(field))?.[1] ?? []
    const line = unit.lines.findLast(({ key }) => keys.includes(key))
    if (line !== undefined) return { file: line.file, line: line.line }
  }
  return { file: unit.path, line: 1 }
}

/** Of findings about files themselves: the first problem of the file that is named. */
function lineOfFile(units: readonly Unit[], { evidence, message }: Finding): SourceLine | null {
  for (const { field } of evidence) {
    const unit = units.find(({ path, problems }) => path === field || problems.some(({ file }) => file === field))
    if (unit === undefined) continue
    const problem = unit.problems.find(
      ({ file, line, message: words }) => file === field && line !== null && message.includes(words),
    )
    if (problem !== undefined) return { file: problem.file, line: problem.line ?? 1 }
    const door = unit.doors[0]
    return door !== undefined && unit.problems.length === 0
      ? { file: door.file, line: door.line }
      : { file: field, line: 1 }
  }
  return null
}
