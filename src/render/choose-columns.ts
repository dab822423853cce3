// Which columns of a section a table shows: all but the optional ones, or those that were asked for.
import { UsageError } from '../base/errors.ts'
import { snakeCase } from '../base/names.ts'
import { nearestNames } from '../base/nearest.ts'
import type { Cell, Report, Section } from '../report/report.ts'

/** Positions of the columns to show, in order. `wanted` null: all but the optional ones; else those that the section has. */
export function chooseColumns(section: Section, wanted: readonly string[] | null): number[] {
  if (wanted === null)
    return section.columns.flatMap((column, index) => (section.optional.includes(column.key) ? [] : [index]))
  return wanted.map(name => columnIndex(section, name)).filter(index => index >= 0)
}

/** As `chooseColumns`; `wanted` null: those for reading, without the ones in which nothing stands. */
export function chooseShownColumns(section: Section, wanted: readonly string[] | null): number[] {
  if (wanted !== null) return chooseColumns(section, wanted)
  const rows = [...section.rows, ...(section.rest === null ? [] : [section.rest.row])]
  return section.shown
    .map(key => section.columns.findIndex(column => column.key === key))
    .filter(index => index === 0 || (index > 0 && (rows.length === 0 || rows.some(row => !isNothing(row[index]!)))))
}

function isNothing(cell: Cell): boolean {
  return cell === null || cell === 0
}

/** Sections differ in their columns; one that no section has is an error. */
export function requireColumns({ sections }: Report, wanted: readonly string[] | null): void {
  for (const name of wanted ?? []) {
    if (sections.some(section => columnIndex(section, name) >= 0)) continue
    const keys = [...new Set(sections.flatMap(section => section.columns.map(column => column.key)))]
    const near = nearestNames(snakeCase(name), keys, 1)[0]
    throw new UsageError('unknown-column', `--columns ${JSON.stringify(name)}: the report has no such column.`, {
      where: { flag: '--columns' },
      hint: `Use ${near === undefined ? '' : `${near}, or others of `}${keys.join(', ')}.`,
    })
  }
}

/** Whether a section shows more of what was asked for than the names of its rows. */
export function hasWantedColumns(section: Section, wanted: readonly string[] | null): boolean {
  return wanted === null || chooseColumns(section, wanted).some(index => section.columns[index]!.key !== 'name')
}

function columnIndex(section: Section, name: string): number {
  const key = snakeCase(name)
  return section.columns.findIndex(column => column.key === key || (column.key === 'name' && key === section.rowName))
}
