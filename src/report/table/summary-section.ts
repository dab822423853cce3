// The summary of a report: one row of the whole, which text shows as headlines and JSON as an object.
import type { JsonValue } from '../../base/json.ts'
import type { Group } from '../group/group.ts'
import type { PlacedSection } from './assemble-report.ts'
import type { Both } from './both-ranges.ts'
import { buildTable } from './table.ts'
import { NAME_COLUMN, type TableColumn, type TableOptions } from './table-spec.ts'

/** `compared` names the columns that are set against the range before. */
export function summarySection(
  columns: readonly TableColumn[],
  [now, before]: Both<Group>,
  { hasComparison }: TableOptions,
  compared: readonly string[],
  more: { readonly [key: string]: JsonValue } = {},
): PlacedSection {
  const section = buildTable(
    {
      name: 'summary',
      rowName: 'total',
      title: 'Summary',
      keyColumns: [NAME_COLUMN],
      jsonKeys: ['name'],
      columns,
      order: 'key',
      compared,
    },
    [{ keys: [null], labels: ['total'], group: now, previous: before }],
    { top: null, sort: null, hasComparison },
  )
  return {
    key: 'summary',
    section,
    get value() {
      const [{ name: _, ...value } = {}] = section.objects
      return { ...value, ...more }
    },
  }
}
