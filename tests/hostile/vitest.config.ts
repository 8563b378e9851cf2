import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Hostile clients and hostile engines against the server as it is built and started. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)) } },
  test: {
    include: ['tests/hostile/**/*.test.ts'],
    environment: 'node',
    setupFiles: ['tests/properties.ts'],
    fileParallelism: false,
    // What passes only the second time is told by name.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // Of waiting for what will be so; one second is too little on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
})
