// Answers a query from the hourly sums of a log: exactly as its lines would, or not at all.
import { parseZone, UTC, type Zone } from '../../base/zone.ts'
import type { LogFile } from '../../log/log-file.ts'
import { compileTest } from '../../query/condition.ts'
import { addLedger } from '../../query/ledger.ts'
import { isTimeUnit, type Query, USAGE_EVENTS } from '../../query/query.ts'
import type { Groups } from '../../tally/groups.ts'
import { HOURLY } from '../../tally/hourly-sums.ts'
import { KeyDictionary, type KeyTable } from '../../tally/key-table.ts'
import { type GrowingTally, mergeTable } from '../../tally/tally.ts'
import { TimeKeyFinder } from '../../tally/time-keys.ts'
import { type AddedLog, renamedLedger } from './added-log.ts'
import { notInTallies } from './not-in-tallies.ts'
import { rateFinder } from './rate-of-slot.ts'

const EVENT_AT = HOURLY.keys.indexOf('event')
const HOUR_AT = HOURLY.keys.indexOf('hour')
const ANALYSES_AT = HOURLY.sums.indexOf('analyses')
const WITHOUT_USAGE_AT = HOURLY.sums.indexOf('withoutUsage')

/** Adds a log to the answer. That the query asks for nothing that hourly sums do not have was checked before. */
export function addHourly(total: GrowingTally, query: Query, log: AddedLog, file: LogFile): void {
  const zone = parseZone(query.timezone) ?? UTC
  let wanted = 0
  let used = 0
  for (const { groups, wants } of partsOf(query, log)) {
    const passes = passTest(groups, query)
    const isUsed = new Uint8Array(groups.size)
    for (let slot = 0; slot < groups.size; slot++) {
      if (!wants(slot)) continue
      const events = Number(groups.sums[ANALYSES_AT]!.get(slot))
      wanted += events
      if (!passes(slot)) continue
      used += events
      isUsed[slot] = 1
      total.firstInstant = Math.min(total.firstInstant, groups.firsts[slot]!)
      total.lastInstant = Math.max(total.lastInstant, groups.lasts[slot]!)
    }
    const view = new HourlyView(groups, isUsed, zone, rateFinder(groups, log.reading.cuts, query.cuts))
    for (const by of query.groupBys) {
      const options = { passes: (slot: number) => isUsed[slot] === 1, cuts: total.cuts }
      mergeTable(total.tables.get(by.name)!, view.by(by), options)
    }
  }
  const ledger = renamedLedger(log, file)
  const other = ledger.other + ledger.used - wanted
  addLedger(total.ledger, { ...ledger, used, other, filtered: wanted - used })
}

interface Part {
  readonly groups: Groups
  readonly wants: (slot: number) => boolean
}

// Which sums are of the kinds that the query counts. Where some events of a kind carry usage and others do not, those are in
// sums of their own.
function partsOf({ kinds }: Query, { all, usage }: AddedLog): Part[] {
  const groups = all.tables.get(HOURLY.name)!
  if (kinds === 'all') return [{ groups, wants: () => true }]
  const names: ReadonlySet<unknown> = new Set(kinds === 'usage' ? [] : kinds)
  const isNamed = (of: Groups) => (slot: number) => names.has(of.keyOf(slot, EVENT_AT))
  if (kinds !== 'usage' && !kinds.includes(USAGE_EVENTS)) return [{ groups, wants: isNamed(groups) }]
  if (usage === undefined) return [{ groups, wants: slot => isNamed(groups)(slot) || isUsage(groups, slot) }]
  const ofUsage = usage.tables.get(HOURLY.name)!
  return [
    { groups: ofUsage, wants: slot => !isNamed(ofUsage)(slot) },
    { groups, wants: isNamed(groups) },
  ]
}

/** Whether the events of a sum count as usage: analyses do, and whatever carries any. */
function isUsage(groups: Groups, slot: number): boolean {
  return groups.keyOf(slot, EVENT_AT) === 'analysis' || withoutUsage(groups, slot) < analyses(groups, slot)
}

