// The days that log files cover, by their names: the first, the last, and which are missing in between.
import type { Day } from '../base/zone.ts'
import type { DaySpan, LogFile } from './log-file.ts'

/** From the first day of the files to the last; undefined where no name has a date. */
export function daysOfFiles(files: readonly LogFile[]): DaySpan | undefined {
  return spansOf(files).reduce<DaySpan | undefined>(
    (all, { first, last }) => ({ first: all?.first ?? first, last: Math.max(all?.last ?? last, last) as Day }),
    undefined,
  )
}

/** The stretches of days between that no file is of. */
export function gapsBetween(files: readonly LogFile[]): DaySpan[] {
  const spans = spansOf(files)
  const gaps: DaySpan[] = []
  let covered = spans[0]?.last
  for (const { first, last } of spans) {
    if (first > covered! + 1) gaps.push({ first: (covered! + 1) as Day, last: (first - 1) as Day })
    covered = Math.max(covered!, last) as Day
  }
  return gaps
}

function spansOf(files: readonly LogFile[]): DaySpan[] {
  return files.flatMap(({ days }) => days ?? []).sort((a, b) => a.first - b.first)
}
