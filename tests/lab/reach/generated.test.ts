/**
 * Random hosts: verdicts and packets agree there too. The seeds are the same on every run; to search further,
 * `REACH_SEEDS=20 npx vitest run --config tests/lab/vitest.config.ts tests/lab/reach/generated.test.ts`, and
 * `REACH_SEED=N` instead to see one of them again. What was found is left in tests/output/reach.
 */
import { expect, test } from 'vitest'
import { eachLane, LANES } from '../lanes'
import { GENERATIONS } from '../suites'
import { generate } from './generate'
import { comparePackets, expectFewUnknown, type Outcome } from './lane'

/** Chosen for what they are made of: what was wrong once is in them. */
const SEEDS = { root: [3, 12], dev: [2] }

function seedsFor(user: 'root' | 'dev'): number[] {
  const { REACH_SEED, REACH_SEEDS } = process.env
  if (REACH_SEED !== undefined) return [Number(REACH_SEED)]
  if (REACH_SEEDS === undefined) return SEEDS[user]
  const first = Date.now() % 1_000_000_000
  return Array.from({ length: Number(REACH_SEEDS) }, (_, index) => first + index)
}

eachLane(LANES, ({ suite, user }) => {
  const total: Outcome = { pairs: 0, unknown: 0 }

  test.each(seedsFor(user))(
    'seed %i',
    async seed => {
      const generation = Number(GENERATIONS[suite][0])
      const outcome = await comparePackets({
        name: `seed-${seed}-${suite}-${user}`,
        suite,
        user,
        script: generate(seed, { generation, user }),
        repeat: `to see it again: REACH_SEED=${seed} npx vitest run --config tests/lab/vitest.config.ts tests/lab/reach/generated.test.ts -t '${suite}'`,
      })
      expect(outcome.pairs).toBeGreaterThan(0)
      total.pairs += outcome.pairs
      total.unknown += outcome.unknown
    },
    120_000,
  )

  test('few pairs are left open', () => {
    expect(total.pairs).toBeGreaterThan(0)
    expectFewUnknown(total)
  })
})