/** Whether some sums are of events that count as usage and of others. */
export function isMixed(groups: Groups): boolean {
  for (let slot = 0; slot < groups.size; slot++) {
    const without = withoutUsage(groups, slot)
    const isOfAnalyses = groups.keyOf(slot, EVENT_AT) === 'analysis'
    if (!isOfAnalyses && without > 0 && without < analyses(groups, slot)) return true
  }
  return false
}

function analyses(groups: Groups, slot: number): number {
  return Number(groups.sums[ANALYSES_AT]!.get(slot))
}

function withoutUsage(groups: Groups, slot: number): number {
  return Number(groups.sums[WITHOUT_USAGE_AT]!.get(slot))
}

// Whether the events of a sum are in the range and fulfil all conditions.
function passTest(groups: Groups, { range, conditions }: Query): (slot: number) => boolean {
  const from = range.from ?? Number.NEGATIVE_INFINITY
  const to = range.to ?? Number.POSITIVE_INFINITY
  const tests = conditions.map(({ column, test }) => {
    const key = HOURLY.keys.indexOf(column)
    const table = groups.tables[key]!
    const fits = compileTest(test)
    const isFit = Array.from({ length: table.size }, (_, code) => fits(table.valueOf(code)?.toString()))
    return (slot: number) => isFit[groups.keys[key]![slot]!]!
  })
  return slot => {
    const [first, last] = [groups.firsts[slot]!, groups.lasts[slot]!]
    if (last < from || first >= to) return false
    if (first < from || last >= to) throw notInTallies('parts of an hour', 'Begin and end the range at a full hour.')
    return tests.every(test => test(slot))
  }
}

interface Key {
  readonly table: KeyTable
  readonly codes: ArrayLike<number>
}

/** Hourly sums as the answer to a group-by, whose keys may be longer units of time; slots of one key are not added up. */
class HourlyView {
  private readonly groups: Groups
  private readonly isUsed: Uint8Array
  private readonly zone: Zone
  private readonly rateOf: (slot: number) => number
  private readonly known = new Map<string, Key>()

  constructor(groups: Groups, isUsed: Uint8Array, zone: Zone, rateOf: (slot: number) => number) {
    this.groups = groups
    this.isUsed = isUsed
    this.zone = zone
    this.rateOf = rateOf
  }

  by(by: Groups['by']): Groups {
    const { size, firsts, lasts, sums, wideCosts } = this.groups
    const keys = by.keys.map(name => this.key(name))
    return {
      by,
      size,
      firsts,
      lasts,
      tables: keys.map(({ table }) => table),
      keys: keys.map(({ codes }) => codes),
      sums: by.sums.map(name => sums[HOURLY.sums.indexOf(name)]!),
      wideCosts: by.sums.includes('loggedPicoUsd') ? wideCosts : new Map(),
      keyOf: (slot, key) => keys[key]!.table.valueOf(keys[key]!.codes[slot]!),
      sketchOf: slot => this.groups.sketchOf(slot),
    }
  }

  private key(name: string): Key {
    const known = this.known.get(name) ?? this.makeKey(name)
    this.known.set(name, known)
    return known
  }

  private makeKey(name: string): Key {
    if (name === 'rate') return this.derive(this.rateOf)
    if (name !== 'hour' && isTimeUnit(name)) {
      const finder = new TimeKeyFinder(name, this.zone)
      return this.derive(slot => finder.keyOf(this.groups.firsts[slot]!))
    }
    const at = name === 'hour' ? HOUR_AT : HOURLY.keys.indexOf(name)
    return { table: this.groups.tables[at]!, codes: this.groups.keys[at]! }
  }

  private derive(keyOf: (slot: number) => number): Key {
    const table = new KeyDictionary()
    const codes = new Uint32Array(this.groups.size)
    for (let slot = 0; slot < codes.length; slot++) if (this.isUsed[slot] === 1) codes[slot] = table.codeOf(keyOf(slot))
    return { table, codes }
  }
}
