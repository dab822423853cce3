// Flags that several price commands have.
import { parseTimeText } from '../../base/parse-time.ts'
import type { Instant } from '../../base/zone.ts'
import { type Flag, type FlagName, flagError, listOf } from './flag.ts'

export const modelFlag: Flag = {
  name: 'model',
  value: 'NAME',
  group: 'Filters',
  help: 'only these models: a,b, * as wildcard, !a for all but',
  parse: listOf,
  repeats: true,
}

export const providerFlag: Flag = {
  name: 'provider',
  value: 'NAME',
  group: 'Filters',
  help: 'only these providers',
  parse: listOf,
  repeats: true,
}

/** A day, which is its first instant in UTC, or an instant; prices are dated in UTC. */
export function parseUtcInstant(text: string, flag: FlagName): Instant {
  const time = /^\d{4}-\d{2}-\d{2}/.test(text) ? parseTimeText(text) : undefined
  if (time !== undefined) return time.ms as Instant
  throw flagError(
    flag,
    text,
    'neither a day nor an instant',
    'Give a day like 2026-02-02, or an instant like 2026-02-02T12:00:00Z.',
  )
}
