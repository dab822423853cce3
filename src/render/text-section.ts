// One section of a report as an aligned table, with as many columns as there is room for.
import type { ChalkInstance } from 'chalk'
import { cutText, textWidth } from '../base/text-width.ts'
import type { Cell, Section } from '../report/report.ts'
import { chooseColumns } from './choose-columns.ts'
import { formatCell, moneyDigitsOf } from './format-cell.ts'
import { layOutGrid } from './grid.ts'
import { drawBar, drawSeries } from './spark.ts'
import type { TextOptions } from './text.ts'
import { renderCalendar } from './text-calendar.ts'
import { renderHistogram } from './text-histogram.ts'

const GAP = 2
const SHORTEST_NAME = 12
const LONGEST_BAR = 12
/** Even where nothing is cut to a terminal, one cell must not make every line as long as itself. */
const LONGEST_CELL = 400
const SHORTEST_BAR = 4

/** A column as it stands in the table: its title and its cells as text. */
interface TextColumn {
  readonly key: string
  readonly alignment: 'left' | 'right'
  readonly cells: readonly string[]
  readonly title: string
  readonly width: number
}

export function renderTextSection(section: Section, options: TextOptions, color: ChalkInstance): string[] {
  if (options.columns === null && section.calendar !== undefined) {
    return renderCalendar(section.title, section.calendar, options, color)
  }
  if (options.columns === null && section.histogram !== undefined) {
    return renderHistogram(section.title, section.histogram, options, color)
  }
  const rows = section.rest === null ? section.rows : restLast(section, section.rows, section.rest.row)
  const indexes = shownIndexes(section, options.columns)
  const columns = indexes.map(index => textColumn(section, index, rows))
  const nameCount = columns.filter(column => column.alignment === 'left').length
  const kept = options.columns === null ? fitColumns(columns, nameCount, options.width) : columns
  const fitted = cutNames(kept, nameCount, options.width)
  const bars = drawBars(section, rows, fitted, options)
  const head = fitted.map((column, index) => (index === 0 ? color.bold(column.title) : color.dim(column.title)))
  const body = rows.map((_, row) =>
    fitted.map((column, index) => paint(column, row, index < nameCount, rows.length, section, color)),
  )
  const grid = [head, ...body].map((cells, row) =>
    bars === null ? cells : withBar(cells, fitted, section.barKey, row === 0 ? '' : color.cyan(bars[row - 1]!)),
  )
  const alignments = fitted.flatMap(column =>
    bars !== null && column.key === section.barKey ? [column.alignment, 'left' as const] : [column.alignment],
  )
  const lines = layOutGrid(grid, alignments)
  const series = seriesLine(section, options, color)
  return series === null ? lines : [...lines, series]
}

// Days come in order of time, so what was left out came before.
function restLast(section: Section, rows: Section['rows'], rest: readonly Cell[]): Section['rows'] {
  return section.series === null ? [...rows, rest] : [rest, ...rows]
}

function restRow(section: Section, rowCount: number): number {
  if (section.rest === null) return -1
  return section.series === null ? rowCount - 1 : 0
}

function shownIndexes(section: Section, wanted: readonly string[] | null): number[] {
  if (wanted !== null) return chooseColumns(section, wanted)
  const indexes = section.shown
    .map(key => section.columns.findIndex(column => column.key === key))
    .filter(index => index >= 0)
  const hasRest = section.rows.length > 0
  // Columns in which nothing stands only take room.
  return indexes.filter(index => index === 0 || !hasRest || section.rows.some(row => !isNothing(row[index]!)))
}

function isNothing(cell: Cell): boolean {
  return cell === null || cell === 0
}

function textColumn(section: Section, index: number, rows: Section['rows']): TextColumn {
  const { key, kind, title, currency = 'USD' } = section.columns[index]!
  const moneyDigits = moneyDigitsOf(rows.map(row => row[index]!))
  const isName = kind === 'text' || kind === 'list'
  const rest = restRow(section, rows.length)
  const cells = rows.map((row, position) => {
    if (position === rest && isName) return index === 0 ? restLabel(section) : ''
    return cutText(formatCell(row[index]!, kind, { currency, moneyDigits }), LONGEST_CELL)
  })
  const widest = Math.max(textWidth(title), ...cells.map(textWidth))
  return { key, alignment: isName ? 'left' : 'right', cells, title, width: widest }
}

function restLabel(section: Section): string {
  const count = section.rest!.count
  return section.series === null ? `${count} more` : `${count} earlier`
}

// Columns are taken in their order of importance while there is room for the names beside them.
function fitColumns(columns: readonly TextColumn[], nameCount: number, width: number | undefined): TextColumn[] {
  if (width === undefined) return [...columns]
  const names = columns.slice(0, nameCount)
  let used = names.reduce((sum, column) => sum + Math.min(column.width, SHORTEST_NAME) + GAP, 0) - GAP
  const kept = [...names]
  for (const column of columns.slice(nameCount)) {
    if (used + GAP + column.width > width) continue
    used += GAP + column.width
    kept.push(column)
  }
  return kept
}

function cutNames(columns: readonly TextColumn[], nameCount: number, width: number | undefined): TextColumn[] {
  if (width === undefined) return [...columns]
  const others = columns.slice(nameCount).reduce((sum, column) => sum + column.width + GAP, 0)
  const room = Math.max(SHORTEST_NAME, Math.floor((width - others - GAP * (nameCount - 1)) / Math.max(1, nameCount)))
  return columns.map((column, index) => {
    if (index >= nameCount || column.width <= room) return column
    return { ...column, cells: column.cells.map(cell => cutText(cell, room)), width: room }
  })
}

// A bar beside the column of shares, in the room that is left.
function drawBars(
  section: Section,
  rows: Section['rows'],
  columns: readonly TextColumn[],
  options: TextOptions,
): string[] | null {
  const position = section.columns.findIndex(column => column.key === section.barKey)
  if (position < 0 || rows.length < 2 || !columns.some(column => column.key === section.barKey)) return null
  const used = columns.reduce((sum, column) => sum + column.width + GAP, 0)
  const room = options.width === undefined ? LONGEST_BAR : Math.min(LONGEST_BAR, options.width - used)
  if (room < SHORTEST_BAR) return null
  const most = Math.max(...rows.map(row => Number(row[position] ?? 0)), 0)
  const rest = restRow(section, rows.length)
  return rows.map((row, index) =>
    index === rest || most === 0 ? '' : drawBar(Number(row[position] ?? 0) / most, room, options.hasUnicode),
  )
}

function withBar(
  cells: readonly string[],
  columns: readonly TextColumn[],
  barKey: string | null,
  bar: string,
): string[] {
  const at = columns.findIndex(column => column.key === barKey)
  return [...cells.slice(0, at + 1), bar, ...cells.slice(at + 1)]
}

function paint(
  column: TextColumn,
  row: number,
  isName: boolean,
  rowCount: number,
  section: Section,
  color: ChalkInstance,
): string {
  const text = column.cells[row]!
  if (row === restRow(section, rowCount)) return color.dim(text)
  if (isName) return text === '(none)' ? color.dim(text) : text
  if (column.key === 'errors' && text !== '0') return color.red(text)
  if (column.key.endsWith('_change')) return color.yellow(text)
  return text
}

function seriesLine(section: Section, options: TextOptions, color: ChalkInstance): string | null {
  if (section.series === null || section.series.length < 2) return null
  const width = Math.min(options.width ?? 80, 80) - 4
  return color.cyan(drawSeries(section.series, width, options.hasUnicode))
}
