// Where a report goes: a stream, or a file that is replaced completely or not at all.
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, writeFileSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Writable } from 'node:stream'
import { InputError, systemCode, systemReason } from '../base/errors.ts'
import { needHeap } from '../base/heap-room.ts'
import { Pauses } from '../base/pauses.ts'
import { type OnInterrupt, readTarget, removeIfThere, type Target, unwritable } from './beside.ts'

/**
 * Writes a text at once, and returns what a descriptor did not take: what is full, closed or broken is for its stream, which
 * can wait and knows what to say.
 */
export function writeAtOnce(descriptor: number, text: string | Uint8Array): Uint8Array | undefined {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text
  let written = 0
  try {
    while (written < bytes.length) written += writeSync(descriptor, bytes, written)
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    return bytes.subarray(written)
  }
  return undefined
}

/** A text in pieces, so that a long one need never be there as a whole; bytes are UTF-8. */
export type Pieces = Iterable<string | Uint8Array> & object

/** What a file is made of may be bytes, and may have to be waited for. */
export type FilePieces = Pieces | AsyncIterable<string | Uint8Array>

/** Writes a text to a stream and waits until it is gone. False where the reader went away, which is no error. */
export function writeStream(stream: Writable, text: string | Uint8Array): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const onError = (error: Error) => {
      if (systemCode(error) === 'EPIPE') resolve(false)
      else reject(streamError(error))
    }
    stream.once('error', onError)
    stream.write(text, error => {
      if (error) return onError(error)
      stream.off('error', onError)
      resolve(true)
    })
  })
}

/**
 * Writes a file beside its target and renames it, so that a reader sees the old file or the new one; on any failure the old
 * one stays. Folders in the path are made. An interrupt takes the temporary file away.
 */
export async function writeFileWhole(asked: string, pieces: FilePieces, onInterrupt: OnInterrupt): Promise<void> {
  try {
    const target = readTarget(asked)
    if (target.isStream) await writePieces(openSync(target.path, 'w'), pieces)
    else await replaceFile(target, pieces, onInterrupt)
  } catch (error) {
    throw unwritable(asked, 'output', error)
  }
}

async function replaceFile(target: Target, pieces: FilePieces, onInterrupt: OnInterrupt): Promise<void> {
  mkdirSync(dirname(target.path), { recursive: true })
  const forget = onInterrupt(() => removeIfThere(target.temporary))
  try {
    await writePieces(openSync(target.temporary, 'wx', target.mode), pieces, fsyncSync)
    renameSync(target.temporary, target.path)
  } catch (error) {
    removeIfThere(target.temporary)
    throw error
  } finally {
    await forget()
  }
}

/** As `writeFileWhole`, of a file that `work` writes at the path that it is given. Where `isKept` says no, there is no file. */
export async function writeFileAt<Answer>(
  asked: string,
  work: (path: string) => Promise<Answer>,
  isKept: (answer: Answer) => boolean,
  onInterrupt: OnInterrupt,
): Promise<Answer> {
  const target = readTarget(asked)
  mkdirSync(dirname(target.path), { recursive: true })
  const forget = onInterrupt(() => removeIfThere(target.temporary))
  try {
    const answer = await work(target.temporary)
    if (!isKept(answer)) {
      removeIfThere(target.temporary)
      return answer
    }
    const descriptor = openSync(target.temporary, 'r+')
    try {
      fsyncSync(descriptor)
    } finally {
      closeSync(descriptor)
    }
    renameSync(target.temporary, target.path)
    return answer
  } catch (error) {
    removeIfThere(target.temporary)
    throw systemCode(error) === undefined ? error : unwritable(asked, 'output', error)
  } finally {
    await forget()
  }
}

async function writePieces(
  descriptor: number,
  pieces: FilePieces,
  flush?: (descriptor: number) => void,
): Promise<void> {
  const pauses = new Pauses()
  try {
    for await (const piece of pieces) {
      needHeap()
      writeFileSync(descriptor, piece)
      await pauses.take()
    }
    flush?.(descriptor)
  } finally {
    closeSync(descriptor)
  }
}

function streamError(error: Error): InputError {
  return new InputError('output-unwritable', `The report cannot be written: ${systemReason(error)}.`, {
    hint: 'Check where standard output goes.',
    cause: error,
  })
}
