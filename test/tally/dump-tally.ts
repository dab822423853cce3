// A tally as plain values in a fixed order, so that two can be compared whatever made them.
import type { Tally } from '../../src/tally/tally.ts'

export function dumpTally(tally: Tally): unknown {
  const tables = [...tally.tables].map(([name, groups]) => {
    const rows = Array.from({ length: groups.size }, (_, slot) => ({
      keys: groups.by.keys.map((_, key) => groups.keyOf(slot, key)),
      sums: groups.sums.map(sum => String(sum.get(slot))),
      extent: groups.by.hasExtent ? [groups.firsts[slot], groups.lasts[slot]] : null,
      durations: groups.by.hasDurations ? Buffer.from(groups.sketchOf(slot).pack()).toString('hex') : null,
      largest: groups.by.hasDurations ? groups.sketchOf(slot).largest : null,
      wideCost: groups.wideCosts.get(slot) ?? null,
    }))
    return { name, rows: rows.sort((a, b) => compare(JSON.stringify(a.keys), JSON.stringify(b.keys))) }
  })
  return { tables, ledger: tally.ledger, first: tally.firstInstant, last: tally.lastInstant }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
