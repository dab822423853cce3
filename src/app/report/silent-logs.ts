// Logs of which no analysis carries usage: what they cost is not known, also where their models have usage in other logs. In
// sums their events are of a rate class of their own. A log is its file with what was pruned from it.
import type { Query } from '../../query/query.ts'
import { markUnread } from '../../query/rate-class.ts'
import { emptyTally, mergeTable, mergeTally, type Tally } from '../../tally/tally.ts'

/** The sum of what was asked of silent logs and of all others. */
export function addSilent(query: Query, others: Tally, silent: Tally): Tally {
  const total = emptyTally(query)
  mergeTally(total, others)
  mergeTally(total, markSilent(query, silent))
  return total
}

export function markSilent(query: Query, tally: Tally): Tally {
  const marked = emptyTally(query)
  for (const [name, table] of marked.tables) {
    const rename = table.by.sums.includes('withoutUsage') ? markRate : undefined
    mergeTable(table, tally.tables.get(name)!, rename === undefined ? {} : { rename })
  }
  return { ...tally, tables: marked.tables }
}

function markRate(key: string, value: string | number | null): string | number | null {
  return key === 'rate' ? markUnread(value as number) : value
}
