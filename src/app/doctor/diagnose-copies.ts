// Whether a log exists twice: compressed next to the plain file, copied, or one file under two names. All of it would
// count twice. Files with the same name in two folders are not copies: there, a name is only a day.
import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { dirname } from 'node:path'
import * as zlib from 'node:zlib'
import { systemCode } from '../../base/errors.ts'
import { isStream, type LogFile, type Packing } from '../../log/log-file.ts'
import { type Diagnosis, listSome, ok, warning } from './diagnosis.ts'

const COMPARED_BYTES = 64 * 1024

interface Candidate {
  readonly file: LogFile
  readonly stats: Stats
}

export function diagnoseCopies(files: readonly LogFile[]): Diagnosis {
  const candidates = files.flatMap((file): Candidate[] => {
    const stats = isStream(file) ? undefined : statSync(file.path, { throwIfNoEntry: false })
    return stats === undefined || !stats.isFile() || stats.size === 0 ? [] : [{ file, stats }]
  })
  const pairs = [
    ...pairsOf(
      candidates,
      ({ stats }) => `${stats.dev}:${stats.ino}`,
      () => true,
    ),
    ...pairsOf(candidates, ({ file }) => file.path.replace(/\.(gz|zst|br)$/i, ''), beginAlike),
    ...pairsOf(candidates, ({ file, stats }) => `${dirname(file.path)}:${stats.size}`, areAlike),
  ]
  const names = [...new Set(pairs.map(([a, b]) => `${a.file.name} and ${b.file.name}`))]
  if (names.length === 0) return ok('copies', 'no log is there twice')
  const text = `${listSome(names)}: the same lines, so they count twice.`
  return warning('copies', text, 'Look at both, and move one of them out of the logs.')
}

function pairsOf(
  candidates: readonly Candidate[],
  keyOf: (candidate: Candidate) => string,
  areCopies: (a: Candidate, b: Candidate) => boolean,
): [Candidate, Candidate][] {
  const groups = new Map<string, Candidate[]>()
  for (const candidate of candidates) {
    const key = keyOf(candidate)
    groups.set(key, [...(groups.get(key) ?? []), candidate])
  }
  return [...groups.values()].flatMap(group =>
    group
      .slice(1)
      .flatMap((other): [Candidate, Candidate][] => (areCopies(group[0]!, other) ? [[group[0]!, other]] : [])),
  )
}

// One may have got further than the other: a packer stopped half way, or a writer went on.
function beginAlike(a: Candidate, b: Candidate): boolean {
  const [left, right] = [unpackedHead(a.file), unpackedHead(b.file)]
  const length = Math.min(left.length, right.length)
  return length > 0 && left.subarray(0, length).equals(right.subarray(0, length))
}

function areAlike(a: Candidate, b: Candidate): boolean {
  const ends = [0, Math.max(0, a.stats.size - COMPARED_BYTES)]
  return ends.every(position => readAt(a.file.path, position).equals(readAt(b.file.path, position)))
}

function unpackedHead({ path, packing }: LogFile): Buffer {
  const head = readAt(path, 0)
  try {
    return UNPACK[packing](head).subarray(0, COMPARED_BYTES)
  } catch {
    // Damaged, or of a kind that this Node cannot unpack: told where the log is read.
    return Buffer.alloc(0)
  }
}

const UNPACK: Readonly<Record<Packing, (head: Buffer) => Buffer>> = {
  none: head => head,
  gz: head => zlib.gunzipSync(head, { finishFlush: zlib.constants.Z_SYNC_FLUSH }),
  br: head => zlib.brotliDecompressSync(head, { finishFlush: zlib.constants.BROTLI_OPERATION_FLUSH }),
  zst: head => {
    const { zstdDecompressSync } = zlib as { zstdDecompressSync?: (head: Buffer, options: object) => Buffer }
    return zstdDecompressSync?.(head, { finishFlush: 1 }) ?? Buffer.alloc(0)
  },
}

function readAt(path: string, position: number): Buffer {
  try {
    const descriptor = openSync(path, 'r')
    try {
      const bytes = Buffer.alloc(COMPARED_BYTES)
      return bytes.subarray(0, readSync(descriptor, bytes, 0, bytes.length, position))
    } finally {
      closeSync(descriptor)
    }
  } catch (error) {
    if (systemCode(error) === undefined) throw error
    // What cannot be read is told where the log is read.
    return Buffer.alloc(0)
  }
}
