import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

/** These keep nothing and touch nothing, by the project's own rules: their tests may share a process, which halves the time. */
const PURE = ['topology', 'reach', 'exposure', 'whatif', 'graph', 'export', 'wall', 'quadlet'].map(
  name => `lib/${name}/**/*.test.ts`,
)

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    environment: 'node',
    restoreMocks: true,
    // A guard for those that hang, not a measure: the machine may be busy with other steps.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Of waiting for what will be so; one second is too little on a busy machine.
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ['tests/properties.ts'],
    projects: [
      { extends: true, test: { name: 'pure', include: PURE, isolate: false } },
      {
        extends: true,
        test: {
          name: 'unit',
          include: [
            'app/**/*.test.ts',
            'lib/**/*.test.ts',
            'components/**/*.test.{ts,tsx}',
            'bin/**/*.test.ts',
            'tests/rules/**/*.test.ts',
          ],
          exclude: PURE,
        },
      },
    ],
  },
})
