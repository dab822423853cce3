// Logs by every way in which their bytes come.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import * as zlib from 'node:zlib'
import { expect, test } from 'vitest'
import { describeLogFile } from '../../src/log/log-file.ts'
import { type ByteTarget, readLog } from '../../src/log/open-log.ts'

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
  await expect(readPiped([ZSTD_FRAME])).rejects.toThrow(
    'cannot be unpacked: this version of Node does not support zstd',
  )
})

const PACKED = zlib.gzipSync(LINES)
const JUNK = Buffer.from('and more')

async function readFailing(read: (target: ByteTarget) => Promise<unknown>): Promise<string> {
  const parts: Buffer[] = []
  const space = Buffer.alloc(16)
  const target = { space: () => space, advance: (count: number) => parts.push(Buffer.from(space.subarray(0, count))) }
  await expect(read(target)).rejects.toThrow()
  return Buffer.concat(parts).toString()
}

function readFile(name: string, bytes: Buffer): Promise<string> {
  const path = join(mkdtempSync(join(tmpdir(), 'usagebook-packed-')), name)
  writeFileSync(path, bytes)
  const file = describeLogFile(path, name, null)
  return readFailing(target =>
    readLog(
      file,
      target,
      () => Readable.from([]),
      () => undefined,
    ),
  ).finally(() => rmSync(dirname(path), { recursive: true }))
}

test.each([
  ['one whole part', Buffer.concat([PACKED, JUNK]), 1],
  ['two whole parts', Buffer.concat([PACKED, PACKED, JUNK]), 2],
  ['a whole part and one with a wrong head', Buffer.concat([PACKED, Buffer.from([0x1f, 0x8b]), JUNK]), 1],
  ['nothing', JUNK, 0],
])('%s before other bytes is read, and the rest is told', async (_, bytes, count) => {
  expect(await readFile('a.jsonl.gz', bytes)).toBe(LINES.toString().repeat(count))
  const file = describeLogFile('-', 'standard input', null)
  const isPacked = count > 0
  if (isPacked)
    expect(
      await readFailing(target =>
        readLog(
          file,
          target,
          () => Readable.from([bytes]),
          () => undefined,
        ),
      ),
    ).toBe(LINES.toString().repeat(count))
})

test('what stands before a damaged place is read', async () => {
  const lines = Buffer.from(Array.from({ length: 20_000 }, (_, n) => `{"id":"${n * 7919}"}\n`).join(''))
  const packed = zlib.gzipSync(lines)
  packed.fill(0xff, packed.length - 3000, packed.length - 2900)
  const text = await readFile('a.jsonl.gz', packed)
  expect(lines.toString().startsWith(text.slice(0, lines.length * 0.9))).toBe(true)
  expect(text.length).toBeGreaterThan(lines.length * 0.9)
})

test('bytes behind the end of a brotli file are told', async () => {
  expect(await readFile('a.jsonl.br', Buffer.concat([zlib.brotliCompressSync(LINES), JUNK]))).toBe(LINES.toString())
})
