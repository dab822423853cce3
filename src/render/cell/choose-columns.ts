// Which sections are shown, and which of their columns: all but the optional ones, or those that were asked for, in that
// order and under those names.
import { optionName, UsageError } from '../../base/errors.ts'
import { snakeCase } from '../../base/names.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Cell, Report, Section } from '../../report/model/report.ts'
import { findColumn } from '../../report/table/find-column.ts'

type Wanted = readonly string[] | null

/** The place of a column in a section, and what stands over it in a table for machines. */
export interface ChosenColumn {
  readonly name: string
  readonly index: number
}

/** The columns to show, in order. `wanted` null: all but the optional ones; else those that the section has. */
export function chooseColumns(section: Section, wanted: Wanted): ChosenColumn[] {
  if (wanted === null) {
    const all = section.columns.map(({ key }, index) => ({ name: key, index }))
    return all.filter(({ name }) => !section.optional.includes(name))
  }
  return wanted.map(name => ({ name, index: columnIndex(section, name) })).filter(({ index }) => index >= 0)
}

/** Places of columns as `chooseColumns`; `wanted` null: those for reading, without the ones in which nothing stands. */
export function chooseShownColumns(section: Section, wanted: Wanted): number[] {
  if (wanted !== null) return chooseColumns(section, wanted).map(({ index }) => index)
  const rows = [...section.rows, ...(section.rest === null ? [] : [section.rest.row])]
  return section.shown
    .map(key => section.columns.findIndex(column => column.key === key))
    .filter(index => index === 0 || (index > 0 && (rows.length === 0 || rows.some(row => !isNothing(row[index]!)))))
}

function isNothing(cell: Cell): boolean {
  return cell === null || cell === 0
}

/** Sections differ in their columns; one that no section has is an error. */
export function requireColumns({ sections }: Report, wanted: Wanted): void {
  for (const name of wanted ?? []) {
    if (sections.some(section => columnIndex(section, name) >= 0)) continue
    const keys = [...new Set(sections.flatMap(section => section.columns.map(column => column.key)))]
    const names = sections.filter(section => nameIndex(section) >= 0).map(({ rowName }) => rowName)
    const near = nearestNames(snakeCase(name), [...keys, ...names], 1)[0]
    throw new UsageError(
      'unknown-column',
      `${optionName('columns')} ${JSON.stringify(name)}: the report has no such column.`,
      {
        where: { option: 'columns' },
        hint: `Use ${near === undefined ? '' : `${near}, or others of `}${keys.join(', ')}.`,
      },
    )
  }
}

/**
 * The sections that have something of what was asked for. Where rows are asked for by what they are, as in `client,cost_usd`,
 * those of clients; else all that show more than names, or nothing else was asked for.
 */
export function chooseSections({ sections }: Pick<Report, 'sections'>, wanted: Wanted): Section[] {
  if (wanted === null) return [...sections]
  const naming = wanted.filter(name => sections.some(section => isRowName(section, name)))
  const asked = wanted.some(name => !isNameOnly(name, sections))
  return sections.filter(section => {
    const isNamed = naming.length === 0 || naming.some(name => columnIndex(section, name) >= 0)
    const chosen = chooseColumns(section, wanted)
    return (
      isNamed && chosen.length > 0 && (!asked || chosen.some(({ index }) => section.columns[index]!.key !== 'name'))
    )
  })
}

// Whether a name stands for the names of rows wherever it is known.
function isNameOnly(name: string, sections: readonly Section[]): boolean {
  return sections.every(section => {
    const index = columnIndex(section, name)
    return index < 0 || section.columns[index]!.key === 'name'
  })
}

function isRowName(section: Section, name: string): boolean {
  return snakeCase(name) === section.rowName && findColumn(section.columns, name) < 0 && nameIndex(section) >= 0
}

function columnIndex(section: Section, name: string): number {
  const index = findColumn(section.columns, name)
  return index < 0 && snakeCase(name) === section.rowName ? nameIndex(section) : index
}

function nameIndex({ columns }: Section): number {
  return columns.findIndex(column => column.key === 'name')
}
