// The text of a workspace's prices.json.
import { readFileSync } from 'node:fs'
import { InputError, systemCode, systemReason } from '../base/errors.ts'

/** Undefined where there is no such file. */
export function readPriceText(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined
    throw new InputError('prices-unreadable', `The prices ${file} cannot be read: ${systemReason(error)}.`, {
      where: { file },
      hint: 'Check the file and its rights; without it nothing can be priced.',
      cause: error,
    })
  }
}
