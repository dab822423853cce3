// How long events are kept: from the flags, else from the configuration.
import { optionName, UsageError } from '../../base/errors.ts'
import type { Options } from '../command.ts'
import type { Workspace } from '../workspace.ts'
import { type Flag, type FlagName, flagError } from './flag.ts'

export const RETENTION_FLAGS: readonly Flag[] = [
  {
    name: 'older-than',
    value: 'AGE',
    group: 'Log',
    help: 'remove events older than this, such as 90d or 12w',
    parse: parseAgeFlag,
  },
  { name: 'errors', value: 'AGE', group: 'Log', help: 'another age for events of kind error', parse: parseAgeFlag },
  {
    name: 'sessions',
    value: 'AGE',
    group: 'Log',
    help: 'another age for starts and ends of sessions',
    parse: parseAgeFlag,
  },
]

export interface RetentionDays {
  readonly daysOf: ReadonlyMap<string, number>
  readonly otherDays: number | null
}

/** Flags win over the configuration, kind by kind. Nothing said at all is a UsageError. */
export function retentionOf(options: Options, { settings }: Workspace): RetentionDays {
  const daysOf = new Map<string, number>()
  let otherDays: number | null = null
  for (const [kind, age] of Object.entries(settings.retention ?? {})) {
    if (kind === 'default') otherDays = daysOfAge(age)
    else daysOf.set(kind, daysOfAge(age))
  }
  const { olderThan, errors, sessions } = options as { olderThan?: number; errors?: number; sessions?: number }
  if (olderThan !== undefined) otherDays = olderThan
  if (errors !== undefined) daysOf.set('error', errors)
  if (sessions !== undefined) daysOf.set('session_start', sessions).set('session_end', sessions)
  if (otherDays !== null || daysOf.size > 0) return { daysOf, otherDays }
  throw new UsageError('no-retention', 'Nothing says how long events are to be kept.', {
    where: { option: 'olderThan' },
    hint: `Add ${optionName('olderThan')} 90d, or "retention": {"default": "90d"} in the configuration.`,
  })
}

function parseAgeFlag(text: string, flag: FlagName): number {
  if (/^\d{1,5}[dw]$/.test(text)) return daysOfAge(text)
  throw flagError(flag, text, 'not an age', 'Give days or weeks, such as 90d or 12w.')
}

function daysOfAge(text: string): number {
  return Number.parseInt(text, 10) * (text.endsWith('w') ? 7 : 1)
}
