// Logs by every way in which their bytes come.
import { Readable } from 'node:stream'
import * as zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { describeLogFile } from '../../src/log/log-file.ts'
import { readLog } from '../../src/log/open-log.ts'

const LINES = Buffer.from('{"client":"diageo"}\n{"client":"unilever"}\n')
const ZSTD_FRAME = Buffer.from('28b52ffd04000900000a', 'hex')

async function readPiped(chunks: readonly Buffer[]): Promise<{ text: string; stored: number }> {
  const parts: Buffer[] = []
  const space = Buffer.alloc(16)
  const target = { space: () => space, advance: (count: number) => parts.push(Buffer.from(space.subarray(0, count))) }
  const file = describeLogFile('-', 'standard input', null)
  const stored = await readLog(
    file,
    target,
    () => Readable.from(chunks),
    () => undefined,
  )
  return { text: Buffer.concat(parts).toString(), stored }
}

function inBytes(bytes: Buffer): Buffer[] {
  return Array.from(bytes, byte => Buffer.from([byte]))
}

test.each([
  ['at once', [LINES], LINES.length],
  ['byte by byte', inBytes(LINES), LINES.length],
  ['packed, at once', [zlib.gzipSync(LINES)], zlib.gzipSync(LINES).length],
  ['packed, byte by byte', inBytes(zlib.gzipSync(LINES)), zlib.gzipSync(LINES).length],
])('standard input is read %s', async (_, chunks, stored) => {
  expect(await readPiped(chunks)).toEqual({ text: LINES.toString(), stored })
})

test.each([
  ['nothing', [], ''],
  ['less than a magic number', [Buffer.from('{}')], '{}'],
])('standard input of %s is read', async (_, chunks, text) => {
  expect((await readPiped(chunks)).text).toBe(text)
})

test('packed standard input that is cut off is an error', async () => {
  await expect(readPiped([zlib.gzipSync(LINES).subarray(0, 30)])).rejects.toThrow('unexpected end of file')
})

test.skipIf('createZstdDecompress' in zlib)('zstd is refused where Node cannot unpack it', async () => {
  await expect(readPiped([ZSTD_FRAME])).rejects.toThrow('cannot be unpacked: this version of Node knows no zstd')
})
