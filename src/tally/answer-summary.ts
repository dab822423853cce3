// Answers a query from the summary of removed events: exactly, as if they were still there, or not at all.
import { parseDecimal } from '../base/decimal.ts'
import type { Zone } from '../base/zone.ts'
import { compileTest } from '../query/condition.ts'
import type { UnusedReason } from '../query/ledger.ts'
import { USAGE_MEASURES } from '../query/measures.ts'
import { type GroupBy, isTimeUnit, type Query, type TimeUnit, USAGE_EVENTS } from '../query/query.ts'
import { compileRule } from '../query/scope.ts'
import type { GroupTable } from './group-table.ts'
import type { KeyDictionary, KeyValue } from './key-table.ts'
import {
  type LogSummary,
  placeInZone,
  SUMMARY_FIELDS,
  type SummaryExtent,
  type SummaryField,
  type SummaryRow,
} from './log-summary.ts'
import { Sketch } from './sketch.ts'
import { rateOfRow } from './summary-rate.ts'
import { emptyTally, type GrowingTally } from './tally.ts'
import { timeKeyOf } from './time-keys.ts'

export type SummaryAnswer =
  | { readonly tally: GrowingTally; readonly events: number; readonly days: ReadonlySet<number> }
  /** Of the events of the range; of those that pass the filters, where the rows can tell. */
  | { readonly unused: UnusedReason; readonly events: number }

/** Days are cut in `zone`, which is the query's. */
export function answerSummary(query: Query, summary: LogSummary, zone: Zone): SummaryAnswer {
  if (!canAsk(query)) return { unused: 'fields', events: countRemoved(query, summary, zone) }
  const repeats = countRepeats(query, summary)
  const passes = rowTest(query)
  const rows = summary.rows.map(stored => ({ stored, row: placeInZone(stored, zone) })).filter(({ row }) => passes(row))
  const events = rows.reduce((sum, { row }) => sum + Number(row.analyses ?? 0), 0)
  // Whose lines repeated an id is not known.
  const told = query.scope === undefined ? repeats : 0
  if (query.dedupe === 'all' || repeats > 0) return { unused: 'ids', events: events + told }
  const tally = emptyTally(query)
  const days = new Set<number>()
  for (const { stored, row } of rows) {
    const keys = keysOf(row, query, zone)
    if (keys === undefined || !isWithin(row, query)) return { unused: 'cut', events }
    const rate = rateOfRow(stored, summary.cuts, query.cuts)
    if (rate === undefined) return { unused: 'prices', events }
    keys.set('rate', rate)
    for (const table of tally.tables.values()) addRow(table, row, keys)
    tally.firstInstant = Math.min(tally.firstInstant, row.first)
    tally.lastInstant = Math.max(tally.lastInstant, row.last)
    days.add(timeKeyOf('day', row.first, zone))
  }
  return { tally, events, days }
}

function canAsk({ kinds, conditions, groupBys }: Query): boolean {
  return kinds === 'usage' && conditions.every(({ column }) => isField(column)) && groupBys.every(canAdd)
}

function canAdd({ keys, sums, sketchOf }: GroupBy): boolean {
  const areKeysKnown = keys.every(key => isField(key) || isTimeUnit(key) || key === 'rate')
  return areKeysKnown && sketchOf === undefined && sums.every(sum => USAGE_MEASURES.some(name => name === sum))
}

function isField(name: string): name is SummaryField {
  return SUMMARY_FIELDS.some(field => field === name)
}

/** The removed events that the query may have asked for; where it has a scope, only those that are known to be in it. */
export function countRemoved(query: Query, summary: LogSummary, zone: Zone): number {
  if (query.scope !== undefined) return countInScope(query, summary, zone)
  return countKinds(query, summary, zone) + countRepeats(query, summary)
}

