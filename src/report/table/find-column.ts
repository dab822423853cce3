// Finds columns by the names that people type.
import { snakeCase } from '../../base/names.ts'
import { FIELDS } from '../../event/fields.ts'
import type { Column } from '../model/report.ts'

/** The place of a column: by its key, in any case (`meanDurationMs`), without its unit (`cost`), or as a field is called in logs. */
export function findColumn(columns: readonly Pick<Column, 'key'>[], name: string): number {
  const key = snakeCase(name)
  const field = FIELDS.find(({ aliases }) =>
    (aliases as readonly string[]).some(alias => alias === name || alias === key),
  )
  for (const wanted of [name, key, `${key}_usd`, `${key}_ms`, field?.name]) {
    const at = columns.findIndex(column => column.key === wanted)
    if (at >= 0) return at
  }
  return -1
}
