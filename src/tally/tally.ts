// A Tally: the answers to all group-bys of a query, with the ledger of the lines behind them. Tallies can be merged in any
// order and give the same sums; only the ledger's problems keep the order of the files.
import { addLedger, emptyLedger, type Ledger } from '../query/ledger.ts'
import type { Query } from '../query/query.ts'
import { isCutByDay, type RateCuts, timeClassOfStretch } from '../query/rate-cuts.ts'
import { GroupTable } from './group-table.ts'
import type { Groups } from './groups.ts'
import { KeyDictionary, type KeyValue } from './key-table.ts'

export interface Tally {
  /** By the name of the group-by. */
  readonly tables: ReadonlyMap<string, Groups>
  readonly ledger: Ledger
  /** Of the used events; infinities where there are none. */
  firstInstant: number
  lastInstant: number
}

/** A tally that others can be merged into. */
export interface GrowingTally extends Tally {
  readonly tables: ReadonlyMap<string, GroupTable>
  /** Rates that mean one price are merged into one. */
  readonly cuts: RateCuts | undefined
}

/** A tally with nothing in it, for merging others into. Group-bys share the dictionary of a key that they have in common. */
export function emptyTally(query: Pick<Query, 'groupBys'> & Partial<Pick<Query, 'cuts'>>): GrowingTally {
  const dictionaries = new Map<string, KeyDictionary>()
  const dictionaryOf = (key: string) => {
    const dictionary = dictionaries.get(key) ?? new KeyDictionary()
    dictionaries.set(key, dictionary)
    return dictionary
  }
  const tables = new Map(query.groupBys.map(by => [by.name, new GroupTable(by, by.keys.map(dictionaryOf))]))
  return {
    tables,
    cuts: query.cuts,
    ledger: emptyLedger(),
    firstInstant: Number.POSITIVE_INFINITY,
    lastInstant: Number.NEGATIVE_INFINITY,
  }
}

/** Adds `later` to `tally`. The files of `later` come after those of `tally`. */
export function mergeTally(tally: GrowingTally, later: Tally): void {
  for (const [name, table] of tally.tables) mergeTable(table, later.tables.get(name)!, { cuts: tally.cuts })
  addLedger(tally.ledger, later.ledger)
  tally.firstInstant = Math.min(tally.firstInstant, later.firstInstant)
  tally.lastInstant = Math.max(tally.lastInstant, later.lastInstant)
}

export interface MergeOptions {
  /** Which slots of the source are merged; all where it is absent. */
  readonly passes?: (slot: number) => boolean
  readonly cuts?: RateCuts | undefined
  /** The value that a value of a key is merged under. */
  readonly rename?: (key: string, value: KeyValue) => KeyValue
}

/** Adds the slots of `source` to `target`, whose key tables must be dictionaries. */
export function mergeTable(target: GroupTable, source: Groups, { passes, cuts, rename }: MergeOptions = {}): void {
  const rateKey = source.by.keys.indexOf('rate')
  const rateOf = cuts === undefined || rateKey === -1 ? undefined : rateMerger(source, rateKey, cuts)
  const translations = source.tables.map(table => new Int32Array(table.size).fill(-1))
  const codes = new Uint32Array(source.by.keys.length)
  for (let slot = 0; slot < source.size; slot++) {
    if (passes?.(slot) === false) continue
    for (let key = 0; key < codes.length; key++) {
      const sourceCode = source.keys[key]![slot]!
      const translation = translations[key]!
      if (translation[sourceCode] === -1) {
        const dictionary = target.tables[key] as KeyDictionary
        const value = source.tables[key]!.valueOf(sourceCode)
        translation[sourceCode] = dictionary.codeOf(rename === undefined ? value : rename(source.by.keys[key]!, value))
      }
      codes[key] = translation[sourceCode]!
    }
    if (rateOf !== undefined) codes[rateKey] = (target.tables[rateKey] as KeyDictionary).codeOf(rateOf(slot))
    const into = target.slotOf(codes)
    for (let sum = 0; sum < source.sums.length; sum++) target.sums[sum]!.addExact(into, source.sums[sum]!.get(slot))
    if (source.by.hasDurations) target.sketchOf(into).merge(source.sketchOf(slot))
    if (source.by.hasExtent) target.extend(into, source.firsts[slot]!, source.lasts[slot]!)
    const wide = source.wideCosts.get(slot)
    if (wide !== undefined) target.addWideCost(into, wide)
  }
}

// The rate of a slot, the same for all parts of the day where the price of its model does not change within it. Few models
// have such prices; telling the parts apart for all would make several times as many groups.
function rateMerger(source: Groups, rateKey: number, cuts: RateCuts): ((slot: number) => number) | undefined {
  const modelKey = source.by.keys.indexOf('model')
  if (modelKey === -1 || cuts.dailyCuts.length === 0) return undefined
  const models = source.tables[modelKey]!
  const isCut = new Map<number, boolean>()
  return slot => {
    const code = source.keys[modelKey]![slot]!
    const packed = source.keyOf(slot, rateKey) as number
    const known = isCut.get(code) ?? isCutByDay(cuts, models.valueOf(code) as string | null)
    isCut.set(code, known)
    if (known) return packed
    const timeClass = Math.floor(packed / 256)
    return packed - (timeClass - timeClassOfStretch(cuts, timeClass)) * 256
  }
}
