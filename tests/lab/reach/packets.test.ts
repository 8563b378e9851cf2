/**
 * What reach says is what packets do, on every generation: where containers stand to each other in every way there is, and on
 * random hosts. The seeds are the same on every run. To search further, or to see one host again:
 *
 *     REACH_SEEDS=20 npx vitest run --config tests/lab/vitest.config.ts tests/lab/reach
 *     REACH_SEED=914 npx vitest run --config tests/lab/vitest.config.ts tests/lab/reach -t 'trixie, rootful'
 *
 * A host that contradicts a verdict is kept in tests/output/reach, as a recording with its truth; REACH_KEEP=1 keeps every one.
 */
import { expect, test } from 'vitest'
import { scenario, type User } from '../host'
import { eachLane, LANES } from '../lanes'
import { GENERATIONS } from '../suites'
import { generate } from './generate'
import { remark } from '../remarks'
import { comparePackets, type Outcome } from './lane'
import { openWords } from './report'

/** Share of pairs that may stay open. */
const MAY_BE_UNKNOWN = 0.02
/** What packets said is not asked again until it pleases. */
const MEASURED = { timeout: 240_000, retry: 0 }

/**
 * Internal networks with IPv6, and ones that are there before the host forwards; macvlan beside bridges; doors of containers
 * on several networks; unmanaged bridges; uplinks of one's own.
 */
const SEEDS: Record<User, readonly number[]> = { root: [609, 914], dev: [585] }
const { REACH_SEED, REACH_SEEDS } = process.env

function seedsFor(user: User): readonly number[] {
  if (REACH_SEED !== undefined) return [Number(REACH_SEED)]
  if (REACH_SEEDS === undefined) return SEEDS[user]
  const first = Date.now() % 1_000_000_000
  return Array.from({ length: Number(REACH_SEEDS) }, (_, index) => first + index)
}

const isSearch = REACH_SEED !== undefined || REACH_SEEDS !== undefined

eachLane(LANES, ({ suite, user, title }) => {
  const outcomes: Outcome[] = []

  test.skipIf(isSearch)('in every way there is', MEASURED, async () => {
    const script = await scenario(user === 'root' ? 'reach' : 'reach-rootless')
    const outcome = await comparePackets({ name: `fixed-${suite}-${user}`, suite, user, script, repeat: title })
    expect(outcome.pairs).toBeGreaterThan(1000)
    outcomes.push(outcome)
  })

  test.each(seedsFor(user))('seed %i', MEASURED, async seed => {
    const script = generate(seed, { generation: Number(GENERATIONS[suite][0]), user })
    const repeat = `again: REACH_SEED=${seed} npx vitest run --config tests/lab/vitest.config.ts tests/lab/reach -t '${title}'`
    const outcome = await comparePackets({ name: `seed-${seed}-${suite}-${user}`, suite, user, script, repeat })
    expect(outcome.pairs).toBeGreaterThan(0)
    outcomes.push(outcome)
  })

  test('few pairs are left open', MEASURED, () => {
    const pairs = outcomes.reduce((sum, one) => sum + one.pairs, 0)
    const unknown = outcomes.flatMap(one => one.unknown)
    remark(`${title}: packets beside verdicts, ${openWords(pairs, unknown)}`)
    expect(pairs).toBeGreaterThan(0)
    expect(unknown.length / pairs).toBeLessThanOrEqual(MAY_BE_UNKNOWN)
  })
})
