// The key that turns names into pseudonyms: from the environment, else from a file of the workspace that only its owner
// can read, created when it is first needed. It is never a flag, because others can see command lines.
import { randomBytes } from 'node:crypto'
import { mkdirSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { ConfigError, InputError, systemCode, systemReason, UsagebookError } from '../../base/errors.ts'
import { readTextFile } from '../../base/regular-file.ts'
import { pseudonymizer } from '../../capture/privacy.ts'

const VARIABLE = 'USAGEBOOK_PSEUDONYM_KEY'
/** As the logger asks of its key. */
const MIN_KEY = 16
const OTHERS = 0o077

/** Null where there is none yet and none is to be made. */
function readPseudonymKey(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  isMade: boolean,
): string | null {
  const given = environment[VARIABLE]
  if (given !== undefined && given !== '') return longEnough(given, VARIABLE)
  const path = join(root, '.usagebook', 'pseudonym.key')
  try {
    const stats = statSync(path, { throwIfNoEntry: false })
    if (stats === undefined) return isMade ? writeKey(path) : null
    if ((stats.mode & OTHERS) !== 0) throw readByOthers(path)
    return longEnough(readTextFile(path).trim(), path)
  } catch (error) {
    if (error instanceof UsagebookError || systemCode(error) === undefined) throw error
    throw new InputError('key-unusable', `The key ${path} cannot be read or made: ${systemReason(error)}.`, {
      where: { file: path },
      hint: `Check the permissions of its folder, or give the key in ${VARIABLE}.`,
      cause: error,
    })
  }
}

function writeKey(path: string): string {
  const key = randomBytes(32).toString('base64url')
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  writeFileSync(path, `${key}\n`, { flag: 'wx', mode: 0o600, flush: true })
  return key
}

function longEnough(key: string, where: string): string {
  if (key.length >= MIN_KEY) return key
  throw new ConfigError('short-key', `The key of ${where} has fewer than ${MIN_KEY} characters.`, {
    hint: `Give a longer one: who can guess the key can tell whom a pseudonym stands for.`,
  })
}

/** What gives the pseudonym of any name, with a key that is made where there is none yet. */
export function pseudonymsOf(
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
): (name: string) => string {
  return pseudonymizer(readPseudonymKey(root, environment, true)!)
}

/** Gives the pseudonym of a user when it is called, with a key that is found or made then; '' where it is not to be made. */
export function pseudonymOf(
  user: string,
  root: string,
  environment: Readonly<Record<string, string | undefined>>,
  isMade: boolean,
): () => string {
  return () => {
    const key = readPseudonymKey(root, environment, isMade)
    return key === null ? '' : pseudonymizer(key)(user)
  }
}

function readByOthers(path: string): ConfigError {
  return new ConfigError('open-key', `The key ${path} can be read by others.`, {
    where: { file: path },
    hint: `Take that permission away with chmod 600 ${path}, or remove the file, and a new key is made.`,
  })
}
