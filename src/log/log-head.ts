// The first bytes of a log, decompressed, to find out its format before it is read.
import { closeSync, readSync } from 'node:fs'
import { systemCode } from '../base/errors.ts'
import { openRegular } from '../base/regular-file.ts'
import { isDamageCode } from './damage.ts'
import { isStream, type LogFile } from './log-file.ts'
import { packingOf } from './open-piped.ts'
import { unpackStart } from './unpack-start.ts'

/** Up to so many unpacked bytes; undefined of a pipe that nobody has looked into, or where nothing can be read. Whoever reads the log says why. */
export function readHead(file: LogFile, mostBytes: number): Buffer | undefined {
  if (isStream(file) && file.head === undefined) return undefined
  try {
    const stored = file.head ?? readStart(file.path, mostBytes)
    const packing = file.head === undefined ? file.packing : packingOf(file.head)
    return packing === 'none' ? stored : unpackStart(stored, packing).subarray(0, mostBytes)
  } catch (error) {
    const { code } = error as { code?: unknown }
    if (systemCode(error) === undefined && !(typeof code === 'string' && isDamageCode(code))) throw error
    return undefined
  }
}

function readStart(path: string, mostBytes: number): Buffer {
  const descriptor = openRegular(path)
  try {
    const bytes = Buffer.allocUnsafe(mostBytes)
    return bytes.subarray(0, readSync(descriptor, bytes, 0, mostBytes, 0))
  } finally {
    closeSync(descriptor)
  }
}
