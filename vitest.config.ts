import { availableParallelism } from 'node:os'
import { defineConfig } from 'vitest/config'

/** Test files that take longer than a second, by what makes them slow; all others are the quick ones. */
const SLOW = {
  // Every golden case, on the built program and inside the tests.
  cases: ['test/cases*.test.ts'],
  // Pages in a browser, and commands of the documentation.
  page: ['test/page/**/*.test.ts', 'test/docs/**/*.test.ts'],
  // Kills, full disks, many processes, generated questions: the worst that can happen.
  worst: [
    'test/worst/**/*.test.ts',
    'test/engine/**/*.test.ts',
    'test/fuzz/**/*.test.ts',
    'test/package/**/*.test.ts',
    'test/**/*.property.test.ts',
    'test/**/*.slow.test.ts',
  ],
}

export default defineConfig({
  define: { USAGEBOOK_VERSION: '"0.0.0-test"' },
  test: {
    globalSetup: ['test/temporary-folder.ts'],
    testTimeout: 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // vitest leaves a core to itself, which on two cores means one test file at a time.
    maxWorkers: availableParallelism(),
    // No module has state of its own, so files may share what was loaded; a process for each costs half a second.
    isolate: false,
    env: { TZ: 'UTC' },
    projects: [
      ...Object.entries(SLOW).map(([name, include]) => project(name, include)),
      project('quick', ['test/**/*.test.ts'], Object.values(SLOW).flat()),
    ],
  },
})

function project(name: string, include: string[], exclude: string[] = []) {
  return { extends: true as const, test: { name, include, exclude } }
}
