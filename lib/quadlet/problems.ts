/** What is wrong with one file by itself, in Podman's words, with the form that is accepted. */
import { allOf, lastOf, type UnitText } from './grammar'
import { shownKey } from './kept'
import { nearestKey, supportOf } from './keys'
import { KINDS, type UnitKind } from './kinds'
import type { FileEntry, UnitProblem } from './types'
import { isBefore } from './versions'

/** Problems of the text itself. A drop-in that is refused is left out; the unit goes on without it. */
export function textProblems(file: string, { problem }: UnitText, isMain: boolean): UnitProblem[] {
  if (problem === null) return []
  const { line, message, accepted } = problem
  return [{ file, line, message, accepted, effect: isMain ? 'skipped' : 'odd', refusesText: true }]
}

/** Problems of keys and of what is missing. `entries` are those of the file and its drop-ins. */
export function formProblems(
  name: string,
  kind: UnitKind,
  path: string,
  entries: readonly FileEntry[],
  podman: string | null,
): UnitProblem[] {
  const { section, since } = KINDS[kind]
  const whole = (message: string, accepted: string | null): UnitProblem => ({
    file: path,
    line: null,
    message,
    accepted,
    effect: 'skipped',
  })
  if (podman !== null && isBefore(podman, since))
    return [whole(`Podman ${podman} does not read ${name}: .${kind} files come with ${since}`, null)]
  return [
    ...unknownKeys(section, path, entries, podman),
    ...required(kind, entries, whole),
    ...serviceProblems(kind, entries),
  ]
}

/** https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L625-L634, L711-L715 */
function serviceProblems(kind: UnitKind, entries: readonly FileEntry[]): UnitProblem[] {
  if (kind !== 'container' && kind !== 'kube') return []
  const limits = [
    ['KillMode', ['mixed', 'control-group'], 'invalid KillMode'],
    ['Type', ['notify', 'oneshot'], 'invalid service Type'],
  ] as const
  return limits.flatMap(([key, accepted, message]): UnitProblem[] => {
    const last = lastOf(entries, 'Service', key)
    if (last === null || accepted.some(one => one === last.value)) return []
    const forms = accepted.map(one => `${key}=${one}`).join(' or ')
    return [{ file: last.file, line: last.line, message, accepted: forms, effect: 'skipped' }]
  })
}

function unknownKeys(
  section: string,
  path: string,
  entries: readonly FileEntry[],
  podman: string | null,
): UnitProblem[] {
  const problems: UnitProblem[] = []
  const told = new Set<string>()
  for (const { section: group, key, file, line } of entries) {
    if (group !== section && group !== 'Quadlet') continue
    const support = supportOf(group, key, podman)
    if (support === 'yes' || told.has(`${group} ${key}`)) continue
    told.add(`${group} ${key}`)
    const shown = shownKey(key)
    // https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L562-L571
    const message =
      shown === null
        ? `unsupported key in group '${group}' in ${path}`
        : `unsupported key '${shown}' in group '${group}' in ${path}`
    const near = shown === null ? null : nearestKey(group, shown)
    const accepted = support === null ? near && `${near}=` : `Podman ${support.since} and later take it`
    problems.push({ file, line, message, accepted, effect: 'skipped' })
  }
  return problems
}

type Whole = (message: string, accepted: string | null) => UnitProblem

/** Keys without which, or with which together, Podman makes no service. */
function required(kind: UnitKind, entries: readonly FileEntry[], whole: Whole): UnitProblem[] {
  const { section } = KINDS[kind]
  const has = (key: string) => (lastOf(entries, section, key)?.value ?? '') !== ''
  switch (kind) {
    case 'container': {
      const problems: UnitProblem[] = []
      // https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L603-L611
      if (!has('Image') && !has('Rootfs')) problems.push(whole('no Image or Rootfs key specified', 'Image=NAME'))
      if (has('Image') && has('Rootfs'))
        problems.push(whole('the Image And Rootfs keys conflict can not be specified together', 'one of the two'))
      if (has('Group') && !has('User')) problems.push(whole('invalid Group set without User', 'User=NAME'))
      return problems
    }
    case 'kube':
      return has('Yaml') ? [] : [whole('no Yaml key specified', 'Yaml=FILE')]
    case 'image':
      return has('Image') ? [] : [whole('no Image key specified', 'Image=NAME')]
    case 'build':
      return has('ImageTag') ? [] : [whole('no ImageTag key specified', 'ImageTag=NAME')]
    case 'artifact':
      return has('Artifact') ? [] : [whole('no Artifact key specified', 'Artifact=NAME')]
    case 'network': {
      const count = (key: string) => allOf(entries, section, key).length
      const subnets = count('Subnet')
      // https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L1003-L1024
      if (subnets === 0 && count('Gateway') + count('IPRange') > 0)
        return [whole('cannot set gateway or range without subnet', 'Subnet=CIDR')]
      if (count('Gateway') > subnets)
        return [whole('cannot set more gateways than subnets', 'one Gateway= per Subnet=')]
      if (count('IPRange') > subnets) return [whole('cannot set more ranges than subnets', 'one IPRange= per Subnet=')]
      return []
    }
    case 'volume': {
      if (has('Device') || (lastOf(entries, section, 'Driver')?.value ?? '') === 'image') return []
      for (const key of ['Type', 'Options'])
        if (has(key)) return [whole(`key ${key} can't be used without Device`, 'Device=PATH')]
      return []
    }
    case 'pod':
      return []
  }
}
