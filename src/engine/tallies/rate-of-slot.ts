// The rate class of hourly sums by the prices of whoever asks, which may be others than those that the sums were made with.
import { DAY_MS } from '../../base/zone.ts'
import { packRate, unpackRate } from '../../query/rate-class.ts'
import { isCutByDay, type RateCuts, timeClassOf, timeClassOfStretch } from '../../query/rate-cuts.ts'
import type { Groups } from '../../tally/groups.ts'
import { HOURLY } from '../../tally/hourly-sums.ts'
import { contextClassOfRow } from '../../tally/summary-rate.ts'
import { notInTallies } from './not-in-tallies.ts'

const RATE_AT = HOURLY.keys.indexOf('rate')
const MODEL_AT = HOURLY.keys.indexOf('model')
const INPUT_AT = HOURLY.sums.indexOf('inputTokens')

/** A day without a time is priced by its start in UTC, which is less than so long before or after it starts elsewhere. */
const SLACK_MS = DAY_MS

export function rateFinder(groups: Groups, made: RateCuts, asked: RateCuts): (slot: number) => number {
  if (JSON.stringify(made) === JSON.stringify(asked)) return slot => groups.keyOf(slot, RATE_AT) as number
  return slot => {
    const { isLogged, isUnsplit, contextClass, timeClass } = unpackRate(groups.keyOf(slot, RATE_AT) as number)
    const row = { contextClass, inputTokens: String(groups.sums[INPUT_AT]!.get(slot)) }
    const nowClass = contextClassOfRow(row, made.inputBounds, asked.inputBounds)
    const dayPart = timeClass - timeClassOfStretch(made, timeClass)
    const model = groups.keyOf(slot, MODEL_AT) as string | null
    const nowTime = timeClassNow(groups.firsts[slot]!, groups.lasts[slot]!, { model, dayPart }, made, asked)
    if (nowClass === undefined || nowTime === undefined)
      throw notInTallies(
        'sums that these prices tell apart',
        'Export again with the prices of the report, so that the sums are cut where a price changes.',
      )
    return packRate({ isLogged, isUnsplit, contextClass: nowClass, timeClass: nowTime })
  }
}

interface Timed {
  readonly model: string | null
  readonly dayPart: number
}

function timeClassNow(first: number, last: number, { model, dayPart }: Timed, made: RateCuts, asked: RateCuts) {
  if (asked.instants.some(instant => instant > first - SLACK_MS && instant <= last + SLACK_MS)) return undefined
  const stretch = timeClassOfStretch(asked, timeClassOf(asked, first))
  if (!isCutByDay(asked, model)) return stretch
  const isCutAlike = String(made.dailyCuts) === String(asked.dailyCuts) && isCutByDay(made, model)
  return isCutAlike ? stretch + dayPart : undefined
}
