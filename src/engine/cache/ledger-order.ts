// Sorts the places in a ledger by the order of the files, if tallies were merged in another order.
import type { LogFile } from '../../log/log-file.ts'
import { DIFFERING_KEPT, type Ledger, PROBLEMS_KEPT } from '../../query/ledger.ts'
import { type GrowingTally, mergeTally, type Tally } from '../../tally/tally.ts'

/** Merges tallies of any files; all the places that each of them kept stay. */
export function mergeUnordered(total: GrowingTally, other: Tally): void {
  const problems = [...total.ledger.problems, ...other.ledger.problems]
  const differingAt = [...total.ledger.differingAt, ...other.ledger.differingAt]
  mergeTally(total, other)
  Object.assign(total.ledger, { problems, differingAt })
}

/** The ledger as if the files had been read in this order. Their names must differ where it has places in them. */
export function orderLedger(ledger: Ledger, files: readonly LogFile[]): Ledger {
  if (!hasPlaces(ledger)) return ledger
  const places = new Map(files.map((file, index) => [file.name, index]))
  const byPlace = (a: { file: string }, b: { file: string }) => places.get(a.file)! - places.get(b.file)!
  return {
    ...ledger,
    problems: [...ledger.problems].sort(byPlace).slice(0, PROBLEMS_KEPT),
    differingAt: [...ledger.differingAt].sort(byPlace).slice(0, DIFFERING_KEPT),
    failures: [...ledger.failures].sort(byPlace),
  }
}

export function hasPlaces({ problems, differingAt, failures }: Ledger): boolean {
  return problems.length > 0 || differingAt.length > 0 || failures.length > 0
}
