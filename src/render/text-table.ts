// A section of a report as columns of text, before it is known how wide it may be.
import { largestOf } from '../base/lists.ts'
import { cutText, textWidth } from '../base/text-width.ts'
import type { Cell, ColumnKind, Section } from '../report/model/report.ts'
import { chooseShownColumns } from './cell/choose-columns.ts'
import { formatRowCell, moneyDigitsOf, partTest, restLabel } from './cell/format-cell.ts'

export interface TextColumn {
  readonly key: string
  readonly title: string
  /** Whether it says what a row is; such columns come first, and are cut where room is short. */
  readonly isName: boolean
  readonly alignment: 'left' | 'right'
  readonly cells: readonly string[]
  /** That of its cells and title; a title above bars may be wider. */
  readonly width: number
}

export interface TextTable {
  readonly section: Section
  /** With the row of what was left out by `--top`. */
  readonly rows: readonly (readonly Cell[])[]
  /** Where that row stands; -1 for none. */
  readonly restAt: number
  readonly columns: readonly TextColumn[]
}

/** Between columns. */
export const GAP = 2
export const SHORTEST_BAR = 8

/** Even where nothing is cut to a terminal, one cell must not make every line as long as itself. */
const LONGEST_CELL = 400

export function buildTextTable(section: Section, wanted: readonly string[] | null): TextTable {
  const { rest } = section
  const restRow = rest === null ? [] : [rest.row]
  const rows = rest?.isEarlier === true ? [...restRow, ...section.rows] : [...section.rows, ...restRow]
  const restAt = rest === null ? -1 : rest.isEarlier ? 0 : rows.length - 1
  const indexes = chooseShownColumns(section, wanted)
  // What was left out has no name, so that the first text says how much that is.
  const labelled = indexes.find(index => isTextKind(section.columns[index]!.kind))
  const columns = indexes.map(index => textColumn(section, index, index === labelled, rows, restAt))
  return { section, rows, restAt, columns }
}

function textColumn(
  section: Section,
  index: number,
  isLabelled: boolean,
  rows: TextTable['rows'],
  restAt: number,
): TextColumn {
  const { key, kind, title, currency = 'USD' } = section.columns[index]!
  const moneyDigits = moneyDigitsOf(rows.map(row => row[index]!))
  const isPart = partTest(section, index)
  const isText = isTextKind(kind)
  const cells = rows.map((row, position) => {
    if (position === restAt && isText) return isLabelled ? restLabel(section.rest!) : ''
    const metric = section.metrics?.[position]
    if (metric !== undefined && index === 0) return metric.title
    return cutText(formatRowCell(row[index]!, kind, metric, { currency, moneyDigits }, isPart(row)), LONGEST_CELL)
  })
  // Above bars there is more room for a title.
  const titleWidth = textWidth(title) - (key === section.barKey ? GAP + SHORTEST_BAR : 0)
  const width = largestOf(cells.map(textWidth), titleWidth)
  return { key, title, isName: isText, alignment: isText ? 'left' : 'right', cells, width }
}

function isTextKind(kind: ColumnKind): boolean {
  return kind === 'text' || kind === 'list'
}
