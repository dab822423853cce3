// What only the lines of the logs could answer.
import { UsageError } from '../../base/errors.ts'

/** `what` as it stands behind "do not have": "the field severity". */
export function notInTallies(what: string, hint = 'Ask where the logs are, or leave that out.'): UsageError {
  return new UsageError('not-in-tallies', `Tallies do not have ${what}, which only the lines of the logs tell.`, {
    where: { option: 'fromTallies' },
    hint,
  })
}
