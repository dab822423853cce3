// The days of a usage report as numbers in order of time, and the clients or models that they are made of.
import { decimalToNumber } from '../../base/decimal.ts'
import { convertUsd } from '../../pricing/currency.ts'
import type { BasisOf } from '../../pricing/group-cost.ts'
import type { Tally } from '../../tally/tally.ts'
import type { Group } from '../group/group.ts'
import { rollUp } from '../group/roll-up.ts'
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
  const numberOf = (totals: Group) => (isMoney ? amountOf(totals, options) : Number(totals.get('analyses')))
  return {
    ...(isMoney ? { title: 'Cost', kind: 'money', currency: options.currency?.currency ?? 'USD' } : COUNTS),
    labels: days.map(day => day.labels[0]!),
    values: days.map(day => numberOf(day.totals)),
    layers: () => dayLayers(days, source, numberOf),
  }
}

const COUNTS = { title: 'Analyses', kind: 'count' } as const

function amountOf(totals: Group, { currency }: SectionOptions): number {
  const { cost } = totals.cost.result()
  return cost === null ? 0 : decimalToNumber(currency === null ? cost : convertUsd(cost, currency))
}

function dayLayers(
  days: readonly Entry[],
  { tally, basisOf, layerBy }: SeriesSource,
  numberOf: (totals: Group) => number,
): SeriesLayers {
  const groups = rollUp(tally.tables.get('days')!, { by: [layerBy, 'day'], basisOf })
  const layers = [...groups.byFirstKey().keys()].map(name => {
    const values = days.map(({ keys }) => {
      const group = groups.find([name, keys[0]!])
      return group === undefined ? 0 : numberOf(group)
    })
    return { name: name as string | null, values, sum: values.reduce((sum, value) => sum + value, 0) }
  })
  layers.sort((a, b) => b.sum - a.sum || compareKeys(a.name, b.name))
  return { title: layerBy, layers: layers.map(({ name, values }) => ({ name, values })) }
}
