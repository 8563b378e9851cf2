import fc from 'fast-check'

/**
 * Property tests try the same inputs on every run, so that a red run is about the change under test. To search further:
 * `FC_SEED=random FC_RUNS=2000 npx vitest run properties`, then keep what was found as a test of its own.
 */
const { FC_SEED, FC_RUNS } = process.env
fc.configureGlobal({
  ...(FC_SEED === 'random' ? {} : { seed: Number(FC_SEED ?? 20_261_121) }),
  ...(FC_RUNS ? { numRuns: Number(FC_RUNS) } : {}),
})