// Rows are of usage events; of others, and of repeated ids, nobody knows whose they were.
function countInScope(query: Query, summary: LogSummary, zone: Zone): number {
  const { kinds } = query
  if (kinds !== 'usage' && kinds !== 'all' && !kinds.includes(USAGE_EVENTS)) return 0
  const passes = rowTest({ ...query, conditions: [] })
  const rows = summary.rows.map(row => placeInZone(row, zone)).filter(passes)
  return rows.reduce((sum, row) => sum + Number(row.analyses ?? 0), 0)
}

// The removed lines that repeated an id and that the query may have asked for.
function countRepeats({ dedupe, range }: Query, { duplicates, repeats }: LogSummary): number {
  return dedupe === 'off' && (repeats === undefined || touches(repeats, range)) ? duplicates : 0
}

function countKinds({ kinds, range }: Query, summary: LogSummary, zone: Zone): number {
  const removed = summary.kinds.map(kind => placeInZone(kind, zone))
  const rows = summary.rows.map(row => placeInZone(row, zone))
  const wanted = Array.isArray(kinds) ? (kinds as readonly string[]) : []
  if (kinds === 'usage' || wanted.includes(USAGE_EVENTS)) {
    const usage = rows.filter(row => touches(row, range)).reduce((sum, row) => sum + Number(row.analyses ?? 0), 0)
    const others = removed.filter(({ event }) => event !== 'analysis' && wanted.includes(event))
    return others.filter(kind => touches(kind, range)).reduce((sum, { events }) => sum + events, usage)
  }
  const asked = removed.filter(kind => (kinds === 'all' || wanted.includes(kind.event)) && touches(kind, range))
  return asked.reduce((sum, { events }) => sum + events, 0)
}

function rowTest({ conditions, scope = [], range }: Query): (row: SummaryRow) => boolean {
  const filters = conditions.map(({ column, test }) => ({ column: column as SummaryField, passes: compileTest(test) }))
  const rules = scope.map(rule => ({ column: rule.column, passes: compileRule(rule) }))
  const tests = [...rules, ...filters]
  return row => touches(row, range) && tests.every(({ column, passes }) => passes(row[column]))
}

function touches({ first, last }: SummaryExtent, { from, to }: Query['range']): boolean {
  return (from === null || last >= from) && (to === null || first < to)
}

function isWithin({ first, last }: SummaryExtent, { range: { from, to } }: Query): boolean {
  return (from === null || first >= from) && (to === null || last < to)
}

// Undefined where a unit of time tells the events of the row apart.
function keysOf(row: SummaryRow, { groupBys }: Query, zone: Zone): Map<string, KeyValue> | undefined {
  const keys = new Map<string, KeyValue>()
  for (const name of new Set(groupBys.flatMap(by => by.keys))) {
    if (isField(name)) keys.set(name, row[name] ?? null)
    else if (name !== 'rate') {
      const unit = name as TimeUnit
      const [first, last] = [timeKeyOf(unit, row.first, zone), timeKeyOf(unit, row.last, zone)]
      if (first !== last) return undefined
      keys.set(name, first)
    }
  }
  return keys
}

function addRow(table: GroupTable, row: SummaryRow, keys: ReadonlyMap<string, KeyValue>): void {
  const { by } = table
  const slot = table.slotOf(by.keys.map((name, key) => (table.tables[key] as KeyDictionary).codeOf(keys.get(name)!)))
  by.sums.forEach((name, index) => {
    const sum = row[name as keyof SummaryRow] ?? 0
    table.sums[index]!.addExact(slot, typeof sum === 'number' ? sum : BigInt(sum))
  })
  if (by.hasDurations && row.durations !== undefined)
    table.sketchOf(slot).merge(Sketch.ofPacked(Buffer.from(row.durations, 'base64'), row.largestUs))
  if (by.hasExtent) table.extend(slot, row.first, row.last)
  if (row.loggedUsd !== undefined && by.sums.includes('loggedPicoUsd'))
    table.addWideCost(slot, parseDecimal(row.loggedUsd)!)
}
