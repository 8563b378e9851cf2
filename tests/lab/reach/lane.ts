/** One host of one generation: made, measured, and compared. */
import { expect } from 'vitest'
import { compare } from '@/tests/recordings/compare'
import { startLabHost, type User } from '../host'
import type { Suite } from '../suites'
import { addNeighbours, measure } from './measure'
import { keep, readHost } from './model'
import { contradictions, summary } from './report'

export interface Lane {
  /** Also a file name. */
  name: string
  suite: Suite
  user: User
  /** Commands of a bash script. */
  script: string
  /** Said when packets contradict. */
  repeat: string
}

/** Pairs and unknowns of a lane, for those who sum up. */
export interface Outcome {
  pairs: number
  /** Reasons of each pair that was left open. */
  unknown: readonly string[]
}

/** Makes the host, and fails with a table of whatever packets contradict. Prints counts in any case. */
export async function comparePackets({ name, suite, user, script, repeat }: Lane): Promise<Outcome> {
  const host = await startLabHost({ suite, user })
  try {
    await addNeighbours(host)
    const refused = await host.engine.bash(script)
    const truth = await measure(host, host.engine)
    const reading = await readHost(host, host.engine)
    const comparison = compare(reading.model, truth)
    const wrong = contradictions(comparison, reading.model.host)
    console.log([summary(name, comparison), ...(refused === '' ? [] : [refused.trimEnd()])].join('\n'))
    if (wrong.length > 0 || process.env['REACH_KEEP'] !== undefined)
      console.log(`kept in ${await keep(name, reading, truth)}`)
    expect(wrong, `${wrong.join('\n')}\n${repeat}`).toEqual([])
    return { pairs: comparison.pairs, unknown: comparison.unknown.map(({ because }) => because.join('; ')) }
  } finally {
    await host.stop()
  }
}
