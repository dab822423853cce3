// What is said where a question has more groups than there is memory for.
import { InputError } from '../base/errors.ts'

export function tooManyGroups(): InputError {
  return new InputError(
    'too-many-groups',
    'There are more groups than memory: too many different users, sessions or the like.',
    {
      hint: 'Ask for less: fewer fields in --group-by, a shorter range, or a filter such as --client.',
    },
  )
}
