// The line under a table of days: a small drawing, and what it shows.
import type { ChalkInstance } from 'chalk'
import { decimalOfNumber } from '../base/decimal.ts'
import { largestOf } from '../base/lists.ts'
import { visibleText } from '../base/safe-text.ts'
import { textWidth } from '../base/text-width.ts'
import type { Cell, Series } from '../report/model/report.ts'
import { formatCell, moneyDigitsOf } from './cell/format-cell.ts'
import { drawSeries } from './spark.ts'
import type { TextOptions } from './text-options.ts'
import { wrapText } from './wrap-text.ts'

const WIDEST_SERIES = 92

export function renderTextSeries(series: Series, options: TextOptions, color: ChalkInstance): string[] {
  const { values } = series
  if (values.length < 2 || values.every(value => value === 0)) return []
  const width = Math.min(options.width ?? WIDEST_SERIES, WIDEST_SERIES)
  const line = drawSeries(values, width, options.hasUnicode)
  const label = seriesLabel(series, values.length > width ? Math.round(values.length / width) : 1)
  const isOneLine = textWidth(line) + 2 + textWidth(label) <= (options.width ?? WIDEST_SERIES)
  if (isOneLine) return [`${color.cyan(line)}  ${color.dim(label)}`]
  return [color.cyan(line), ...wrapText(label, options.width).map(part => color.dim(part))]
}

function seriesLabel({ title, kind, currency = 'USD', labels, values }: Series, perMark: number): string {
  const at = values.indexOf(largestOf(values))
  const highest: Cell = kind === 'money' ? decimalOfNumber(values[at]!)! : values[at]!
  const text = formatCell(highest, kind, { currency, moneyDigits: moneyDigitsOf([highest]) })
  const marks = perMark === 1 ? '' : `, about ${perMark} to a mark`
  const shown = (index: number) => visibleText(labels[index]!)
  return `${title} from ${shown(0)} to ${shown(labels.length - 1)}${marks}, highest ${text} on ${shown(at)}`
}
