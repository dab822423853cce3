// How many events of a table carry no usage, and for which models none of them does.
import { isKnownWithoutUsage } from '../../pricing/group-cost.ts'
import type { PriceBook } from '../../pricing/price-book.ts'
import type { GroupBy, Query } from '../../query/query.ts'
import { ratesBy } from '../../report/group/group-bys.ts'
import { rateSlotsOf } from '../../report/group/usage-rates.ts'
import type { Answers, Question } from '../../report/model/report-definition.ts'
import type { Groups } from '../../tally/groups.ts'
import type { KeyValue } from '../../tally/key-table.ts'

export interface EventsWithoutUsage {
  /** All usage events. */
  readonly events: number
  readonly without: number
  /** Of those without usage: those that no price an analysis makes good for it. */
  readonly unknown: number
  /** Whether none carries usage, although not all have failed. */
  readonly isSilent: boolean
  /** By model, what is unknown where the same is true of the events of the model. */
  readonly silentModels: ReadonlyMap<KeyValue, number>
}

const COUNTS = ['analyses', 'withoutUsage', 'errors']

/** The first table of a report that counts usage events without usage; undefined where there is none. */
export function tableOfUsage(questions: readonly Question[], { byName }: Answers): Groups | undefined {
  for (const { name, kinds, groupBys } of questions) {
    const by = groupBys.find(each => tellsOfUsage(each, kinds))
    if (by !== undefined) return byName.get(name)!.tables.get(by.name)
  }
  return undefined
}

// Usage events are told from others by their kind, or there are no others.
function tellsOfUsage({ keys, sums }: GroupBy, kinds: Query['kinds']): boolean {
  const isCounted = COUNTS.every(name => sums.includes(name))
  return isCounted && keys.includes('rate') && (kinds === 'usage' || keys.includes('event'))
}

/** A table that tells of usage, of events of whatever kind. */
export function usageByKind(name: string): GroupBy {
  const by = ratesBy(name)
  return { ...by, keys: ['event', ...by.keys], sums: COUNTS }
}

// There may be a million models, and events without usage are rare.
const NONE_WITHOUT = { without: 0, unknown: 0, isSilent: false, silentModels: new Map<KeyValue, number>() }

function sumOf(sums: Groups['sums'][number], size: number): number {
  let sum = 0
  for (let slot = 0; slot < size; slot++) sum += Number(sums.get(slot))
  return sum
}

export function eventsWithoutUsage(table: Groups, prices: PriceBook): EventsWithoutUsage {
  const [counted, unused, failed] = COUNTS.map(name => table.sums[table.by.sums.indexOf(name)]!)
  if (sumOf(unused!, table.size) === 0) return { events: sumOf(counted!, table.size), ...NONE_WITHOUT }
  const eventAt = table.by.keys.indexOf('event')
  const { classes, ofSlot } = rateSlotsOf(table)
  const isUnknown = classes.map(rateClass => {
    const rate = prices.rateOf(rateClass)
    return rate === undefined || !isKnownWithoutUsage(rate)
  })
  const models = new Map<KeyValue, Counts>()
  const all = new Counts()
  for (let slot = 0; slot < table.size; slot++) {
    const kind = eventAt < 0 ? null : table.keyOf(slot, eventAt)
    const isAnalysis = kind === null || kind === 'analysis'
    const without = Number(unused!.get(slot))
    const carrying = Number(counted!.get(slot)) - without
    const { model } = classes[ofSlot[slot]!]!
    const ofModel = models.get(model) ?? new Counts()
    models.set(model, ofModel)
    for (const counts of [all, ofModel]) {
      counts.events += isAnalysis ? without + carrying : carrying
      counts.without += isAnalysis ? without : 0
      counts.unknown += isAnalysis && isUnknown[ofSlot[slot]!] ? without : 0
      counts.failed += isAnalysis ? Number(failed!.get(slot)) : 0
    }
  }
  const silent = [...models].filter(([, { isSilent, unknown }]) => isSilent && unknown > 0)
  const { events, without, unknown, isSilent } = all
  return {
    events,
    without,
    unknown,
    isSilent,
    silentModels: new Map(silent.map(([model, { unknown }]) => [model, unknown])),
  }
}

class Counts {
  events = 0
  without = 0
  unknown = 0
  failed = 0

  get isSilent(): boolean {
    return this.without === this.events && this.failed < this.events
  }
}
