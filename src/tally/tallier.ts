// Adds judged batches to the tables of a Tally: fills the key and measure columns of each used row, then sums them.
import { ZERO } from '../base/decimal.ts'
import { parseZone, UTC } from '../base/zone.ts'
import { FIELD_BY_NAME } from '../event/fields.ts'
import type { SourceFormat } from '../event/source-format.ts'
import type { PriceOf } from '../query/event-price.ts'
import { isCostMeasure } from '../query/measures.ts'
import { type GroupBy, isTimeUnit, pauseOfKey, type Query } from '../query/query.ts'
import { packRate } from '../query/rate-class.ts'
import { contextClassOf, timeClassOf } from '../query/rate-cuts.ts'
import type { ScanPlan } from '../scan/reader.ts'
import { GroupTable } from './group-table.ts'
import type { Judged } from './judged.ts'
import { JUDGED_COLUMNS } from './judged-columns.ts'
import { KeyDictionary, type KeyTable, keyTableOf } from './key-table.ts'
import { isNumberField, numberTexts } from './number-texts.ts'
import { PRICE_KEYS } from './price-class.ts'
import { type CostOfRow, costSource, isGiven, type MeasureSource, measureSource } from './row-measures.ts'
import { type RowCost, RowPrices } from './row-prices.ts'
import { RunNames } from './run-names.ts'
import { emptyTally, type GrowingTally, type Tally } from './tally.ts'
import { TimeKeyFinder } from './time-keys.ts'

/** What the readers must make so that a query can be judged and tallied. */
export function planScan(query: Query, format: SourceFormat): ScanPlan {
  const extras = new Set(query.extras.map(extra => extra.name))
  const keys = query.groupBys.flatMap(by => by.keys)
  const priced = query.pricing === undefined ? [] : PRICE_KEYS
  const asked = [...keys, ...priced, ...[...query.conditions, ...(query.scope ?? [])].map(({ column }) => column)]
  const fields = asked.filter(name => FIELD_BY_NAME.has(name) && !extras.has(name))
  return {
    format,
    columns: [...new Set([...JUDGED_COLUMNS, ...(format.fields.has('requests') ? ['requests'] : []), ...fields])],
    extras: query.extras,
    wantsIds: query.dedupe !== 'off',
    scope: query.scope,
  }
}

/** Makes the codes of one key for a row of the batch at hand, of which the codes of the keys before it are known. */
interface KeySource {
  readonly table: KeyTable
  codeOf(row: number, before: Uint32Array): number
}

const NO_CODES = new Uint32Array(0)

export class Tallier {
  private readonly query: Query
  private tally: GrowingTally
  private readonly tables = new Map<string, GroupTable>()
  private readonly timeKeys = new Map<string, { finder: TimeKeyFinder; dictionary: KeyDictionary }>()
  /** By the name of the field. */
  private readonly numbers = new Map<string, KeyDictionary>()
  private readonly rates = new KeyDictionary()
  /** By the name of the group-by. */
  private readonly runs = new Map<string, RunNames>()

  private readonly prices: RowPrices | undefined

  /** `priceOf` is for a query with prices. */
  constructor(query: Query, priceOf?: PriceOf) {
    this.query = query
    this.prices = query.pricing && new RowPrices(priceOf!)
    this.tally = emptyTally(query)
  }

  /** Starts a file: no run goes on over its beginning. */
  begin(): void {
    for (const runs of this.runs.values()) runs.end()
  }

