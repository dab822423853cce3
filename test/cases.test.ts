// Runs golden cases on the built program: every eighth of them in `npm test`, all in CI. UPDATE_CASES=1 writes what the
// program does now; read the diff.
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  CASE_ENTRIES,
  CASES,
  formatOutcome,
  isForProgram,
  readCaseNames,
  readExpected,
  runCase,
  writeExpected,
} from './golden-case.ts'

const names = await readCaseNames()
const isUpdate = process.env.UPDATE_CASES === '1'

describe.concurrent('golden cases', () => {
  test.each(names.filter(isForProgram))('%s', async name => {
    const outcome = await runCase(name)
    if (isUpdate) await writeExpected(name, outcome)
    expect(formatOutcome(outcome)).toBe(formatOutcome(await readExpected(name)))
  })
})

test('no case holds a file that means nothing', async () => {
  const entries = await Promise.all(names.map(name => readdir(join(CASES, name))))
  expect(entries.flat().filter(entry => !CASE_ENTRIES.includes(entry))).toEqual([])
})
