// How long events are kept: by the options, else by the configuration, kind by kind.
import { optionName, UsageError } from '../../base/errors.ts'
import { daysOfAge } from '../request/parse-option.ts'
import type { Workspace } from '../workspace/workspace.ts'

export interface RetentionDays {
  readonly daysOf: ReadonlyMap<string, number>
  readonly otherDays: number | null
}

/** Ages in days. */
export interface AskedAges {
  readonly olderThan?: number | undefined
  readonly errors?: number | undefined
  readonly sessions?: number | undefined
}

/** A UsageError if neither says anything. */
export function retentionOf({ olderThan, errors, sessions }: AskedAges, { settings }: Workspace): RetentionDays {
  const daysOf = new Map<string, number>()
  let otherDays: number | null = null
  for (const [kind, age] of Object.entries(settings.retention ?? {})) {
    if (kind === 'default') otherDays = daysOfAge(age)
    else daysOf.set(kind, daysOfAge(age))
  }
  if (olderThan !== undefined) otherDays = olderThan
  if (errors !== undefined) daysOf.set('error', errors)
  if (sessions !== undefined) daysOf.set('session_start', sessions).set('session_end', sessions)
  if (otherDays !== null || daysOf.size > 0) return { daysOf, otherDays }
  throw new UsageError('no-retention', 'Nothing says how long to keep events.', {
    where: { option: 'olderThan' },
    hint: `Add ${optionName('olderThan')} 90d, or "retention": {"default": "90d"} in the configuration.`,
  })
}
