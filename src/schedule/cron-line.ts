// Cron lines in a zone: when a job is due. Where clocks go forward, a time that is skipped is due just after the gap; where
// they go back, a time that comes twice is due once, and lines with a wildcard or a step go on by the hour.
import { Cron } from 'croner'
import type { Instant } from '../base/zone.ts'

export interface CronLine {
  readonly text: string
  /** IANA name. */
  readonly zone: string
  /** The first time after an instant; undefined where there is none any more. */
  nextAfter(instant: Instant): Instant | undefined
}

const NICKNAMES = ['@hourly', '@daily', '@weekly', '@monthly', '@yearly']
// Any year will do: one that has a 29 February in the eight years after it.
const SOME_DAY = Date.UTC(2026, 0, 1) as Instant
const CRON_HINT = 'write minute, hour, day, month and weekday, such as "0 9 * * 1"'

/** A line for a zone that exists, or what is wrong with it. */
export function parseCronLine(text: string, zone: string): CronLine | string {
  const parts = text.trim().split(/\s+/)
  if (text.trim().startsWith('@')) {
    if (!NICKNAMES.includes(text.trim().toLowerCase())) return `use one of ${NICKNAMES.join(', ')}, or ${CRON_HINT}`
  } else if (parts.length !== 5) return `a cron line has five fields, and this one has ${parts.length}; ${CRON_HINT}`
  // Of "?" the library makes the time at which it is read.
  if (text.includes('?')) return `"?" is not understood: use "*", or ${CRON_HINT}`
  try {
    const cron = new Cron(text.trim(), { timezone: zone, mode: '5-part', paused: true, fixedTimeRule: 'no-wildcard' })
    const nextAfter = (instant: Instant) => cron.nextRun(new Date(instant))?.getTime() as Instant | undefined
    return nextAfter(SOME_DAY) === undefined ? 'there is no such day' : { text: text.trim(), zone, nextAfter }
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof RangeError)) throw error
    return `${sentenceOf(error)}; ${CRON_HINT}`
  }
}

// As a part of ours.
function sentenceOf({ message }: Error): string {
  const text = message.replace(/^CronPattern: /, '')
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
