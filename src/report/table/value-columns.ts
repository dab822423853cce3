// Columns for groups whose sketch is of a number other than the duration: file sizes, rows, lengths of text.
import type { ExtraColumn } from '../../query/query.ts'
import { roundTo } from '../group/change.ts'
import type { Group } from '../group/group.ts'
import type { ColumnKind } from '../model/report.ts'
import { shownQuantile } from './shown-quantile.ts'
import type { TableColumn } from './table-spec.ts'

/** Total, mean, median, p95 and maximum; `what` is the key that they are named after: `total_bytes`, `median_bytes`, … */
export function valueColumns(column: ExtraColumn, what: string, kind: ColumnKind): TableColumn[] {
  const quantile = (name: string, title: string, share: number): TableColumn => ({
    key: `${name}_${what}`,
    title,
    kind,
    value: ({ group }) => quantileOf(group, share),
  })
  return [
    { key: `total_${what}`, title: 'Total', kind, value: ({ group }) => group.get(column.name) },
    { key: `mean_${what}`, title: 'Mean', kind, value: ({ group }) => meanOf(group, column) },
    quantile('median', 'Median', 0.5),
    quantile('p95', 'p95', 0.95),
    quantile('max', 'Most', 1),
  ]
}

/** Of the events that have a value. */
export function meanOf(group: Group, column: ExtraColumn): number | null {
  return group.sketch.total === 0 ? null : roundTo(Number(group.get(column.name)) / group.sketch.total, 2)
}

/** A whole number, as all values are: nobody has 723.5 rows. */
export function quantileOf(group: Group, share: number): number | null {
  const value = shownQuantile(group.sketch, share)
  return value === null ? null : Math.round(value)
}
