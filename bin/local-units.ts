/** Quadlet files of an engine on this machine, read as this process may. */
import { createUnitReader, type ReadUnits } from '@/lib/collector/units'
import { createRootFinder } from '@/lib/probe/engine-root'

/** One for each engine. The environment of this process says nothing of an engine inside of a container. */
export const localUnits = (isNested = false): ReadUnits =>
  createUnitReader({ findRoot: createRootFinder(), env: isNested ? {} : process.env, uid: process.geteuid?.() })
