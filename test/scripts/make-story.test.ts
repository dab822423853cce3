// The logs that are checked in are those that the script makes.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('usage_logs/ holds the story that scripts/make-story.mjs tells', () => {
  const run = spawnSync(process.execPath, ['scripts/make-story.mjs', '--check'], { encoding: 'utf8' })
  expect(run).toMatchObject({ stderr: '', status: 0 })
})
