// Which columns the tables of a report show in the available width, and how wide they are: the same in all tables, unless
// that would cost one of them an important column.
import { cutText } from '../base/text-width.ts'
import { GAP, SHORTEST_BAR, type TextColumn, type TextTable } from './text-table.ts'

export interface TableLayout {
  /** With their final widths; names are cut to them. */
  readonly columns: readonly TextColumn[]
  /** The room for bars beside the column of shares; 0 for none. */
  readonly barWidth: number
  /** Titles of columns that were asked for and found no room. */
  readonly leftOut: readonly string[]
}

/** Names are cut to this before a column that matters gives way, and to the second before any other does. */
const SHORTEST_NAME = 12
const READABLE_NAME = 28
/** The columns that matter most: cost, share and count, say. */
const FIRST_COLUMNS = 3
/** A table that has as many as this may go without the others for the sake of alignment. */
const SETTLED_COLUMNS = 6
const LONGEST_BAR = 12
/** Where nothing is cut, names that are longer than this do not move the columns of other tables. */
const ALIGNED_NAME = 40

/** `isAsked`: the columns are those of `--columns`, and none goes without a word. */
export function layOutTables(
  tables: readonly TextTable[],
  width: number | undefined,
  isAsked: boolean,
): readonly TableLayout[] {
  const common = commonWidths(tables, width)
  return tables.map(table => {
    const own = layOut(table, width, isAsked, column => column.width)
    const aligned = layOut(table, width, isAsked, column =>
      Math.max(column.width, common.get(columnId(table, column)) ?? 0),
    )
    const isFree = aligned.columns.length >= Math.min(own.columns.length, SETTLED_COLUMNS)
    return isFree && aligned.barWidth >= Math.min(own.barWidth, SHORTEST_BAR) ? aligned : own
  })
}

// The first column is the row's name in every table, whatever its key.
function columnId(table: TextTable, column: TextColumn): string {
  return column === table.columns[0] && column.isName ? '' : column.key
}

function commonWidths(tables: readonly TextTable[], width: number | undefined): ReadonlyMap<string, number> {
  const widest = new Map<string, number>()
  const longestName = width === undefined ? ALIGNED_NAME : READABLE_NAME
  for (const table of tables) {
    for (const column of table.columns) {
      if (column.isName && column.width > longestName && width === undefined) continue
      const id = columnId(table, column)
      widest.set(id, Math.max(widest.get(id) ?? 0, column.isName ? Math.min(column.width, longestName) : column.width))
    }
  }
  return widest
}

function layOut(
  table: TextTable,
  width: number | undefined,
  isAsked: boolean,
  widthOf: (column: TextColumn) => number,
): TableLayout {
  const columns = table.columns.map(column => ({ ...column, width: widthOf(column) }))
  const hasBar = columns.some(column => column.key === table.section.barKey)
  if (width === undefined) return { columns, barWidth: hasBar ? LONGEST_BAR : 0, leftOut: [] }
  const kept = keepColumns(columns, width, isAsked, hasBar)
  const rest = kept.filter(column => !column.isName).reduce((sum, column) => sum + column.width + GAP, 0)
  const names = kept.filter(column => column.isName)
  const wanted = names.reduce((sum, name) => sum + name.width + GAP, -GAP)
  const beside = width - rest - Math.min(wanted, roomFor(names, READABLE_NAME)) - GAP
  const barWidth = hasBar && beside >= SHORTEST_BAR ? Math.min(LONGEST_BAR, beside) : 0
  const room = width - rest - (barWidth === 0 ? 0 : barWidth + GAP)
  return {
    columns: cutNames(kept, names, room),
    barWidth,
    leftOut: isAsked ? columns.filter(column => !kept.includes(column)).map(column => column.title) : [],
  }
}

// Columns are taken in their order of importance, the first beside short names, the others beside readable ones and bars.
function keepColumns(columns: readonly TextColumn[], width: number, isAsked: boolean, hasBar: boolean): TextColumn[] {
  const names = columns.filter(column => column.isName)
  const kept = new Set<TextColumn>(names)
  let used = 0
  let count = 0
  for (const column of columns) {
    if (column.isName) continue
    const isFirst = isAsked || count < FIRST_COLUMNS
    const beside =
      roomFor(names, isFirst ? SHORTEST_NAME : READABLE_NAME) + (isFirst || !hasBar ? 0 : SHORTEST_BAR + GAP)
    if (used + GAP + column.width + beside > width) continue
    used += GAP + column.width
    count++
    kept.add(column)
  }
  return columns.filter(column => kept.has(column))
}

function roomFor(names: readonly TextColumn[], longest: number): number {
  return names.reduce((sum, name) => sum + Math.min(name.width, longest) + GAP, -GAP)
}

// Room is shared evenly among the names; what a short one does not need goes to the others.
function cutNames(columns: readonly TextColumn[], names: readonly TextColumn[], room: number): TextColumn[] {
  const widths = new Map<TextColumn, number>()
  let left = room - GAP * (names.length - 1)
  for (const [index, name] of [...names].sort((a, b) => a.width - b.width).entries()) {
    const width = Math.max(1, Math.min(name.width, Math.floor(left / (names.length - index))))
    widths.set(name, width)
    left -= width
  }
  return columns.map(column => {
    const width = widths.get(column) ?? column.width
    return width >= column.width ? column : { ...column, width, cells: column.cells.map(cell => cutText(cell, width)) }
  })
}
