// From one amount to another step by step: bars that begin where the one before them ends.
import type { ChalkInstance } from 'chalk'
import { decimalToNumber } from '../base/decimal.ts'
import { largestOf, smallestOf } from '../base/lists.ts'
import { formatMoney, formatMoneyChange } from '../base/money-text.ts'
import { padEnd, padStart, textWidth } from '../base/text-width.ts'
import type { Waterfall } from '../report/model/report.ts'
import { moneyDigitsOf } from './cell/format-cell.ts'
import { spansOf } from './cell/waterfall-spans.ts'
import type { TextOptions } from './text-options.ts'

const LONGEST_BAR = 44
const GAPS = 4

export function renderWaterfall(waterfall: Waterfall, options: TextOptions, color: ChalkInstance): string[] {
  const { title, currency, steps } = waterfall
  const style = { currency, moneyDigits: moneyDigitsOf(steps.map(({ amount }) => amount)) }
  const amounts = steps.map(({ amount, isTotal }) => (isTotal ? formatMoney : formatMoneyChange)(amount, style))
  const labelWidth = largestOf(steps.map(({ label }) => textWidth(label)))
  const amountWidth = largestOf(amounts.map(textWidth))
  const room = Math.max(4, Math.min(LONGEST_BAR, (options.width ?? 80) - labelWidth - amountWidth - GAPS))
  const spans = spansOf(steps)
  const [low, high] = [smallestOf(spans.map(({ from }) => from)), largestOf(spans.map(({ to }) => to))]
  const scale = high === low ? 0 : room / (high - low)
  const lines = steps.map((step, index) => {
    const { from, to } = spans[index]!
    const start = Math.min(room - 1, Math.floor((from - low) * scale))
    const length = from === to ? 0 : Math.max(1, Math.min(room - start, Math.round((to - from) * scale)))
    const isLess = decimalToNumber(step.amount) < 0
    const block = options.hasUnicode ? (isLess && !step.isTotal ? '░' : '█') : isLess && !step.isTotal ? '-' : '#'
    const paint = step.isTotal ? color.cyan : isLess ? color.green : color.red
    const bar = length === 0 ? '' : `${' '.repeat(start)}${paint(block.repeat(length))}`
    return `${padEnd(step.label, labelWidth)}  ${padStart(amounts[index]!, amountWidth)}  ${bar}`.trimEnd()
  })
  return [color.bold(title), ...lines]
}
