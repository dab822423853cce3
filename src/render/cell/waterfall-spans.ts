// Where the bars of a waterfall lie; for drawings alone, since they are near the exact amounts.
import { decimalToNumber } from '../../base/decimal.ts'
import type { WaterfallStep } from '../../report/model/report.ts'

export interface Span {
  readonly from: number
  readonly to: number
}

/** From the lower to the upper end of each step. */
export function spansOf(steps: readonly WaterfallStep[]): Span[] {
  let at = 0
  return steps.map(({ amount, isTotal }) => {
    const start = isTotal ? 0 : at
    at = start + decimalToNumber(amount)
    return { from: Math.min(start, at), to: Math.max(start, at) }
  })
}
