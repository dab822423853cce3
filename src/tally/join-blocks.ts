// Hours added up to blocks of five, like the usage limits of coding agents: a block begins with the hour of the first event that
// is not in a block yet, and ends five hours later.
import type { Query } from '../query/query.ts'
import type { KeyValue } from './key-table.ts'
import { emptyTally, mergeTable, type Tally } from './tally.ts'

const BLOCK_MINUTES = 300

/** The same tally with every hour under the first one of its block. Hours are whole hours of UTC, or of a zone that is whole hours off. */
export function joinBlocks(query: Query, tally: Tally): Tally {
  const joined = emptyTally(query)
  for (const [name, table] of joined.tables) {
    const source = tally.tables.get(name)!
    const hourKey = source.by.keys.indexOf('hour')
    const hours = new Set<number>()
    for (let slot = 0; hourKey !== -1 && slot < source.size; slot++) hours.add(source.keyOf(slot, hourKey) as number)
    const blocks = blocksOf([...hours])
    const rename = (key: string, value: KeyValue) => (key === 'hour' ? (blocks.get(value as number) ?? value) : value)
    mergeTable(table, source, { rename })
  }
  return { ...tally, tables: joined.tables }
}

/** The first hour of the block of each hour, all in minutes since 1970. */
export function blocksOf(hours: readonly number[]): ReadonlyMap<number, number> {
  const blocks = new Map<number, number>()
  let start = Number.NEGATIVE_INFINITY
  for (const hour of [...hours].sort((a, b) => a - b)) {
    if (hour >= start + BLOCK_MINUTES) start = hour
    blocks.set(hour, start)
  }
  return blocks
}
