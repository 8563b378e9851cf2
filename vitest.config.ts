import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: { alias: { '@': fileURLToPath(new URL('.', import.meta.url)) } },
  test: {
    include: ['lib/**/*.test.ts', 'components/**/*.test.{ts,tsx}', 'bin/**/*.test.ts', 'tests/rules/**/*.test.ts'],
    environment: 'node',
    restoreMocks: true,
    setupFiles: ['tests/properties.ts'],
  },
})
