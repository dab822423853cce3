// Columns that a table has besides its own: the range before and the change, and names that columns had before.
import { isDecimal } from '../../base/json.ts'
import { changeOf } from '../group/change.ts'
import { Group } from '../group/group.ts'
import type { Cell } from '../model/report.ts'
import type { TableColumn, TableRow, TableSpec } from './table-spec.ts'

/** Of the column that is compared: what it was before, and the change. None where none is. */
export function comparisonColumns({ compared, columns }: Pick<TableSpec, 'compared' | 'columns'>): TableColumn[] {
  const column = columns.find(candidate => candidate.key === compared)
  if (column === undefined) return []
  const { key, formerKey, kind } = column
  const before = (row: TableRow) => column.value({ ...row, group: row.previous ?? new Group() })
  const change = (row: TableRow) => changeOf(numberOf(column.value(row)), numberOf(before(row)))
  const named = (nameOf: (key: string) => string) => ({
    key: nameOf(key),
    ...(formerKey === undefined ? {} : { formerKey: nameOf(formerKey) }),
  })
  return [
    { ...named(name => `previous_${name}`), title: 'Before', kind, value: before },
    { ...named(name => `${name}_change`), title: 'Change', kind: 'change', value: change },
  ]
}

/** Columns as CSV has them: those that no page shows, and new names, come at the end, where they move no other column. */
export function columnsOf(spec: TableSpec, hasComparison: boolean): TableColumn[] {
  const [unshown, others] = [true, false].map(isUnshown =>
    spec.columns.filter(column => (column.isUnshown ?? false) === isUnshown),
  )
  const columns = [...others!, ...(hasComparison ? comparisonColumns(spec) : []), ...unshown!]
  const renamed = columns.filter(({ formerKey }) => formerKey !== undefined)
  return [...columns.map(column => ({ ...column, key: column.formerKey ?? column.key })), ...renamed]
}

export function numberOf(cell: Cell): number {
  return isDecimal(cell) ? Number(cell.units) / 10 ** cell.scale : Number(cell ?? 0)
}
