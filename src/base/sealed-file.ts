// A file of our own that nobody edits: a JSON head and number columns, sealed by a digest. A file that was cut off, changed,
// or made for another purpose or by another version does not open; the only failure to handle is "not there".
//
//     0  u32  magic, in the byte order of the machine that wrote it
//     4  u32  version: how the digest is made
//     8  u32  bytes of the whole file
//    12  2 x u32  digest of all from 24 on
//    20  0
//    24  u32  bytes of the head
//    28  0
//    32  head: {"key", "columns": [[type, length], ...], "head"}, then the columns; each padded to 8 bytes
import { digestBlock } from './block-digest.ts'
import { digestWords } from './digest.ts'

const MAGIC = 0x4b425531
/** Word by word, which is ready at once. */
const BY_WORDS = 1
/** The digests of blocks, word by word. In a new process 1.5 MB took 24 ms of CPU time by words, and 4 so, 3 of them to load the code. */
const BY_BLOCKS = 2
const BLOCK_BYTES = 64 * 1024
/** From so many bytes on, files are written by blocks. */
const LARGE_BYTES = 4 * BLOCK_BYTES
const HEAD_AT = 32
const CHECKED_FROM = 24
const MOST_BYTES = 0xffff_fff8

export type Column = Uint8Array | Uint16Array | Uint32Array | Float64Array

const COLUMN_TYPES = [Uint8Array, Uint16Array, Uint32Array, Float64Array] as const

export interface Sealed<Head> {
  readonly head: Head
  /** Views on the bytes that were opened. */
  readonly columns: readonly Column[]
}

/**
 * The bytes of a sealed file; undefined where it would be too large. `key` says what it is, and must be known to open it. Bytes
 * in pieces become one column.
 */
export function seal(
  key: string,
  head: unknown,
  columns: readonly (Column | readonly Uint8Array[])[],
): Uint8Array | undefined {
  const pieces = columns.map(column => (isPieces(column) ? column : [column]))
  const shapes = columns.map((column, index) => [
    isPieces(column) ? 0 : typeOf(column),
    sizeOf(pieces[index]!, 'length'),
  ])
  const headBytes = Buffer.from(JSON.stringify({ key, columns: shapes, head }))
  const columnsAt = padded(HEAD_AT + headBytes.length)
  const total = pieces.reduce((sum, column) => sum + padded(sizeOf(column, 'byteLength')), columnsAt)
  if (total > MOST_BYTES) return undefined
  const bytes = new Uint8Array(total)
  bytes.set(headBytes, HEAD_AT)
  let at = columnsAt
  for (const column of pieces) {
    for (const piece of column) {
      bytes.set(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength), at)
      at += piece.byteLength
    }
    at = padded(at)
  }
  const words = new Int32Array(bytes.buffer)
  words.set([MAGIC, total < LARGE_BYTES ? BY_WORDS : BY_BLOCKS, total, 0, 0, 0, headBytes.length])
  words.set(digestOf(words), 3)
  return bytes
}

/** Opens what `seal` made with this key; undefined where these are not its bytes. `bytes` must begin its buffer. */
export function openSealed<Head>(bytes: Uint8Array, key: string): Sealed<Head> | undefined {
  if (bytes.length < HEAD_AT || bytes.length % 8 !== 0 || bytes.byteOffset % 8 !== 0) return undefined
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  const [magic, version, length] = words
  if (magic !== MAGIC || (version !== BY_WORDS && version !== BY_BLOCKS)) return undefined
  if (length !== (bytes.length | 0) || words[5] !== 0) return undefined
  const [first, second] = digestOf(words)
  if (words[3] !== first || words[4] !== second) return undefined
  const headLength = words[6]!
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + HEAD_AT, headLength).toString()
  const parsed = JSON.parse(text) as { key: string; columns: [number, number][]; head: Head }
  if (parsed.key !== key) return undefined
  let at = bytes.byteOffset + padded(HEAD_AT + headLength)
  const columns = parsed.columns.map(([type, length]) => {
    const column = new COLUMN_TYPES[type]!(bytes.buffer as ArrayBuffer, at, length)
    at += padded(column.byteLength)
    return column
  })
  return { head: parsed.head, columns }
}

// As the version among the words says.
function digestOf(words: Int32Array): [number, number] {
  const checked = words.subarray(CHECKED_FROM / 4)
  if (words[1] === BY_WORDS) return digestWords(checked)
  const bytes = new Uint8Array(checked.buffer, checked.byteOffset, checked.byteLength)
  const digests = new Int32Array(Math.ceil(bytes.length / BLOCK_BYTES) * 2)
  for (let at = 0, index = 0; at < bytes.length; at += BLOCK_BYTES, index += 2) {
    const block = bytes.subarray(at, at + BLOCK_BYTES)
    digests.set(
      digestBlock(block.length, space => space.set(block)),
      index,
    )
  }
  return digestWords(digests)
}

/** Whole numbers of 0 or more as the narrowest column that holds them; an empty one where all are 0. */
export function narrowColumn(values: ArrayLike<number>): Column {
  let most = 0
  for (let index = 0; index < values.length; index++) if (values[index]! > most) most = values[index]!
  if (most === 0) return new Uint8Array(0)
  if (most < 2 ** 8) return Uint8Array.from(values)
  if (most < 2 ** 16) return Uint16Array.from(values)
  return most < 2 ** 32 ? Uint32Array.from(values) : Float64Array.from(values)
}

function isPieces(column: Column | readonly Uint8Array[]): column is readonly Uint8Array[] {
  return Array.isArray(column)
}

function sizeOf(column: readonly Column[], size: 'length' | 'byteLength'): number {
  return column.reduce((sum, piece) => sum + piece[size], 0)
}

function typeOf(column: Column): number {
  return COLUMN_TYPES.findIndex(type => column instanceof type)
}

function padded(length: number): number {
  return Math.ceil(length / 8) * 8
}
