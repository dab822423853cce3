// The errors that a person can do something about. Anything else that is thrown is a bug and says so at the door.

/** Where an error is: a flag, or a file with a line (from 1) and a path inside it. */
export interface ErrorPlace {
  flag?: string
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

/** An error with a stable code and an exit code of its own; `exitCode` is what the command line ends with. */
export abstract class UsagebookError extends Error {
  abstract readonly exitCode: number
  readonly code: string
  readonly where: ErrorPlace | undefined
  readonly hint: string | undefined
  readonly problems: readonly ErrorProblem[]

  constructor(code: string, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause })
    this.name = new.target.name
    this.code = code
    this.where = details.where
    this.hint = details.hint
    this.problems = details.problems ?? []
  }
}

/** What was typed is wrong. */
export class UsageError extends UsagebookError {
  readonly exitCode = 2
}

/** A file that the user edits (configuration, prices, clients, a profile) is wrong. */
export class ConfigError extends UsagebookError {
  readonly exitCode = 2
}

/** A file that we read or write could not be read or written. */
export class InputError extends UsagebookError {
  readonly exitCode = 1
}

/** What was asked for needs more memory than there is; nothing of it can be answered. */
export class MemoryError extends UsagebookError {
  readonly exitCode = 1
}

/** A check that the user asked for said no. */
export class CheckError extends UsagebookError {
  readonly exitCode = 3
}

/** Somebody else changed the thing meanwhile. */
export class ConflictError extends UsagebookError {
  readonly exitCode = 4
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
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EFBIG: 'the file would be larger than allowed',
  EROFS: 'the file system is read-only',
  EMFILE: 'too many files are open',
  ELOOP: 'its symbolic links go in a circle',
  ENAMETOOLONG: 'the name is too long',
  EEXIST: 'it already exists',
  EIO: 'the device reported an error',
  EFTYPE: 'it is a pipe, a socket or a device and no file',
  ENXIO: 'it is a pipe, a socket or a device and no file',
}
