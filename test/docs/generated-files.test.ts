// What is checked in and made by a script is what the script makes now. "npm run docs" and "npm run story" mend it.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'

test.each([
  ['the story in usage_logs/', 'scripts/make-story.mjs'],
  ['the schemas in docs/schema/', 'scripts/make-schemas.mjs'],
  ['the types in src/library/documents.ts', 'scripts/make-document-types.mjs'],
  ['docs/reference.md', 'scripts/make-reference.mjs'],
  ['docs/errors.md', 'scripts/make-errors.mjs'],
  ['the table of scrubbed messages in docs/capture.md', 'scripts/make-scrub-table.mjs'],
  ['the names of fields in docs/logs-and-formats.md and docs/capture.md', 'scripts/make-field-table.mjs'],
  ['the table of addresses in docs/api.md', 'scripts/make-api-table.mjs'],
  ['the index of docs/decisions.md', 'scripts/make-decision-index.mjs'],
])('%s is current', (_, script) => {
  expect(existsSync(script)).toBe(true)
  const run = spawnSync(process.execPath, [script, '--check'], { encoding: 'utf8' })
  expect(run).toMatchObject({ stderr: '', status: 0 })
})
