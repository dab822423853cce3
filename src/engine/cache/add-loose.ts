// Adds what is not stored yet, usually a line or two, to the stored sums.
import type { Query } from '../../query/query.ts'
import { MOST_PATCHED, patchTally } from '../../tally/patch-tally.ts'
import { emptyTally, type Tally } from '../../tally/tally.ts'
import { mergeUnordered } from './ledger-order.ts'

/** The sum of a stored tally and of others, which are of any files. */
export function addLoose(query: Query, stored: Tally, loose: readonly Tally[]): Tally {
  const more = emptyTally(query)
  for (const tally of loose) mergeUnordered(more, tally)
  const problems = [...stored.ledger.problems, ...more.ledger.problems]
  const differingAt = [...stored.ledger.differingAt, ...more.ledger.differingAt]
  if ([...more.tables.values()].every(table => table.size <= MOST_PATCHED)) {
    const patched = patchTally(stored, more)
    return { ...patched, ledger: { ...patched.ledger, problems, differingAt } }
  }
  const total = emptyTally(query)
  for (const tally of [stored, more]) mergeUnordered(total, tally)
  return total
}
