/** Units of a recording: those that Podwire recorded, else what Podman's quadlet API had said. */
import { recordedQuadlets } from '@/lib/podman/recorded-quadlets'
import type { Recording } from '@/lib/podman/recording'
import { declareUnits } from '@/lib/quadlet/declare'
import type { UnitsRead } from './types'
import { parseUnitsRead } from './unit-schema'
import { noUnits } from './units'

const NO_STATE = 'the recorded answer has no state'

/** `podman`: version of the recorded engine, "6.1.1"; null = not known. */
export function unitsOfRecording(recording: Recording, podman: string | null): UnitsRead {
  if (recording.units !== undefined)
    return parseUnitsRead(recording.units) ?? noUnits('The quadlet files in the recording are malformed.')
  const files = recordedQuadlets(recording)
  if (files === null) return noUnits('The recording holds no quadlet files.')
  const states = new Map(files.map(({ path, systemd }) => [path, systemd]))
  const units = declareUnits(
    files.map(({ path, text }) =>
      text === null ? { path, text: '', unread: 'not recorded', dropIns: [] } : { path, text, dropIns: [] },
    ),
    { podman },
  )
  return {
    known: true,
    // The API hands out the file alone.
    notes: ['drop-ins were not recorded'],
    units: units.map(unit => {
      const systemd = states.get(unit.path) ?? null
      return { unit, modifiedAt: null, systemd, systemdUnknownBecause: systemd === null ? NO_STATE : null }
    }),
  }
}
