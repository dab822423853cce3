import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  define: { USAGEBOOK_VERSION: '"0.0.0-test"' },
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/temporary-folder.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // vitest leaves a core to itself, which on two cores means one test file at a time.
    maxWorkers: availableParallelism(),
    // No module has state of its own, so files may share what was loaded; a process for each costs half a second.
    isolate: false,
    env: { TZ: 'UTC' },
  },
})
