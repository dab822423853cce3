// Every command that README.md and docs/ show works, and prints what they show. "npm run docs" mends it.
import { spawnSync } from 'node:child_process'
import { expect, test } from 'vitest'

test('the output that README.md and docs/ show is current', () => {
  const run = spawnSync(process.execPath, ['scripts/update-docs.mjs', '--check'], { encoding: 'utf8' })
  expect(run).toMatchObject({ stderr: '', status: 0 })
})