  add(judged: Judged): void {
    if (judged.used === 0) return
    const keys = new Map<string, KeySource>()
    const keyOf = (name: string) => {
      const source = keys.get(name) ?? this.keySource(name, judged)
      keys.set(name, source)
      return source
    }
    const costs = this.costsOf(judged, keyOf)
    for (const by of this.query.groupBys) {
      const sources = by.keys.map(key => this.runSource(by, key, judged) ?? keyOf(key))
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
        by.sums.map(name => costSource(name, costs) ?? measureSource(name, judged)),
        by.sums.some(isCostMeasure) ? costs : undefined,
      )
    }
    for (let index = 0; index < judged.used; index++) {
      const instant = judged.instants[judged.rows[index]!]!
      if (instant < this.tally.firstInstant) this.tally.firstInstant = instant
      if (instant > this.tally.lastInstant) this.tally.lastInstant = instant
    }
  }

  /** What each row of a batch costs; undefined for a query without prices. */
  costsOfRows(judged: Judged): CostOfRow | undefined {
    const keys = new Map<string, KeySource>()
    return this.costsOf(judged, name => {
      const source = keys.get(name) ?? this.keySource(name, judged)
      keys.set(name, source)
      return source
    })
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
    if (isNumberField(name)) return this.numberSource(name, judged)
    if (!isTimeUnit(name)) throw new Error(`the query groups by ${name}, which the scan plan does not make`)
    const known = this.timeKeys.get(name)
    const zone = parseZone(this.query.timezone) ?? UTC
    const { finder, dictionary } = known ?? { finder: new TimeKeyFinder(name, zone), dictionary: new KeyDictionary() }
    this.timeKeys.set(name, { finder, dictionary })
    return { table: dictionary, codeOf: row => dictionary.codeOf(finder.keyOf(instants[row]!)) }
  }

  private numberSource(name: string, judged: Judged): KeySource {
    const table = this.numbers.get(name) ?? new KeyDictionary()
    this.numbers.set(name, table)
    const textOf = numberTexts(name, judged)
    return { table, codeOf: row => table.codeOf(textOf(row) ?? null) }
  }

  // What the rows cost, each worked out once.
  private costsOf(judged: Judged, keyOf: (name: string) => KeySource): CostOfRow | undefined {
    const { prices } = this
    if (prices === undefined) return undefined
    const sources = PRICE_KEYS.map(keyOf)
    const measures = new Map<string, MeasureSource>()
    const measureOf = (name: string) => {
      const source = measures.get(name) ?? measureSource(name, judged)
      measures.set(name, source)
      return source
    }
    const known = new Map<number, RowCost>()
    return row => {
      let cost = known.get(row)
      if (cost === undefined) {
        const keys = sources.map(({ table, codeOf }) => table.valueOf(codeOf(row, NO_CODES)))
        cost = prices.costOf(row, judged, keys, name => measureOf(name)(row))
        known.set(row, cost)
      }
      return cost
    }
  }

  private runSource(by: GroupBy, key: string, { instants }: Judged): KeySource | undefined {
    const pauseMs = pauseOfKey(key)
    if (pauseMs === undefined) return undefined
    const runs = this.runs.get(by.name) ?? new RunNames(pauseMs)
    this.runs.set(by.name, runs)
    return { table: runs.table, codeOf: (row, before) => runs.codeOf(instants[row]!, before, by.keys.length - 1) }
  }

  private rateCode(judged: Judged): (row: number) => number {
    const { cuts } = this.query
    const { batch, inputTokens, unsplitTokens, priceInstants } = judged
    // How large each of many requests was is not known.
    const requests = batch.numbers.get('requests')
    const isOne = (row: number) => requests === undefined || !isGiven(requests[row]!)
    return row =>
      this.rates.codeOf(
        packRate({
          isLogged: isGiven(batch.costs[row]!),
          isUnsplit: unsplitTokens[row]! > 0,
          contextClass: isOne(row) ? contextClassOf(cuts, inputTokens[row]!) : 0,
          timeClass: timeClassOf(cuts, priceInstants[row]!),
        }),
      )
  }
}

function addRows(
  table: GroupTable,
  judged: Judged,
  keys: readonly KeySource[],
  measures: readonly MeasureSource[],
  costs: CostOfRow | undefined,
): void {
  const codes = new Uint32Array(keys.length)
  const sketched = judged.batch.numbers.get(table.by.sketchOf ?? 'duration_ms')!
  const { wideCosts } = judged.batch
  const addsCosts = table.by.sums.includes('loggedPicoUsd')
  for (let index = 0; index < judged.used; index++) {
    const row = judged.rows[index]!
    for (let key = 0; key < keys.length; key++) codes[key] = keys[key]!.codeOf(row, codes)
    const slot = table.slotOf(codes)
    for (let measure = 0; measure < measures.length; measure++) table.sums[measure]!.add(slot, measures[measure]!(row))
    if (table.by.hasDurations && isGiven(sketched[row]!)) table.sketches[slot]!.add(sketched[row]!)
    if (table.by.hasExtent) table.extend(slot, judged.instants[row]!, judged.instants[row]!)
    if (addsCosts && wideCosts.has(row)) table.addWideCost(slot, wideCosts.get(row)!)
    const rest = costs?.(row).rest ?? ZERO
    if (rest !== ZERO) table.addWideCost(slot, rest)
  }
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
