// The error for a log folder that could not be written to.
import { InputError, systemReason } from '../../base/errors.ts'

export function logWriteProblem(dir: string, cause: unknown): InputError {
  return new InputError('logs-unwritable', `The logs in ${dir} cannot be written: ${systemReason(cause)}.`, {
    where: { file: dir },
    hint: 'Check the permissions of the folder and the free space on the disk.',
    cause,
  })
}
