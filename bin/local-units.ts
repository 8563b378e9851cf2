/** Quadlet files of an engine on this machine, read as this process may. */
import { createUnitReader, type ReadUnits } from '@/lib/collector/units'
import { createRootFinder } from '@/lib/probe/engine-root'

/** One for each engine. */
export const localUnits = (): ReadUnits =>
  createUnitReader({ findRoot: createRootFinder(), env: process.env, uid: process.geteuid?.() })
