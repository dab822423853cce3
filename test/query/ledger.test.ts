import { expect, test } from 'vitest'
import { addLedger, countReject, emptyLedger, PROBLEMS_KEPT } from '../../src/query/ledger.ts'

test('the counts of two files add up, and the problems of the first come first', () => {
  const ledger = { ...emptyLedger(), files: 1, bytes: 10, read: 3, used: 2 }
  countReject(ledger, { file: '2026-01-12.jsonl', line: 7, reason: 'not-json' })
  const later = { ...emptyLedger(), files: 1, bytes: 5, read: 2, used: 1 }
  countReject(later, { file: '2026-01-13.jsonl', line: 1, reason: 'not-json' })
  addLedger(ledger, later)
  expect(ledger).toMatchObject({
    files: 2,
    bytes: 15,
    read: 5,
    used: 3,
    rejected: 2,
    rejectedBy: { 'not-json': 2 },
    problems: [{ line: 7 }, { line: 1 }],
  })
})

test('all rejected lines are counted, and the first hundred keep their place', () => {
  const ledger = emptyLedger()
  for (let line = 1; line <= 150; line++) countReject(ledger, { file: '2026-01-12.jsonl', line, reason: 'bad-field' })
  expect([ledger.rejected, ledger.problems.length, ledger.problems.at(-1)!.line]).toEqual([150, PROBLEMS_KEPT, 100])
})
