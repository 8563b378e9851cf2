import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** Real Podman hosts: as root, one after the other. Apart from the unit tests, which run anywhere within seconds. */
export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('../..', import.meta.url)) } },
  test: {
    include: ['tests/lab/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    // What passes only the second time is told by name. Tests that measure packets have one try.
    retry: 1,
    testTimeout: 60_000,
    hookTimeout: 240_000,
    // Of waiting for what will be so; one second is too little on a busy machine.
    expect: { poll: { timeout: 30_000 } },
  },
})
