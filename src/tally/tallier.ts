// Adds judged batches to the tables of a Tally: fills the key and measure columns of each used row, then sums them.
import { parseZone, UTC } from '../base/zone.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import type { SourceFormat } from '../event/source-format.ts'
import { isTimeUnit, type Query, stretchOfKey } from '../query/query.ts'
import { packRate } from '../query/rate-class.ts'
import { contextClassOf, timeClassOf } from '../query/rate-cuts.ts'
import type { ScanPlan } from '../scan/reader.ts'
import { GroupTable } from './group-table.ts'
import type { Judged } from './judge.ts'
import { JUDGED_COLUMNS } from './judged-columns.ts'
import { KeyDictionary, type KeyTable, keyTableOf } from './key-table.ts'
import { emptyTally, type GrowingTally, type Tally } from './tally.ts'
import { TimeKeyFinder } from './time-keys.ts'

/** What the readers must make so that a query can be judged and tallied. */
export function planScan(query: Query, format: SourceFormat): ScanPlan {
  const extras = new Set(query.extras.map(extra => extra.name))
  const keys = query.groupBys.flatMap(by => by.keys)
  const asked = [...keys, ...query.conditions.map(condition => condition.column)]
  const fields = asked.filter(name => FIELD_BY_NAME.has(name) && !extras.has(name))
  return {
    format,
    columns: [...new Set([...JUDGED_COLUMNS, ...fields])],
    extras: query.extras,
    wantsIds: query.dedupe !== 'off',
  }
}

/** Makes the codes of one key for a row of the batch at hand. */
interface KeySource {
  readonly table: KeyTable
  codeOf(row: number): number
}

type MeasureSource = (row: number) => number

export class Tallier {
  private readonly query: Query
  private tally: GrowingTally
  private readonly tables = new Map<string, GroupTable>()
  private readonly timeKeys = new Map<string, { finder: TimeKeyFinder; dictionary: KeyDictionary }>()
  private readonly rates = new KeyDictionary()
  private readonly stretches = new KeyDictionary()

  constructor(query: Query) {
    this.query = query
    this.tally = emptyTally(query)
  }

  add(judged: Judged): void {
    if (judged.used === 0) return
    const keys = new Map<string, KeySource>()
    const keyOf = (name: string) => {
      const source = keys.get(name) ?? this.keySource(name, judged)
      keys.set(name, source)
      return source
    }
    for (const by of this.query.groupBys) {
      const sources = by.keys.map(keyOf)
      const table =
        this.tables.get(by.name) ??
        new GroupTable(
          by,
          sources.map(source => source.table),
        )
      this.tables.set(by.name, table)
      addRows(
        table,
        judged,
        sources,
        by.sums.map(name => measureSource(name, judged)),
      )
    }
    for (let index = 0; index < judged.used; index++) {
      const instant = judged.instants[judged.rows[index]!]!
      if (instant < this.tally.firstInstant) this.tally.firstInstant = instant
      if (instant > this.tally.lastInstant) this.tally.lastInstant = instant
    }
  }

  /** The tally of all that was added since the last call; its ledger is empty. Its key tables are the reader's. */
  take(): Tally {
    const tally = this.tally
    const tables = new Map([...tally.tables].map(([name, empty]) => [name, this.tables.get(name) ?? empty]))
    this.tally = emptyTally(this.query)
    this.tables.clear()
    return { ...tally, tables }
  }

