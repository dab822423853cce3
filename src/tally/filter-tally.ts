// A condition on keys that every group-by has, applied to existing sums: the result, ledger included, is the same as if the
// events that do not match had been left out when they were read.
import { type Condition, compileTest } from '../query/condition.ts'
import type { Query } from '../query/query.ts'
import type { Groups } from './groups.ts'
import { emptyTally, type GrowingTally, mergeTable, type Tally } from './tally.ts'

/**
 * `spans` is the name of a group-by of the tally by all keys of the conditions, which adds up analyses and has extents; it
 * says what the ledger and the first and last instant become.
 */
export function filterTally(
  tally: Tally,
  query: Pick<Query, 'groupBys'>,
  conditions: readonly Condition[],
  spans: string,
): GrowingTally {
  const filtered = emptyTally(query)
  for (const [name, table] of filtered.tables) {
    const groups = tally.tables.get(name)!
    mergeTable(table, groups, { passes: passTest(groups, conditions) })
  }
  const spanned = tally.tables.get(spans)!
  const passes = passTest(spanned, conditions)
  const analyses = spanned.by.sums.indexOf('analyses')
  let used = 0
  for (let slot = 0; slot < spanned.size; slot++) {
    if (!passes(slot)) continue
    used += Number(spanned.sums[analyses]!.get(slot))
    filtered.firstInstant = Math.min(filtered.firstInstant, spanned.firsts[slot]!)
    filtered.lastInstant = Math.max(filtered.lastInstant, spanned.lasts[slot]!)
  }
  const { ledger } = tally
  Object.assign(filtered.ledger, ledger, { used, filtered: ledger.filtered + ledger.used - used })
  return filtered
}

function passTest(groups: Groups, conditions: readonly Condition[]): (slot: number) => boolean {
  const tests = conditions.map(condition => {
    const key = groups.by.keys.indexOf(condition.column)
    const test = compileTest(condition.test)
    const table = groups.tables[key]!
    const passes = Array.from({ length: table.size }, (_, code) => test(textOf(table.valueOf(code))))
    const codes = groups.keys[key]!
    return (slot: number) => passes[codes[slot]!]!
  })
  return slot => tests.every(test => test(slot))
}

function textOf(value: string | number | null): string | undefined {
  return value === null ? undefined : String(value)
}
