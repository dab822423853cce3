// Random ranges of the days of the logs by every flag that says one, and the range that each is compared with.
import type { Random } from '../scan/random.ts'
import { dayAfter, dayAt, daysEarlier, monthsEarlier, startOfDay, stretchAt } from './clock.ts'
import type { Range } from './question.ts'

export interface AskedRange {
  readonly range: Range
  readonly words: readonly string[]
  /** What it may be compared with, and how that is asked for; null where nothing comes before it. */
  readonly comparable: (random: Random) => { readonly range: Range; readonly word: string } | null
}

type Back = (instant: number) => number

export function randomRange(random: Random, zone: string, first: string, now: number): AskedRange {
  const day = dayAfter(first, random.below(4) - 1)
  const last = dayAfter(day, random.below(4))
  const [from, to] = [startOfDay(day, zone), startOfDay(dayAfter(last), zone)]
  const today = dayAt(now, zone)
  const asked = (range: Range, words: readonly string[], back?: Back): AskedRange => ({
    range,
    words,
    comparable: draw => comparable(draw, range, zone, first, now, back),
  })
  const count = (days: number): Back => daysEarlierBy(days, zone)
  return random.pick<() => AskedRange>([
    () => asked({ from: null, to: null }, []),
    () => asked({ from: null, to: null }, []),
    () => asked({ from, to }, ['--start-date', day, '--end-date', last], count(daysBetween(day, last) + 1)),
    () => asked({ from, to: null }, ['--since', day], count(daysBetween(day, today) + 1)),
    () => asked({ from: null, to }, ['--until', last]),
    () => {
      const days = random.below(daysBetween(first, today) + 2)
      const start = startOfDay(dayAfter(today, -days), zone)
      const words = random.chance(0.5) ? ['--last-days', String(days)] : ['--since', `${days}d`]
      return asked({ from: start, to: now }, words, runningBack(count(days + 1), now))
    },
    () => {
      const hours = 1 + random.below(Math.ceil((now - startOfDay(first, zone)) / 3_600_000))
      const length = hours * 3_600_000
      const words = random.chance(0.5) ? ['--last-hours', String(hours)] : ['--since', `${hours}h`]
      return asked({ from: now - length, to: now }, words, instant => instant - length)
    },
    () => {
      const start = Date.parse(`${first}T00:00:00Z`) + random.below(72) * 3_600_000 + 1
      const end = start + (1 + random.below(30)) * 3_600_000
      const words = ['--since', new Date(start).toISOString(), '--until', new Date(end).toISOString()]
      return asked({ from: start, to: end }, words, instant => instant - (end - start))
    },
    ...Array.from({ length: 3 }, () => () => {
      const { word, range, back } = randomPeriod(random, zone, first, now)
      return asked(range, ['--period', word], back)
    }),
  ])()
}

// `--last-days` ends now, but is compared as days that are still running.
const RUNNING = new WeakSet<Back>()
function runningBack(back: Back, now: number): Back {
  const marked: Back = instant => back(Math.min(instant, now))
  RUNNING.add(marked)
  return marked
}

function daysEarlierBy(days: number, zone: string): Back {
  return instant => daysEarlier(instant, days, zone)
}

function daysBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000))
}

function comparable(
  random: Random,
  { from, to }: Range,
  zone: string,
  first: string,
  now: number,
  back: Back | undefined,
): { readonly range: Range; readonly word: string } | null {
  if (random.chance(0.3)) return randomPeriod(random, zone, first, now)
  const end = back !== undefined && RUNNING.has(back) ? null : to
  if (from === null || back === undefined || (end === null && from > now)) return null
  const start = back(from)
  const isRunning = from <= now && (end === null || now < end)
  return {
    range: { from: start, to: isRunning ? Math.min(Math.max(back(now), start), from) : from },
    word: 'previous',
  }
}

interface AskedPeriod {
  readonly word: string
  readonly range: Range
  readonly back: Back
}

/** A day, week, month, quarter or year of the calendar, by its name or as seen from today. */
function randomPeriod(random: Random, zone: string, first: string, now: number): AskedPeriod {
  const today = dayAt(now, zone)
  const named = dayAfter(first, random.below(4) - 1)
  const days = (word: string, start: string, count: number): AskedPeriod => ({
    word,
    range: { from: startOfDay(start, zone), to: startOfDay(dayAfter(start, count), zone) },
    back: instant => daysEarlier(instant, count, zone),
  })
  const months = (word: string, year: number, month: number, count: number): AskedPeriod => ({
    word,
    range: { from: startOfDay(firstOf(year, month), zone), to: startOfDay(firstOf(year, month + count), zone) },
    back: instant => monthsEarlier(instant, count, zone),
  })
  const [year, month] = [Number(named.slice(0, 4)), Number(named.slice(5, 7)) - 1]
  const [thisYear, thisMonth] = [Number(today.slice(0, 4)), Number(today.slice(5, 7)) - 1]
  const quarter = Math.floor(month / 3)
  return random.pick<() => AskedPeriod>([
    () => days(named, named, 1),
    () => days(named, named, 1),
    () => days('today', today, 1),
    () => days('yesterday', dayAfter(today, -1), 1),
    () => days('this-week', mondayOf(today), 7),
    () => days('last-week', dayAfter(mondayOf(today), -7), 7),
    () => days(stretchAt('week', Date.parse(named), 'UTC'), mondayOf(named), 7),
    () => months('this-month', thisYear, thisMonth, 1),
    () => months('last-month', thisYear, thisMonth - 1, 1),
    () => months(named.slice(0, 7), year, month, 1),
    () => months(`${year}-Q${quarter + 1}`, year, quarter * 3, 3),
    () => months(String(year), year, 0, 12),
  ])()
}

function firstOf(year: number, month: number): string {
  return new Date(Date.UTC(year, month, 1)).toISOString().slice(0, 10)
}

function mondayOf(day: string): string {
  return dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))
}
