import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { defineConfig } from 'vitest/config'
import { slowFiles } from './test/slow-files.ts'

/** Test files that take longer than a second; all others are the quick ones. */
const SLOW = [
  // Every golden case, on the built program and inside the tests.
  'test/cases*.test.ts',
  // Pages in a browser, commands of the documentation, the package as it is installed.
  'test/{page,docs,package}/**/*.test.ts',
  // Kills, full disks, damaged caches: the worst that can happen.
  'test/{worst,engine,fuzz}/**/*.test.ts',
  'test/**/*.{slow,property}.test.ts',
]
/** What draws what it tries: CI tries more of it, and a long run much more. */
const DRAWN = [
  'test/cases*.test.ts',
  'test/**/*.property.test.ts',
  'test/server/{limits,openapi,process}.slow.test.ts',
  'test/library/call-watch.slow.test.ts',
  'test/app/{alert/told-once,log/prune-logs}.slow.test.ts',
  'test/app/alert/check-kills.wide.test.ts',
]
/** What takes a minute, or needs much of a browser: CI alone runs it, not `npm test`. */
const WIDE = ['test/**/*.wide.test.ts']
/** What is worth its time only in a long run. */
const LONG = ['test/**/*.long.test.ts']
const isWide = process.env.WIDE === '1'
const isLong = process.env.LONG === '1'

export default defineConfig({
  define: { USAGEBOOK_VERSION: '"0.0.0-test"' },
  // As the build makes it, with our own measure of text.
  resolve: { alias: { 'cli-table3': join(import.meta.dirname, 'dist', 'cli-table3.cjs') } },
  test: {
    setupFiles: ['test/fixed-seed.ts'],
    globalSetup: ['test/temporary-folder.ts'],
    reporters: ['default', slowFiles],
    testTimeout: isLong ? 900_000 : 180_000,
    hookTimeout: 180_000,
    pool: 'forks',
    // One more than there are cores: files that wait for a browser, a kill or a disk leave theirs to others.
    maxWorkers: availableParallelism() + 1,
    // No module has state of its own, so files may share what was loaded; a process for each costs half a second.
    isolate: false,
    env: { TZ: 'UTC' },
    projects: projects(),
  },
})

function projects() {
  if (isLong) return [project('long', [...DRAWN, ...LONG])]
  if (isWide) return [project('wide', [...DRAWN, ...WIDE])]
  const elsewhere = [...WIDE, ...LONG]
  return [project('slow', SLOW, elsewhere), project('quick', ['test/**/*.test.ts'], [...SLOW, ...elsewhere])]
}

function project(name: string, include: string[], exclude: string[] = []) {
  return { extends: true as const, test: { name, include, exclude } }
}
