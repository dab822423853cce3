// Which columns of a section a table shows: all but the optional ones, or those that were asked for.
import { UsageError } from '../base/errors.ts'
import { snakeCase } from '../base/names.ts'
import { nearestNames } from '../base/nearest.ts'
import type { Column, Section } from '../report/report.ts'

/** Positions of the columns to show, in order. `wanted` null: all but the optional ones. */
export function chooseColumns(section: Section, wanted: readonly string[] | null): number[] {
  if (wanted === null)
    return section.columns.flatMap((column, index) => (section.optional.includes(column.key) ? [] : [index]))
  return wanted.map(name => columnIndex(section, name))
}

function columnIndex(section: Section, name: string): number {
  const key = snakeCase(name)
  const index = section.columns.findIndex(
    column => column.key === key || (column.key === 'name' && key === section.rowName),
  )
  if (index >= 0) return index
  const keys = section.columns.map((column: Column) => column.key)
  const near = nearestNames(key, keys, 1)[0]
  throw new UsageError('unknown-column', `--columns ${JSON.stringify(name)}: the report has no such column.`, {
    where: { flag: '--columns' },
    hint: `Use ${near === undefined ? '' : `${near}, or others of `}${keys.join(', ')}.`,
  })
}
