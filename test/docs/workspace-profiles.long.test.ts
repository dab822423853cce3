// The profiles of the workspace in this repository, which scripts/make-workspace-profiles.mjs makes by dozens of commands.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('profiles/ and clients.json are what the script makes now', () => {
  const run = spawnSync(process.execPath, ['scripts/make-workspace-profiles.mjs', '--check'], { encoding: 'utf8' })
  expect(run).toMatchObject({ stderr: '', status: 0 })
})
