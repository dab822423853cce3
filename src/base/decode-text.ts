// The text of a file that people edit. Bytes that are not UTF-8 are an error: decoded to replacement characters and written
// back, they would be lost.
import { isUtf8 } from 'node:buffer'
import { ConfigError } from './errors.ts'

const NEWLINE = 0x0a

/** The bytes as text; other than UTF-8 they are a ConfigError with the line. */
export function decodeText(bytes: Buffer, file: string): string {
  if (isUtf8(bytes)) return bytes.toString('utf8')
  const { line, byte } = firstWrong(bytes)
  const hex = byte.toString(16).padStart(2, '0')
  throw new ConfigError('not-utf8', `${file} is not UTF-8 text: line ${line} holds the byte 0x${hex}.`, {
    where: { file, line },
    hint: 'Save it as UTF-8, for example with "iconv -f latin1 -t utf-8".',
  })
}

// A line break is never a part of another character, so each line is right or wrong by itself.
function firstWrong(bytes: Buffer): { line: number; byte: number } {
  let start = 0
  for (let line = 1; ; line++) {
    const found = bytes.indexOf(NEWLINE, start)
    const end = found === -1 ? bytes.length : found
    const text = bytes.subarray(start, end)
    if (!isUtf8(text)) return { line, byte: text[validLength(text)]! }
    start = end + 1
  }
}

function validLength(bytes: Buffer): number {
  let length = 0
  while (length < bytes.length) {
    const size = [1, 2, 3, 4].find(count => isUtf8(bytes.subarray(length, length + count)))
    if (size === undefined || length + size > bytes.length) return length
    length += size
  }
  return length
}
