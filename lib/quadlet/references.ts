/** What files say of each other: pods, networks and containers that are named as units. */
import type { DeclaredNetwork, DeclaredUnit, UnitProblem } from './types'
import { isBefore } from './versions'

type Units = ReadonlyMap<string, DeclaredUnit>

/** Before it, Podman takes a .network that nobody defines, and the service waits for one that never comes. */
const CHECKS_UNITS = '5.3'

/** Units that are named and not there, or that cannot be used so. */
export function referenceProblems(unit: DeclaredUnit, units: Units, podman: string | null): UnitProblem[] {
  const effect = podman !== null && isBefore(podman, CHECKS_UNITS) ? 'fails' : 'skipped'
  const problems = unit.networks.flatMap(one => networkProblems(one, units, effect))
  const { pod } = unit
  if (pod !== null) {
    const at = unit.lines.findLast(line => line.section === 'Container' && line.key === 'Pod')
    const where = { file: at?.file ?? unit.path, line: at?.line ?? null, effect: 'skipped' as const }
    // https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L2173-L2199
    if (!pod.endsWith('.pod'))
      problems.push({ ...where, message: `pod ${cut(pod)} is not Quadlet based`, accepted: 'Pod=NAME.pod' })
    else if (!units.has(pod))
      problems.push({
        ...where,
        message: `quadlet pod unit ${cut(pod)} does not exist`,
        accepted: `a file ${cut(pod)}`,
        missing: pod,
      })
  }
  return problems
}

/** https://github.com/containers/podman/blob/v5.8.2/pkg/systemd/quadlet/quadlet.go#L1825-L1868 */
function networkProblems({ value, at }: DeclaredNetwork, units: Units, effect: UnitProblem['effect']): UnitProblem[] {
  if (value.kind !== 'unit') return []
  const where = { file: at.file, line: at.line, effect }
  const other = units.get(value.unit)
  const name = cut(value.unit)
  if (other === undefined) {
    const message = `requested Quadlet unit ${name} was not found`
    return [{ ...where, message, accepted: `a file ${name}, or the name of a network`, missing: value.unit }]
  }
  // Only a service that was made has given its network a name.
  const isNameless = other.kind === 'network' ? other.problems.some(one => one.effect === 'skipped') : false
  if (isNameless || other.resource === null)
    return [{ ...where, message: `cannot get the resource name of ${name}`, accepted: `a ${name} that Podman takes` }]
  if (other.kind === 'container' && value.hasOptions) {
    const message = "extra options are not supported when joining another container's network"
    return [{ ...where, message, accepted: `Network=${name}` }]
  }
  return []
}

/** The same networks, with the names that the engine knows them by. */
export const resolveNetworks = (unit: DeclaredUnit, units: Units, podman: string | null): DeclaredNetwork[] =>
  unit.networks.map(one => ({ ...one, name: nameOf(one, units, podman) }))

function nameOf({ value }: DeclaredNetwork, units: Units, podman: string | null): string | null {
  switch (value.kind) {
    case 'network':
      return /[%$]/.test(value.name) ? null : value.name
    case 'join':
      return /[%$]/.test(value.container) ? null : value.container
    case 'unit': {
      const other = units.get(value.unit)
      if (other !== undefined) return other.resource
      const isNamed = podman !== null && isBefore(podman, CHECKS_UNITS) && value.unit.endsWith('.network')
      return isNamed ? `systemd-${value.unit.slice(0, -'.network'.length)}` : null
    }
    case 'host':
    case 'none':
    case 'private':
    case 'pasta':
    case 'slirp4netns':
    case 'path':
      return null
  }
}

const cut = (name: string): string => (name.length > 80 ? `${name.slice(0, 79)}…` : name)
