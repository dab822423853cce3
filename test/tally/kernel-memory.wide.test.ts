// The kernel near the end of its 4 GB, of which most is reserved and never touched.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { runItem } from '../../src/engine/local/run-item.ts'
import { planWhole, wholeFile } from '../../src/engine/local/work.ts'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { openKernelModule } from '../../src/kernel/exports.ts'
import { KernelTally } from '../../src/kernel/kernel-tally.ts'
import { bytesAt } from '../../src/kernel/memory.ts'
import { packTally } from '../../src/kernel/packed-tally.ts'
import type { Query } from '../../src/query/query.ts'
import { NO_CUTS } from '../../src/query/rate-cuts.ts'
import { Random } from '../scan/random.ts'
import { randomLog } from '../scan/random-lines.ts'
import { dumpTally } from './dump-tally.ts'

const QUERY: Query = {
  range: { from: null, to: null },
  timezone: 'UTC',
  logTimezone: 'UTC',
  kinds: 'all',
  conditions: [],
  dedupe: 'file',
  cuts: NO_CUTS,
  extras: [{ name: 'region', path: ['region'], kind: 'text', scale: 1 }],
  groupBys: [
    {
      name: 'flat',
      keys: ['user', 'model', 'day', 'rate'],
      sums: ['analyses', 'inputTokens'],
      hasDurations: true,
      hasExtent: true,
    },
    { name: 'regions', keys: ['region'], sums: ['loggedPicoUsd'], hasDurations: false, hasExtent: false },
  ],
}
const HALF = 2 ** 31
/** All but the last of it. */
const NEARLY_ALL = [HALF, HALF / 2, HALF / 4, HALF / 8, HALF / 16, HALF / 32, HALF / 64]
const module = openKernelModule()

function openTally(reserved: readonly number[]): KernelTally {
  const tally = new KernelTally(module, QUERY, NATIVE_FORMAT, undefined, { blockBytes: 4096 })
  for (const bytes of reserved) tally.kernel.allocate(bytes)
  return tally
}

function feed({ reader }: KernelTally, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) {
    const space = reader.space()
    const count = bytes.copy(space, 0, at)
    reader.advance(count)
    at += count
  }
}

function read(tally: KernelTally, bytes: Buffer): void {
  tally.begin({ name: 'a.jsonl', day: null, linesBefore: 0 })
  tally.reader.begin({ hasFileDay: true, isFirst: true })
  feed(tally, bytes)
  tally.reader.end()
}

function users(from: number, to: number): Buffer {
  const lines = Array.from(
    { length: to - from },
    (_, index) => `{"user":"user ${from + index}","id":"${from + index}","input_tokens":${index}}`,
  )
  return Buffer.from(`${lines.join('\n')}\n`)
}

test('memory beyond 2 GB gives the same answer', () => {
  const bytes = Buffer.concat([
    randomLog(new Random(7), 300, 0.1),
    users(0, 3000),
    Buffer.from(`{"user":"${'x'.repeat(9000)}\\n"}\n`),
  ])
  const [low, high] = [openTally([]), openTally([HALF - 64, 64])]
  for (const tally of [low, high]) read(tally, bytes)
  const seen = high.takeSeen()
  expect(seen.words).toEqual(low.takeSeen().words)
  const packed = packTally(high, high.take(), 1)
  const absorbing = openTally([HALF])
  absorbing.absorb(packed)
  absorbing.begin({ name: 'b.jsonl', day: null, linesBefore: 0, seen })
  expect(dumpTally(absorbing.take())).toEqual(dumpTally(low.take()))
})

test('the end of memory is an error that says what to do', () => {
  const tally = openTally(NEARLY_ALL)
  let from = 0
  const readMore = () => {
    for (; from < 600_000; from += 20_000) read(tally, users(from, from + 20_000))
  }
  expect(readMore).toThrow(expect.objectContaining({ code: 'too-many-groups' }))
}, 30_000)

// What was read before would be too small a number, and the kernel is in the middle of something.
test('the end of memory is no fault of the file, of which a part would then be the answer', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-memory-'))
  try {
    const path = join(folder, 'users.log')
    writeFileSync(path, users(0, 200_000))
    const file = { path, name: 'users.log', days: null, day: null, packing: 'none', format: null } as const
    const [item] = planWhole([wholeFile(file)])
    const tally = openTally([...NEARLY_ALL, HALF / 128])
    const run = runItem(
      item!,
      NATIVE_FORMAT,
      () => Readable.from([]),
      tally,
      () => undefined,
    )
    await expect(run).rejects.toThrow(expect.objectContaining({ code: 'too-many-groups' }))
  } finally {
    rmSync(folder, { recursive: true })
  }
}, 30_000)

test('a block of more than the whole memory is an error, and none of less', () => {
  const { kernel } = openTally([])
  expect(() => kernel.allocate(HALF + 1)).toThrow(expect.objectContaining({ code: 'too-many-groups' }))
})

// With a hash that is known, each of these was compared with all before it, which took minutes.
test('texts that were made to share a place in the table are told apart at once', () => {
  const { kernel, slots } = openTally([])
  const table = kernel.tableOf(slots.fields.get('user')!)
  const place = kernel.allocate(64)
  const [c2, inverse] = [0xc2b2ae3d27d4eb4fn, inverseOf(0x9e3779b97f4a7c15n)]
  const codes = new Set<number>()
  for (let index = 1; index <= 100_000; index++) {
    const high = BigInt(index) * 0x10001n
    const low = BigInt.asUintN(64, (BigInt.asUintN(64, high * c2) ^ 12345n) * inverse)
    const bytes = bytesAt(kernel, place, 16)
    bytes.writeBigUInt64LE(low, 0)
    bytes.writeBigUInt64LE(high, 8)
    codes.add(kernel.internText(table, place, 16))
  }
  expect(codes.size).toBe(100_000)
}, 30_000)

// Of an odd number, modulo 2^64: each step doubles the bits that are right.
function inverseOf(odd: bigint): bigint {
  let inverse = odd
  for (let step = 0; step < 6; step++) inverse = BigInt.asUintN(64, inverse * (2n - odd * inverse))
  return inverse
}
