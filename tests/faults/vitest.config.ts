import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Podwire under faults: see README.md. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)) } },
  test: {
    include: ['tests/faults/**/*.test.ts'],
    environment: 'node',
    pool: 'forks',
    maxWorkers: 2,
    // What passes only the second time is told by name.
    retry: 1,
    // Most of their time is of their own making; a guard for those that hang.
    testTimeout: 180_000,
    hookTimeout: 120_000,
    // Of waiting for what will be so; one second is too little on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    restoreMocks: true,
  },
})
