/** Quadlet files as the rules look at them: what is declared beside what runs. */
import type { UnitRecord } from '@/lib/collector/types'
import type { DeclaredUnit, UnitProblem } from '@/lib/quadlet/types'
import { unitId } from '@/lib/topology/ids'
import type { Unit } from '@/lib/topology/types'
import type { Evidence, RuleResult } from './types'
import type { HostView } from './view'

export interface Declared {
  unit: DeclaredUnit
  record: UnitRecord
  /** The same unit in the model. */
  there: Unit
  /** Podman makes a service of it. */
  counts: boolean
}

const remembered = new WeakMap<HostView, readonly Declared[]>()

/** Every quadlet file of the host; empty too when they are not known, see unitsUnknown. */
export function declaredOn(view: HostView): readonly Declared[] {
  const known = remembered.get(view)
  if (known) return known
  const there = new Map((view.host.units ?? []).map(unit => [unit.id, unit]))
  const all = (view.facts.units ?? []).flatMap((record): Declared[] => {
    const { unit } = record
    const shown = there.get(unitId(view.host.id, unit.path))
    const counts = unit.problems.every(({ effect }) => effect !== 'skipped' && effect !== 'unread')
    return shown === undefined ? [] : [{ unit, record, there: shown, counts }]
  })
  remembered.set(view, all)
  return all
}

/** Lines of notExamined when files are not known, or not all of them; the same from every rule, so that they are said once. */
export function unitsUnknown(view: HostView): string[] {
  const { units, unitsUnknownBecause } = view.host
  if (units === null) return [`quadlet files: ${unitsUnknownBecause ?? 'not read'}`]
  return (view.facts.unitNotes ?? []).map(note => `quadlet files: ${note}`)
}

/** A result to begin with. */
export const unitResult = (view: HostView): RuleResult => ({ hits: [], unknown: unitsUnknown(view) })

/** "line 3: …; accepted: …" as evidence of the file. */
export const problemEvidence = ({ file, line, message, accepted }: UnitProblem): Evidence => ({
  field: file,
  value: `${line === null ? '' : `line ${line}: `}${message}${accepted === null ? '' : `; accepted: ${accepted}`}`,
})

/** Whether the problem is that another unit or network is asked for which nobody defines; pods are a unit's own affair. */
export const isMissingNetwork = ({ missing }: UnitProblem): boolean =>
  missing !== undefined && !missing.endsWith('.pod')

/** How an admin restarts it; a comment, for a paste must not stop anything. */
export const restartOf = (view: HostView, service: string): string =>
  `systemctl ${view.host.rootless === true ? '--user ' : ''}restart ${service}`
