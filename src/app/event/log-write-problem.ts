// The error of a folder of logs that could not be written to.
import { InputError, systemReason } from '../../base/errors.ts'

export function logWriteProblem(dir: string, cause: unknown): InputError {
  return new InputError('logs-unwritable', `The logs in ${dir} cannot be written: ${systemReason(cause)}.`, {
    where: { file: dir },
    hint: 'Check the rights of the folder and the room on the disk.',
    cause,
  })
}
