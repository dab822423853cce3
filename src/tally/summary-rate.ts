// The rate class of a summary's row by today's price cuts; a row that was summed with other cuts may have none.
import { packRate } from '../query/rate-class.ts'
import {
  type InputBound,
  isCutByDay,
  type RateCuts,
  timeClassOf,
  timeClassOfStretch,
  timeClassSpan,
} from '../query/rate-cuts.ts'
import type { LogSummary, SummaryRow } from './log-summary.ts'

/** Undefined where the events of the row may be in several classes. */
export function rateOfRow(row: SummaryRow, made: LogSummary['cuts'], cuts: RateCuts): number | undefined {
  const contextClass = contextClassOfRow(row, made.inputBounds, cuts.inputBounds)
  const timeClass = timeClassOfRow(row, made, cuts)
  if (contextClass === undefined || timeClass === undefined) return undefined
  return packRate({ isLogged: row.isLogged ?? false, isUnsplit: row.isUnsplit ?? false, contextClass, timeClass })
}

// All inputs of the row are beyond one bound of then and not beyond the next; they may be told to be on one side of each
// bound of now by that, or because even their sum is not beyond it.
export function contextClassOfRow(
  row: Pick<SummaryRow, 'contextClass' | 'inputTokens'>,
  then: readonly InputBound[],
  now: readonly InputBound[],
): number | undefined {
  const beyond = row.contextClass ?? 0
  const [lower, upper] = [then[beyond - 1], then[beyond]]
  const sum = Number(row.inputTokens ?? 0)
  let contextClass = 0
  for (const bound of now) {
    if (lower !== undefined && order(bound, lower) <= 0) contextClass++
    else if (!(upper !== undefined && order(bound, upper) >= 0) && sum >= bound.tokens) return undefined
  }
  return contextClass
}

// As whole numbers of tokens that are beyond.
function order(a: InputBound, b: InputBound): number {
  return a.tokens + (a.inclusive ? 0 : 1) - (b.tokens + (b.inclusive ? 0 : 1))
}

function timeClassOfRow({ model, first, last, dayPart = 0 }: SummaryRow, made: LogSummary['cuts'], cuts: RateCuts) {
  if (cuts.instants.some(instant => instant > first && instant <= last)) return undefined
  const timeClass = timeClassOf(cuts, first)
  const stretch = timeClassOfStretch(cuts, timeClass)
  if (!isCutByDay(cuts, model ?? null)) return stretch
  const isSame = String(made.dailyCuts) === String(cuts.dailyCuts) && isCutByDay({ ...cuts, ...made }, model ?? null)
  if (isSame) return stretch + dayPart
  return last < timeClassSpan(cuts, first).to ? timeClass : undefined
}
