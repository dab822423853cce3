// Short ways to write the group-bys that reports ask for.
import { USAGE_MEASURES } from '../../query/measures.ts'
import { type ExtraColumn, type GroupBy, USAGE_EVENTS } from '../../query/query.ts'
import { RATE_KEYS } from '../../query/rate-class.ts'
import type { Question } from '../model/report-definition.ts'

/** What was asked of the application: requests, and whatever used a model. */
export const REQUEST_KINDS: readonly string[] = [USAGE_EVENTS, 'request']

/** Events and errors. */
export function countsBy(name: string, keys: readonly string[]): GroupBy {
  return { name, keys, sums: ['analyses', 'errors'], hasDurations: false, hasExtent: false }
}

/** Events and errors, and when the first and the last was. */
export function extentsBy(name: string, keys: readonly string[]): GroupBy {
  return { ...countsBy(name, keys), hasExtent: true }
}

/** Events, errors and their durations. */
export function durationsBy(name: string, keys: readonly string[]): GroupBy {
  const sums = ['analyses', 'errors', 'durationUs', 'timed']
  return { name, keys, sums, hasDurations: true, hasExtent: false }
}

/** Everything that usage is measured by, ready to be priced. */
export function usageBy(name: string, keys: readonly string[]): GroupBy {
  return { name, keys: [...keys, ...RATE_KEYS], sums: USAGE_MEASURES, hasDurations: false, hasExtent: false }
}

/** The rate classes that there are, and whether their events carry usage. */
export function ratesBy(name: string): GroupBy {
  return { name, keys: RATE_KEYS, sums: ['analyses', 'withoutUsage'], hasDurations: false, hasExtent: false }
}

/** The values of an extra number column: its sum, and a sketch of it. */
export function valuesBy(name: string, keys: readonly string[], column: ExtraColumn): GroupBy {
  return { name, keys, sums: ['analyses', column.name], hasDurations: true, sketchOf: column.name, hasExtent: false }
}

export function question(
  name: string,
  kinds: Question['kinds'],
  groupBys: readonly GroupBy[],
  extras: readonly ExtraColumn[] = [],
): Question {
  return { name, kinds, extras, groupBys }
}

/** A field of the line that is none of the event's own, as text. */
export function extraText(field: string): ExtraColumn {
  return { name: field, path: [field], kind: 'text', scale: 1 }
}

/** As a whole number; its column has another name than that of the text, which a filter may ask for. */
export function extraNumber(field: string): ExtraColumn {
  return { name: `number:${field}`, path: [field], kind: 'number', scale: 1 }
}
