// The guide to chargeback shows the file that the examples of this repository use.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseChargeback } from '../../src/export/chargeback/parse-chargeback.ts'

const ROOT = join(import.meta.dirname, '..', '..')

test('the chargeback.json of the guide is that of the workspace, and has no mistake', () => {
  const guide = readFileSync(join(ROOT, 'docs/chargeback.md'), 'utf8')
  const shown = /^```json\n([\s\S]*?)^```$/m.exec(guide)![1]!

  expect(shown).toBe(readFileSync(join(ROOT, 'chargeback.json'), 'utf8'))
  expect(parseChargeback(shown).shared).toHaveLength(1)
})