  private keySource(name: string, judged: Judged): KeySource {
    const { batch, instants } = judged
    if (name === 'rate') return { table: this.rates, codeOf: this.rateCode(judged) }
    if (name === 'status') return { table: STATUS_TABLE, codeOf: row => judged.isError[row]! + 1 }
    const text = batch.texts.get(name)
    if (text !== undefined) {
      const table = keyTableOf(text.table)
      if (name !== 'event') return { table, codeOf: row => text.codes[row]! }
      return { table: eventTable(table), codeOf: row => text.codes[row]! }
    }
    const stretchMs = stretchOfKey(name)
    if (stretchMs !== undefined) {
      const { stretches } = this
      return { table: stretches, codeOf: row => stretches.codeOf(Math.floor(instants[row]! / stretchMs)) }
    }
    if (!isTimeUnit(name)) throw new Error(`the query groups by ${name}, which the scan plan does not make`)
    const known = this.timeKeys.get(name)
    const zone = parseZone(this.query.timezone) ?? UTC
    const { finder, dictionary } = known ?? { finder: new TimeKeyFinder(name, zone), dictionary: new KeyDictionary() }
    this.timeKeys.set(name, { finder, dictionary })
    return { table: dictionary, codeOf: row => dictionary.codeOf(finder.keyOf(instants[row]!)) }
  }

  private rateCode(judged: Judged): (row: number) => number {
    const { cuts } = this.query
    const { batch, inputTokens, unsplitTokens, instants } = judged
    return row =>
      this.rates.codeOf(
        packRate({
          isLogged: isGiven(batch.costs[row]!),
          isUnsplit: unsplitTokens[row]! > 0,
          contextClass: contextClassOf(cuts, inputTokens[row]!),
          timeClass: timeClassOf(cuts, instants[row]!),
        }),
      )
  }
}

function addRows(
  table: GroupTable,
  judged: Judged,
  keys: readonly KeySource[],
  measures: readonly MeasureSource[],
): void {
  const codes = new Uint32Array(keys.length)
  const sketched = judged.batch.numbers.get(table.by.sketchOf ?? 'duration_ms')!
  const { wideCosts } = judged.batch
  const addsCosts = table.by.sums.includes('loggedPicoUsd')
  for (let index = 0; index < judged.used; index++) {
    const row = judged.rows[index]!
    for (let key = 0; key < keys.length; key++) codes[key] = keys[key]!.codeOf(row)
    const slot = table.slotOf(codes)
    for (let measure = 0; measure < measures.length; measure++) table.sums[measure]!.add(slot, measures[measure]!(row))
    if (table.by.hasDurations && isGiven(sketched[row]!)) table.sketches[slot]!.add(sketched[row]!)
    if (table.by.hasExtent) table.extend(slot, judged.instants[row]!, judged.instants[row]!)
    if (addsCosts && wideCosts.has(row)) table.addWideCost(slot, wideCosts.get(row)!)
  }
}

function measureSource(name: string, judged: Judged): MeasureSource {
  const { batch } = judged
  const number = (column: string): MeasureSource => {
    const values = batch.numbers.get(column)!
    return row => (isGiven(values[row]!) ? values[row]! : 0)
  }
  switch (name) {
    case 'analyses':
      return () => 1
    case 'checks':
      return number('checks')
    case 'errors':
      return row => judged.isError[row]!
    case 'durationUs':
      return number('duration_ms')
    case 'timed':
      return row => (isGiven(batch.numbers.get('duration_ms')![row]!) ? 1 : 0)
    case 'loggedPicoUsd':
      return row => (isGiven(batch.costs[row]!) ? batch.costs[row]! : 0)
    case 'inputTokens':
    case 'cacheReadTokens':
    case 'cacheWriteTokens':
    case 'cacheWrite1hTokens':
    case 'outputTokens':
    case 'reasoningTokens':
    case 'unsplitTokens':
      return row => judged[name][row]!
    default:
      return number(name)
  }
}

// Absent numbers are NaN.
function isGiven(value: number): boolean {
  return !Number.isNaN(value)
}

export const STATUS_TABLE: KeyTable = { size: 3, valueOf: code => [null, 'ok', 'error'][code] ?? null }

// An event without a kind is an analysis.
export function eventTable(table: KeyTable): KeyTable {
  return {
    get size() {
      return table.size
    },
    valueOf: code => table.valueOf(code) ?? 'analysis',
  }
}
