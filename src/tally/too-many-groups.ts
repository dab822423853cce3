// What is said where a question has more groups than there is memory for.
import { MemoryError } from '../base/errors.ts'

export function tooManyGroups(): MemoryError {
  return new MemoryError(
    'too-many-groups',
    'There are more groups than memory: too many different users, sessions or the like.',
    {
      hint: 'Ask for less: fewer fields in --group-by, a shorter range, or a filter such as --client.',
    },
  )
}
