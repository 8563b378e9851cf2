/** What the picture's colours and signs mean: English stands in the tables that draw them. */
import { DECLARED, DOORS, type DoorLook, DRIVERS, PIVOT, RESIDENT, ROOTLESS } from '@/lib/graph/appearance'
import {
  FLAG_SIGNS,
  type FlagSign,
  SEVERITY_SIGNS,
  STATE_SIGNS,
  type StateSign,
  THING_SIGNS,
  type ThingSign,
  VERDICT_SIGNS,
  type VerdictSign,
} from '@/lib/graph/signs'
import type { Meaning } from '@/lib/graph/legend'
import type { Driver } from '@/lib/graph/types'

const drivers: Record<Driver, Meaning> = DRIVERS
const doors: Record<DoorLook, Meaning> = DOORS
const states: Record<StateSign, Meaning> = STATE_SIGNS
const flags: Record<FlagSign, Meaning> = FLAG_SIGNS
const things: Record<ThingSign, Meaning> = THING_SIGNS
const severities: Record<keyof typeof SEVERITY_SIGNS, Meaning> = SEVERITY_SIGNS
const verdicts: Record<VerdictSign, Meaning> = VERDICT_SIGNS
const places: Record<'pivot' | 'resident' | 'rootless' | 'declared', Meaning> = {
  pivot: PIVOT,
  resident: RESIDENT,
  rootless: ROOTLESS,
  declared: DECLARED,
}

export const legend = {
  title: 'Legend',
  close: 'Close the legend',
  sections: {
    places: 'Networks and places',
    doors: 'Doors',
    containers: 'Containers',
    findings: 'Findings',
    reach: 'Reach',
  },
  drivers,
  doors,
  states,
  flags,
  things,
  severities,
  verdicts,
  places,
}
