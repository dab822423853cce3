// The days of a usage report as numbers in order of time, and the clients or models that they are made of.
import { decimalToNumber } from '../../base/decimal.ts'
import { convertUsd } from '../../pricing/currency.ts'
import type { BasisOf } from '../../pricing/group-cost.ts'
import type { Tally } from '../../tally/tally.ts'
import { forEachUsageRow, GroupMap, type UsageTotals } from '../group/usage-groups.ts'
import type { Series, SeriesLayers } from '../model/report.ts'
import { compareKeys } from '../table/order.ts'
import type { Entry, SectionOptions } from './section-spec.ts'

/** Where the layers of a series come from. */
export interface SeriesSource {
  readonly tally: Tally
  readonly basisOf: BasisOf
  /** Whether there are several clients, or else models, to tell apart. */
  readonly layerBy: 'client' | 'model'
}

/** Cost by day, or analyses where no cost is known. */
export function daySeries(days: readonly Entry[], options: SectionOptions, source: SeriesSource): Series {
  const isMoney = options.hasCost && options.total.costUsd !== null
  const numberOf = (totals: UsageTotals) => (isMoney ? amountOf(totals, options) : Number(totals.get('analyses')))
  return {
    ...(isMoney ? { title: 'Cost', kind: 'money', currency: options.currency?.currency ?? 'USD' } : COUNTS),
    labels: days.map(day => day.labels[0]!),
    values: days.map(day => numberOf(day.totals)),
    layers: () => dayLayers(days, source, numberOf),
  }
}

const COUNTS = { title: 'Analyses', kind: 'count' } as const

function amountOf(totals: UsageTotals, { currency }: SectionOptions): number {
  const { cost } = totals.cost.result()
  return cost === null ? 0 : decimalToNumber(currency === null ? cost : convertUsd(cost, currency))
}

function dayLayers(
  days: readonly Entry[],
  { tally, basisOf, layerBy }: SeriesSource,
  numberOf: (totals: UsageTotals) => number,
): SeriesLayers {
  const byDay = new Map<string | null, GroupMap>()
  forEachUsageRow(tally.tables.get('days')!, basisOf, row => {
    const [client = null, day = null] = row.keys
    const name = layerBy === 'client' ? (client as string | null) : row.rateClass.model
    const groups = byDay.get(name) ?? new GroupMap()
    byDay.set(name, groups)
    groups.of(day).addRow(row)
  })
  const layers = [...byDay].map(([name, { groups }]) => {
    const values = days.map(({ keys }) => {
      const totals = groups.get(keys[0]!)
      return totals === undefined ? 0 : numberOf(totals)
    })
    return { name, values, sum: values.reduce((sum, value) => sum + value, 0) }
  })
  layers.sort((a, b) => b.sum - a.sum || compareKeys(a.name, b.name))
  return { title: layerBy, layers: layers.map(({ name, values }) => ({ name, values })) }
}
