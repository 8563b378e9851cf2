import { defineConfig } from '@playwright/test'

/** Chromium of the system, never a downloaded one; tests/run installs it. One worker: all look at the same real host. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'tests/output/browser',
  workers: 1,
  /** A real host, a real browser and two cores: what passes only the second time is told by name, and does not stop the run. */
  retries: 1,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    browserName: 'chromium',
    viewport: { width: 1920, height: 1080 },
    contextOptions: { reducedMotion: 'reduce' },
    trace: 'retain-on-first-failure',
    launchOptions: {
      executablePath: process.env['PODWIRE_CHROMIUM'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
  },
})
