// Columns that are added to a table's own: the range before, the change, and columns under their former names.
import type { Decimal } from '../../base/decimal.ts'
import { isDecimal } from '../../base/json.ts'
import { changeOf, costChangeOf } from '../group/change.ts'
import { Group } from '../group/group.ts'
import type { Cell, ColumnKind } from '../model/report.ts'
import type { TableColumn, TableRow, TableSpec } from './table-spec.ts'

/** Of each column that is compared: what it was before, and the change. */
export function comparisonColumns({ compared, columns }: Pick<TableSpec, 'compared' | 'columns'>): TableColumn[] {
  return compared.flatMap(key => columns.filter(column => column.key === key)).flatMap(columnsOfChange)
}

const NOTHING = new Group()

function columnsOfChange(column: TableColumn): TableColumn[] {
  const { key, formerKey, kind } = column
  const before = (row: TableRow) => column.value({ ...row, group: row.previous ?? NOTHING })
  const change = (row: TableRow) => changeOfCells(kind, column.value(row), before(row))
  const named = (nameOf: (key: string) => string) => ({
    key: nameOf(key),
    ...(formerKey === undefined ? {} : { formerKey: nameOf(formerKey) }),
  })
  return [
    { ...named(name => `previous_${name}`), title: 'Before', kind, value: before },
    { ...named(name => `${name}_change`), title: 'Change', kind: 'change', value: change },
  ]
}

// An amount of money that is unknown has no change; of anything else nothing is 0.
function changeOfCells(kind: ColumnKind, now: Cell, before: Cell): number | null {
  if (kind === 'money') return costChangeOf(now as Decimal | null, before as Decimal | null)
  return changeOf(numberOf(now), numberOf(before))
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
