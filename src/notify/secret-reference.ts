// Where secrets are: `env:NAME` is a variable of the environment, `file:PATH` a file, from the workspace. They are looked up
// at the last moment, and nothing that is stored or told contains them.
import { resolve } from 'node:path'
import { systemCode, systemReason, UsagebookError } from '../base/errors.ts'
import { readTextFile } from '../base/regular-file.ts'

export interface SecretPlaces {
  readonly root: string
  readonly environment: Readonly<Record<string, string | undefined>>
}

/** The secret without spaces around it, or why there is none. */
export function readSecret(
  reference: string,
  { root, environment }: SecretPlaces,
): { readonly secret: string } | { readonly problem: string } {
  const place = reference.slice(reference.indexOf(':') + 1)
  if (reference.startsWith('env:')) {
    const secret = environment[place]?.trim()
    return secret ? { secret } : { problem: `the variable ${place} is not set` }
  }
  try {
    const secret = readTextFile(resolve(root, place)).trim()
    return secret === '' ? { problem: `the file ${place} is empty` } : { secret }
  } catch (error) {
    if (error instanceof UsagebookError) return { problem: `the file ${place} is no text` }
    if (systemCode(error) === undefined) throw error
    return { problem: `the file ${place} cannot be read: ${systemReason(error)}` }
  }
}
