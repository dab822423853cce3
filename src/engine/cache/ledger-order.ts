// Puts the places in a ledger into the order of the files, where tallies were merged in another one.
import type { LogFile } from '../../log/log-file.ts'
import { type Ledger, PROBLEMS_KEPT } from '../../query/ledger.ts'
import { type GrowingTally, mergeTally, type Tally } from '../../tally/tally.ts'

/** Merges tallies of any files; all the problems that each of them kept stay. */
export function mergeUnordered(total: GrowingTally, other: Tally): void {
  const problems = [...total.ledger.problems, ...other.ledger.problems]
  mergeTally(total, other)
  total.ledger.problems = problems
}

/** The ledger as if the files had been read in this order. Their names must differ where they have problems. */
export function orderLedger(ledger: Ledger, files: readonly LogFile[]): Ledger {
  if (ledger.problems.length === 0 && ledger.failures.length === 0) return ledger
  const places = new Map(files.map((file, index) => [file.name, index]))
  const byPlace = (a: { file: string }, b: { file: string }) => places.get(a.file)! - places.get(b.file)!
  return {
    ...ledger,
    problems: [...ledger.problems].sort(byPlace).slice(0, PROBLEMS_KEPT),
    failures: [...ledger.failures].sort(byPlace),
  }
}
