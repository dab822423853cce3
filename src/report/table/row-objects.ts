// The rows of a table as JSON objects.
import type { JsonObject, JsonValue } from '../../base/json.ts'
import { camelCase } from '../../base/names.ts'
import { comparisonColumns } from './table-comparison.ts'
import type { TableOptions, TableRow, TableSpec } from './table-spec.ts'

type ObjectSpec = Pick<TableSpec, 'jsonKeys' | 'columns' | 'objectColumns' | 'compared'>

/** Makes rows into objects; what all of them have in common is worked out once. */
export function objectMaker(
  { jsonKeys, columns, objectColumns = columns, compared }: ObjectSpec,
  { hasComparison }: Pick<TableOptions, 'hasComparison'>,
): (row: TableRow) => JsonObject {
  const names = objectColumns.map(namesOf)
  const changes = hasComparison
    ? compared.flatMap(key => columns.filter(column => column.key === key)).map(column => changesOf(column))
    : []
  return row => {
    const object: { [key: string]: JsonValue | undefined } = {}
    for (let index = 0; index < jsonKeys.length; index++) object[jsonKeys[index]!] = row.labels[index]!
    for (let index = 0; index < objectColumns.length; index++) {
      const column = objectColumns[index]!
      const value = column.json === undefined ? (column.value(row) as JsonValue) : column.json(row)
      for (const name of names[index]!) object[name] = value
    }
    if (changes.length > 0) {
      object.previous = Object.fromEntries(changes.flatMap(({ before }) => before(row)))
      object.change = Object.fromEntries(changes.flatMap(({ change }) => change(row)))
    }
    return object
  }
}

function changesOf(column: TableSpec['columns'][number]) {
  const [before, change] = comparisonColumns({ compared: [column.key], columns: [column] })
  const underEachName = (value: unknown) => namesOf(column).map(name => [name, value as JsonValue] as const)
  return {
    before: (row: TableRow) => underEachName(before!.value(row)),
    change: (row: TableRow) => underEachName(change!.value(row)),
  }
}

// A column that was called otherwise has both names.
function namesOf({ key, formerKey }: { readonly key: string; readonly formerKey?: string }): string[] {
  return formerKey === undefined ? [camelCase(key)] : [camelCase(key), camelCase(formerKey)]
}
