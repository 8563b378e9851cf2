/** Every way in which containers stand to each other: verdicts and packets agree, on every generation. */
import { expect, test } from 'vitest'
import { scenario } from '../host'
import { eachLane, LANES } from '../lanes'
import { comparePackets, expectFewUnknown } from './lane'

eachLane(LANES, ({ suite, user, title }) => {
  test('what reach says is what packets do', async () => {
    const script = await scenario(user === 'root' ? 'reach' : 'reach-rootless')
    const name = `fixed-${suite}-${user}`
    const outcome = await comparePackets({ name, suite, user, script, repeat: `${title}: the fixed scenario` })
    expect(outcome.pairs).toBeGreaterThan(1000)
    expectFewUnknown(outcome)
  }, 240_000)
})
