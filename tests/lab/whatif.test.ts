/**
 * What a change would gain and lose is what packets show once it is made: random changes of random hosts, made with the lines
 * that the answers give, and the whole matrix measured. The seeds are the same on every run. One by one and with the lists of
 * gained and lost, further, or one again:
 *
 *     WHATIF_CHANGES=20 npx vitest run --config tests/lab/vitest.config.ts tests/lab/whatif
 *     WHATIF_SEED=7 WHATIF_CHANGES=3 npx vitest run --config tests/lab/vitest.config.ts tests/lab/whatif -t 'trixie, rootful'
 *
 * WHATIF_LANES=all has every generation, with and without root.
 */
import { expect, test } from 'vitest'
import type { HostSnapshot } from '@/lib/collector/types'
import { buildTopology } from '@/lib/topology/build'
import type { HostModel } from '@/lib/topology/types'
import type { Change, Difference } from '@/lib/whatif/types'
import { applyChange, type Applying, whatIf } from '@/lib/whatif/whatif'
import type { Truth } from '@/tests/recordings/model'
import { compare } from '@/tests/recordings/compare'
import { type LabHost, startLabHost } from './host'
import { eachLane, type Lane, LANES } from './lanes'
import { generate, type Random, randomOf } from './reach/generate'
import { addNeighbours, measure } from './reach/measure'
import { keep, type Reading, readHost } from './reach/model'
import { contradictions } from './reach/report'
import { remark } from './remarks'
import { GENERATIONS } from './suites'
import { chooseChange } from './whatif/choose'
import { makeChange } from './whatif/make'
import { judge } from './whatif/verdicts'

const { WHATIF_SEED, WHATIF_CHANGES, WHATIF_LANES } = process.env
const SEED = Number(WHATIF_SEED ?? 31)
/** Changes that are made before packets are sent: asked for by number, every one is measured by itself. */
const TOGETHER = WHATIF_CHANGES === undefined ? 6 : 1
const CHANGES = Number(WHATIF_CHANGES ?? 6)
/** What packets said is not asked again until it pleases. */
const MEASURED = { timeout: 120_000 + CHANGES * 30_000, retry: 0 }

/** netavark 1 and netavark 2. */
const CHOSEN = LANES.filter(({ suite, user }) => WHATIF_LANES === 'all' || (user === 'root' && suite !== 'bookworm'))

type Possible = Extract<Applying, { ok: true }>

interface Counts {
  changes: number
  refused: number
  pairs: number
  unknown: number
  listed: number
}

eachLane(CHOSEN, lane => {
  test(`${CHANGES} changes of a host of seed ${SEED}`, MEASURED, async () => {
    const counts: Counts = { changes: 0, refused: 0, pairs: 0, unknown: 0, listed: 0 }
    const host = await startLabHost({ suite: lane.suite, user: lane.user })
    try {
      await addNeighbours(host)
      await host.engine.bash(generate(SEED, { generation: Number(GENERATIONS[lane.suite][0]), user: lane.user }))
      await changeAndMeasure(host, lane, counts)
    } finally {
      await host.stop()
    }
    const { changes, refused, pairs, unknown, listed } = counts
    remark(
      `${lane.title}: ${changes} changes beside packets (${refused} refused), ${pairs} pairs, ${unknown} unknown, ${listed} of gained and lost`,
    )
  })
})

async function changeAndMeasure(host: LabHost, lane: Lane, counts: Counts): Promise<void> {
  const random = randomOf(SEED)
  let reading = await readHost(host, host.engine)
  let before = TOGETHER === 1 ? await measure(host, host.engine) : null
  const made: string[] = []
  while (counts.changes < CHANGES) {
    let { snapshot } = reading
    let last: { model: HostModel; possible: Possible; difference: Difference } | null = null
    for (let number = 0; number < TOGETHER && counts.changes < CHANGES; number++) {
      const { possible, change } = choose(snapshot, random, counts)
      const { lines, difference } = answered(snapshot, change)
      made.push(lines.podman ?? '')
      await makeChange(host.engine, snapshot, possible.subject, lines).catch((error: unknown) => {
        throw new Error(`${howAgain(made, lane)}\n${String(error)}`)
      })
      last = { model: possible.model, possible, difference }
      // The next is asked of the host as it would be.
      snapshot = possible.applied.snapshot
    }
    if (last === null) throw new Error('nothing was changed')
    const after = await measure(host, host.engine)
    await judgeAll(last, { before, after }, counts, reading, howAgain(made, lane), lane)
    reading = await readHost(host, host.engine)
    if (before !== null) before = after
  }
}

/** A change that can be. */
function choose(snapshot: HostSnapshot, random: Random, counts: Counts): { change: Change; possible: Possible } {
  for (let tries = 0; tries < 50; tries++) {
    const change = chooseChange(snapshot, random, counts.changes)
    const applying = applyChange(snapshot, change)
    if (applying?.ok === true) {
      counts.changes += 1
      return { change, possible: applying }
    }
    counts.refused += 1
  }
  throw new Error('nothing on this host can be changed')
}

function answered(snapshot: HostSnapshot, change: Change) {
  const outcome = whatIf(snapshot, change, { before: buildTopology(snapshot) })?.outcome
  if (!outcome) throw new Error('applied and refused')
  return outcome
}

const howAgain = (made: readonly string[], { title }: Lane): string =>
  [
    ...made,
    `again: WHATIF_SEED=${SEED}${WHATIF_CHANGES === undefined ? '' : ` WHATIF_CHANGES=${CHANGES}`} npx vitest run --config tests/lab/vitest.config.ts tests/lab/whatif -t '${title}'`,
  ].join('\n')

async function judgeAll(
  { model, possible, difference }: { model: HostModel; possible: Possible; difference: Difference },
  { before, after }: { before: Truth | null; after: Truth },
  counts: Counts,
  reading: Reading,
  again: string,
  { suite, user }: Lane,
): Promise<void> {
  const comparison = compare(model, after)
  const wrong = contradictions(comparison, model.host)
  counts.pairs += comparison.pairs
  counts.unknown += comparison.unknown.length
  if (before !== null) {
    const lists = judge(possible.subject.record.summary.name, difference, before, after)
    counts.listed += lists.compared
    wrong.push(...lists.wrong)
  }
  if (wrong.length > 0)
    console.log(`before it: ${await keep(`whatif-${SEED}-${counts.changes}-${suite}-${user}`, reading, after)}`)
  expect(wrong, `${wrong.join('\n')}\n${again}`).toEqual([])
}
