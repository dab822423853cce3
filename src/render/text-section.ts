// A section of a report as the lines of an aligned table.
import type { ChalkInstance } from 'chalk'
import { largestOf } from '../base/lists.ts'
import { textWidth } from '../base/text-width.ts'
import { NO_NAME, NO_VALUE } from './cell/format-cell.ts'
import { drawBar } from './spark.ts'
import type { TableLayout } from './text-layout.ts'
import type { TextOptions } from './text-options.ts'
import { renderTextSeries } from './text-series.ts'
import { GAP, type TextColumn, type TextTable } from './text-table.ts'
import { wrapText } from './wrap-text.ts'

type Paint = (text: string) => string

export function renderTextSection(
  table: TextTable,
  layout: TableLayout,
  options: TextOptions,
  color: ChalkInstance,
): string[] {
  const { section } = table
  const bars = drawBars(table, layout, options.hasUnicode)
  const lineOf = (row: number) =>
    layout.columns
      .flatMap((column, index) => {
        const isHead = row < 0
        const hasBars = layout.barWidth > 0 && column.key === section.barKey
        if (isHead && hasBars) return [headOfBars(column, layout.barWidth, color.dim)]
        const text = isHead ? titleOf(column) : column.cells[row]!
        const cell = align(
          text,
          column,
          isHead ? (index === 0 ? color.bold : color.dim) : painter(table, row, column, color),
        )
        if (!hasBars) return [cell]
        return [cell, align(bars[row] ?? '', { alignment: 'left', width: layout.barWidth }, color.cyan)]
      })
      .join(' '.repeat(GAP))
      .trimEnd()
  const leftOut = layout.leftOut.length === 0 ? '' : `No room for ${layout.leftOut.join(', ')}.`
  return [
    ...[-1, ...table.rows.keys()].map(lineOf),
    ...(section.series === null ? [] : renderTextSeries(section.series, options, color)),
    ...(leftOut === '' ? [] : wrapText(leftOut, options.width).map(line => color.yellow(line))),
  ]
}

// Where it is wider than the numbers, the title goes on above the bars beside them.
function headOfBars(column: TextColumn, barWidth: number, paint: Paint): string {
  const width = Math.max(column.width, textWidth(column.title))
  const head = align(column.title, { ...column, width }, paint)
  return head + ' '.repeat(Math.max(0, column.width + GAP + barWidth - width))
}

// Without bars there may be no room to say what a share is of.
function titleOf({ title, width }: TextColumn): string {
  return textWidth(title) <= width ? title : title.split(' ')[0]!
}

// Colours end before the padding, so that a line can be trimmed.
function align(text: string, { alignment, width }: Pick<TextColumn, 'alignment' | 'width'>, paint: Paint): string {
  const padding = ' '.repeat(Math.max(0, width - textWidth(text)))
  const painted = text === '' ? '' : paint(text)
  return alignment === 'left' ? painted + padding : padding + painted
}

// Bars are as long as their part of the longest.
function drawBars(table: TextTable, { barWidth }: TableLayout, hasUnicode: boolean): string[] {
  const at = table.section.columns.findIndex(column => column.key === table.section.barKey)
  if (at < 0) return []
  const parts = table.rows.map((row, index) => (index === table.restAt ? 0 : Number(row[at] ?? 0)))
  const most = largestOf(parts, 0)
  return parts.map(part => (most === 0 ? '' : drawBar(part / most, barWidth, hasUnicode)))
}

function painter(table: TextTable, row: number, column: TextColumn, color: ChalkInstance): Paint {
  const text = column.cells[row]!
  const isNothing = text === NO_VALUE || text === NO_NAME || /^[^0-9]?0( \D+)?$/.test(text)
  if (row === table.restAt || isNothing) return color.dim
  if (column.key === 'errors') return color.red
  if (column.key.endsWith('_change')) return color.yellow
  return text => text
}
