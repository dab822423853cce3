// Everything in the logs that an answer depends on: of the same origin, the same answer.
import { digest } from '../../base/digest.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import { readIdentity } from './file-identity.ts'

/** A file that changes later than so long after it was looked at shows it in its times. */
export const SETTLED_MS = 2000

const keys = new WeakMap<SourceFormat, string>()

/** Stands for a format: two formats of one key read alike. */
export function keyOfFormat(format: SourceFormat): string {
  const key = keys.get(format) ?? digest(textOfFormat(format))
  keys.set(format, key)
  return key
}

// Maps are deep in formats too, and JSON has nothing of them.
function textOfFormat(format: SourceFormat): string {
  return JSON.stringify(format, (_, value: unknown) => (value instanceof Map ? [...value] : value))
}

/**
 * What an answer about whole files is made from; undefined where one may still change without a sign of it, or is read only
 * once. `nowMs` is from before they are looked at.
 */
export function originOf(
  files: readonly LogFile[],
  formatOf: (file: LogFile) => SourceFormat,
  nowMs: number,
): string | undefined {
  const formats = [...new Set(files.map(formatOf))]
  const parts: unknown[] = []
  for (const file of files) {
    const identity = isStream(file) || file.made !== undefined ? undefined : readIdentity(file.path)
    if (identity === undefined || nowMs - identity.changedMs <= SETTLED_MS) return undefined
    parts.push([file.path, file.name, formats.indexOf(formatOf(file)), identity])
  }
  return JSON.stringify([formats.map(keyOfFormat), parts])
}
