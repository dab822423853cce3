// What the chart over the days of a usage report shows: cost, or analyses if no cost is known, by client or model.
import { rollUp } from '../group/roll-up.ts'
import type { SeriesLayers } from '../model/report.ts'
import type { ReportInput } from '../model/report-definition.ts'
import { compareKeys } from '../table/order.ts'
import { shownCost } from '../table/table-columns.ts'
import { numberOf } from '../table/table-comparison.ts'
import type { TableColumn, TableRow, TableSpec } from '../table/table-spec.ts'
import type { UsageModel } from './usage-model.ts'

export function usageSeries(
  input: ReportInput,
  { total, clients }: UsageModel,
  columns: readonly TableColumn[],
): Pick<TableSpec, 'seriesKey' | 'layers'> {
  const [cost] = total.cost.result().cost === null ? [] : shownCost(input)
  const seriesKey = cost ?? 'analyses'
  const column = columns.find(({ key }) => key === seriesKey)!
  // One client alone tells nothing apart.
  const layerBy = clients.size > 1 ? 'client' : 'model'
  return { seriesKey, layers: days => dayLayers(input, column, layerBy, days) }
}

function dayLayers(
  { tally, basisOf }: ReportInput,
  column: TableColumn,
  layerBy: 'client' | 'model',
  days: readonly TableRow[],
): SeriesLayers {
  const groups = rollUp(tally.tables.get('days')!, { by: [layerBy, 'day'], basisOf })
  const layers = [...groups.byFirstKey().keys()].map(name => {
    const values = days.map(row => {
      const group = groups.find([name, row.keys[0]!])
      return group === undefined ? 0 : numberOf(column.value({ ...row, group }))
    })
    return { name: name as string | null, values, sum: values.reduce((sum, value) => sum + value, 0) }
  })
  layers.sort((a, b) => b.sum - a.sum || compareKeys(a.name, b.name))
  return { title: layerBy, layers: layers.map(({ name, values }) => ({ name, values })) }
}
