// Counts by value as bars, one under the other.
import type { ChalkInstance } from 'chalk'
import { largestOf } from '../base/lists.ts'
import { padEnd, padStart, textWidth } from '../base/text-width.ts'
import { withThousands } from '../base/thousands.ts'
import type { HistogramBar } from '../report/model/report.ts'
import { formatCell } from './cell/format-cell.ts'
import { drawBar } from './spark.ts'
import type { TextOptions } from './text-options.ts'

const LONGEST_BAR = 40
const STYLE = { currency: 'USD', moneyDigits: 2 }

export function renderHistogram(
  title: string,
  bars: readonly HistogramBar[],
  options: TextOptions,
  color: ChalkInstance,
): string[] {
  const total = bars.reduce((sum, { count }) => sum + count, 0)
  const most = largestOf(bars.map(({ count }) => count))
  const counts = bars.map(({ count }) => withThousands(String(count)))
  const shares = bars.map(({ count }) => formatCell(total === 0 ? 0 : count / total, 'share', STYLE))
  const widthOf = (texts: readonly string[]) => largestOf(texts.map(textWidth))
  const labelWidth = Math.max(textWidth(title), widthOf(bars.map(({ label }) => label)))
  const used = labelWidth + widthOf(counts) + widthOf(shares) + 6
  const room = Math.max(4, Math.min(LONGEST_BAR, (options.width ?? 80) - used))
  const lines = bars.map(({ label, count }, index) => {
    const bar = most === 0 ? '' : drawBar(count / most, room, options.hasUnicode)
    const numbers = `${padStart(counts[index]!, widthOf(counts))}  ${padStart(shares[index]!, widthOf(shares))}`
    return `${padStart(label, labelWidth)}  ${numbers}  ${color.cyan(bar)}`.trimEnd()
  })
  return [color.bold(padEnd(title, labelWidth).trimEnd()), ...lines]
}
