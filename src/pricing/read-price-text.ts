// The text of a workspace's prices.json.
import { lstatSync } from 'node:fs'
import { InputError, systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { readTextFile } from '../base/regular-file.ts'

/** Undefined where there is no such file. */
export function readPriceText(file: string): string | undefined {
  try {
    return readTextFile(file)
  } catch (error) {
    if (error instanceof UsagebookError) throw error
    // A link to what is gone is no missing file: somebody meant prices to be there.
    if (systemCode(error) === 'ENOENT' && lstatSync(file, { throwIfNoEntry: false }) === undefined) return undefined
    throw new InputError('prices-unreadable', `The prices ${file} cannot be read: ${systemReason(error)}.`, {
      where: { file },
      hint: 'Check the file and its permissions; without it nothing can be priced.',
      cause: error,
    })
  }
}
