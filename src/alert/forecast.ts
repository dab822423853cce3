// What a period will cost by its end, from the days before: what is spent, and for each day to come the median of the last same
// weekdays. How wrong such a forecast is, is known from the weeks before: what it would have said then, against what came.

/** The cost of consecutive days, oldest first, near the exact numbers: a forecast is an estimate. */
export interface DailyCosts {
  /** 1 for Monday to 7 for Sunday, of the first day. */
  readonly firstWeekday: number
  readonly costs: readonly number[]
}

export interface Forecast {
  readonly value: number
  /** Four of five times, what comes lies between these. */
  readonly low: number
  readonly high: number
}

/** Fewer days say nothing about weekdays. */
export const LEAST_DAYS = 14
const SAME_WEEKDAYS = 8
const WEEK = 7
/** So many earlier forecasts say how wrong one is. */
const MOST_ERRORS = 52
const TAIL = 0.1

/** The forecast for the days to come after these, so many, on top of what is `spent`; null under 14 days of data. */
export function forecastOf({ costs }: Pick<DailyCosts, 'costs'>, daysToCome: number, spent: number): Forecast | null {
  if (costs.length < LEAST_DAYS) return null
  const value = spent + sumToCome(costs, daysToCome)
  const errors = errorsBefore(costs, daysToCome)
  return {
    value,
    low: Math.min(value, Math.max(spent, value + quantile(errors, TAIL))),
    high: Math.max(value, value + quantile(errors, 1 - TAIL)),
  }
}

export interface Backtest {
  /** How many forecasts were made again. */
  readonly forecasts: number
  /** The median of how far they were off, as a part of what came; null where there were none. */
  readonly medianError: number | null
  /** How many had what came between low and high, as a part of all. */
  readonly coverage: number | null
}

/** What forecasts of so many days would have said on each day that there are enough days before, against what came. */
export function backtest({ costs }: Pick<DailyCosts, 'costs'>, daysToCome: number): Backtest {
  const misses: number[] = []
  let covered = 0
  for (let end = 4 * WEEK; end + daysToCome <= costs.length; end++) {
    const forecast = forecastOf(
      { costs: costs.slice(Math.max(0, end - (MOST_ERRORS + 16) * WEEK), end) },
      daysToCome,
      0,
    )
    if (forecast === null) continue
    const came = sumOf(costs.slice(end, end + daysToCome))
    misses.push(came === 0 ? Math.min(1, Math.abs(forecast.value)) : Math.abs(forecast.value - came) / came)
    if (came >= forecast.low && came <= forecast.high) covered++
  }
  const forecasts = misses.length
  if (forecasts === 0) return { forecasts, medianError: null, coverage: null }
  return { forecasts, medianError: median(misses), coverage: covered / forecasts }
}

function sumToCome(costs: readonly number[], daysToCome: number): number {
  let sum = 0
  for (let day = 0; day < daysToCome; day++) sum += expectedAt(costs, costs.length + day)
  return sum
}

/** The median of the last same weekdays before a day. */
function expectedAt(costs: readonly number[], day: number): number {
  const same: number[] = []
  for (let at = day - WEEK; at >= 0 && same.length < SAME_WEEKDAYS; at -= WEEK)
    if (at < costs.length) same.push(costs[at]!)
  return same.length === 0 ? 0 : median(same)
}

// What came less what would have been said, of the days before that a whole stretch follows. Where there have not been so many
// days, a shorter stretch says it, and is as wrong a day.
function errorsBefore(costs: readonly number[], daysToCome: number): number[] {
  const days = Math.min(daysToCome, costs.length - WEEK)
  const scale = days === 0 ? 0 : daysToCome / days
  const errors: number[] = []
  for (let end = costs.length - days; end >= WEEK && errors.length < MOST_ERRORS; end -= WEEK) {
    errors.push((sumOf(costs.slice(end, end + days)) - sumToCome(costs.slice(0, end), days)) * scale)
  }
  return errors
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0)
}

export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}

function quantile(numbers: readonly number[], share: number): number {
  const sorted = [...numbers].sort((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)]!
  return below + (sorted[Math.ceil(place)]! - below) * (place - Math.floor(place))
}
