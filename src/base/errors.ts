// The errors that a person can do something about. Anything else that is thrown is a bug and says so at the door.

/** Where an error is: an option, or a file with a line (from 1) and a path inside it. */
export interface ErrorPlace {
  /** By its name in code: startDate. */
  option?: string
  file?: string
  line?: number
  path?: string
}

export interface ErrorDetails {
  where?: ErrorPlace
  /** What to do about it: a sentence that begins with a verb. */
  hint?: string
  /** Several problems found at once, each with its own place. */
  problems?: readonly ErrorProblem[]
  cause?: unknown
}

export interface ErrorProblem {
  message: string
  where?: ErrorPlace
}

/** What a person reads of an error. */
export interface ErrorWords {
  readonly message: string
  readonly hint: string | undefined
  readonly problems: readonly ErrorProblem[]
}

export type ErrorKind = 'usage' | 'config' | 'input' | 'memory' | 'check' | 'conflict'

/** An error with a stable code. Its texts name options as code does; `inWords` gives them the names of a door. */
export abstract class UsagebookError extends Error {
  abstract readonly kind: ErrorKind
  readonly code: string
  readonly where: ErrorPlace | undefined
  readonly hint: string | undefined
  readonly problems: readonly ErrorProblem[]
  declare private readonly texts: ErrorWords

  constructor(code: string, message: string, { where, hint, problems = [], cause }: ErrorDetails = {}) {
    const texts = { message, hint, problems }
    const own = nameOptions(texts, option => option)
    super(own.message, cause === undefined ? undefined : { cause })
    this.name = new.target.name
    this.code = code
    this.where = where
    this.hint = own.hint
    this.problems = own.problems
    // Nobody who prints an error wants to see its texts twice.
    Object.defineProperty(this, 'texts', { value: texts, enumerable: false })
  }

  /** Which option is wrong, by its name in code, where it is about one. */
  get option(): string | undefined {
    return this.where?.option
  }

  /** The texts with the names that options have at a door: `--start-date` for startDate. */
  inWords(nameOf: (option: string) => string): ErrorWords {
    return nameOptions(this.texts, nameOf)
  }
}

const [BEFORE, AFTER] = ['\u{e000}', '\u{e001}']

/** An option in the text of an error, to be named by the door that shows it. */
export function optionName(name: string): string {
  return `${BEFORE}${name}${AFTER}`
}

function nameOptions({ message, hint, problems }: ErrorWords, nameOf: (option: string) => string): ErrorWords {
  const named = (text: string) => text.replace(/\u{e000}(\w+)\u{e001}/gu, (_, name: string) => nameOf(name))
  return {
    message: named(message),
    hint: hint === undefined ? undefined : named(hint),
    problems: problems.map(problem => ({ ...problem, message: named(problem.message) })),
  }
}

/** What was typed is wrong. */
export class UsageError extends UsagebookError {
  readonly kind = 'usage'
}

/** A file that the user edits (configuration, prices, clients, a profile) is wrong. */
export class ConfigError extends UsagebookError {
  readonly kind = 'config'
}

/** A file that we read or write could not be read or written. */
export class InputError extends UsagebookError {
  readonly kind = 'input'
}

/** What was asked for needs more memory than there is; nothing of it can be answered. */
export class MemoryError extends UsagebookError {
  readonly kind = 'memory'
}

/** A check that the user asked for said no. */
export class CheckError extends UsagebookError {
  readonly kind = 'check'
}

/** Somebody else changed the thing meanwhile. */
export class ConflictError extends UsagebookError {
  readonly kind = 'conflict'
}

/** `ENOENT` and the like of a thrown value, or undefined. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code
  return typeof code === 'string' ? code : undefined
}

/** Why the system said no, in words, for the codes that people meet. */
export function systemReason(error: unknown): string {
  const code = systemCode(error)
  const words = code === undefined ? undefined : SYSTEM_REASONS[code]
  if (words !== undefined) return words
  return error instanceof Error ? error.message : String(error)
}

const SYSTEM_REASONS: Record<string, string> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'the operation is not permitted',
  EISDIR: 'it is a folder',
  ERR_FS_EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ELOOP: 'its symbolic links form a loop',
  ENAMETOOLONG: 'the name is too long',
  EEXIST: 'it already exists',
  EIO: 'the device reported an error',
  EFTYPE: 'it is a pipe, a socket or a device, not a file',
  ENXIO: 'it is a pipe, a socket or a device, not a file',
}
