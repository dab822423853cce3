// Where a report goes: a stream, or a file that is replaced whole or not at all.
import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { Writable } from 'node:stream'
import { InputError, systemCode, systemReason } from '../base/errors.ts'

/** Writes a text to a stream and waits until it is gone. A reader that went away is no error. */
export function writeStream(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => {
      if (systemCode(error) === 'EPIPE') resolve()
      else reject(streamError(error))
    }
    stream.once('error', onError)
    stream.write(text, error => {
      if (error) return onError(error)
      stream.off('error', onError)
      resolve()
    })
  })
}

/**
 * Writes a file beside its target and renames it, so that a reader sees the old file or the new one; on any failure the old
 * one stays. Folders in the path are made. An interrupt takes the temporary file away.
 */
export function writeFileWhole(target: string, text: string): void {
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(8).toString('hex')}.tmp`)
  try {
    mkdirSync(dirname(target), { recursive: true })
    const descriptor = openSync(temporary, 'wx', 0o644)
    try {
      const bytes = Buffer.from(text)
      for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done)
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(temporary, target)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new InputError('output-unwritable', `${target} cannot be written: ${systemReason(error)}.`, {
      where: { flag: '--output', file: target },
      hint: 'Free some space, or choose another file with --output. What was there before is as it was.',
      cause: error,
    })
  }
}

function streamError(error: Error): InputError {
  return new InputError('output-unwritable', `The report cannot be written: ${systemReason(error)}.`, {
    hint: 'Check where standard output goes.',
    cause: error,
  })
}
