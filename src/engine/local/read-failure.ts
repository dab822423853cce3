// What is reported about a log file that could not be read, or not to its end.
import { InputError, systemReason, UsagebookError } from '../../base/errors.ts'
import { isDamageCode } from '../../log/damage.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Failure } from '../../query/ledger.ts'

/** What a file could not give; events read before the failure stay. What is no fault of the file is thrown on. */
export function failureOf(file: LogFile, error: unknown): Failure {
  if (error instanceof InputError) return { file: file.name, message: error.message, hint: error.hint ?? '' }
  if (error instanceof UsagebookError) throw error
  const code = (error as { code?: unknown }).code
  if (typeof code !== 'string') throw error
  if (code === 'Z_DATA_ERROR' && (error as Error).message === 'incorrect header check') {
    const message = 'holds bytes that are not gzip; what comes before them counts'
    return { file: file.name, message, hint: 'Get an intact copy of the file, or rename it if it is not compressed.' }
  }
  if (isDamageCode(code)) {
    const message = `cannot be read to its end: the compressed data is damaged (${code})`
    return { file: file.name, message, hint: 'Get an intact copy of the file.' }
  }
  // Node's own codes tell of what it was asked, which is a bug, or of memory; but a stream may also end by itself.
  if (code.startsWith('ERR_') && code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
  const message = `cannot be read: ${systemReason(error)}`
  return { file: file.name, message, hint: 'Check that the file is there, and its permissions.' }
}
