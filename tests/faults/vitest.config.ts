import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Podwire under faults: see README.md. Those with a server of their own need the build and a root of the lab. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)) } },
  test: {
    include: ['tests/faults/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    restoreMocks: true,
  },
})
