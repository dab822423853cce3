import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openPrices } from '../../../src/app/workspace/open-prices.ts'
import type { FileResult, FileTask, RunRequest } from '../../../src/engine/engine.ts'
import { LocalEngine, type LocalEngineOptions } from '../../../src/engine/local/local-engine.ts'
import { planParts, planWhole, wholeFile } from '../../../src/engine/local/work.ts'
import { findLogs } from '../../../src/log/find-logs.ts'
import type { LogFile } from '../../../src/log/log-file.ts'
import { readPart } from '../../../src/log/read-part.ts'
import type { Query } from '../../../src/query/query.ts'
import { SeenIds } from '../../../src/tally/seen-ids.ts'
import { SEED } from '../../fixed-seed.ts'
import { FORMATS, QUERIES } from '../../scan/equality.ts'
import { Random } from '../../scan/random.ts'
import { randomLog } from '../../scan/random-lines.ts'
import { dumpTally } from '../../tally/dump-tally.ts'

const folder = mkdtempSync(join(tmpdir(), 'usagebook-threads-'))
writeLogs(new Random(SEED))
const { files } = findLogs([{ path: folder, format: null }], folder)

afterAll(() => {
  rmSync(folder, { recursive: true })
})

function writeLogs(random: Random): void {
  const put = (name: string, bytes: Buffer) => writeFileSync(join(folder, name), bytes)
  put('2026-02-01.jsonl', randomLog(random, 300, 0.1))
  put('2026-02-02.jsonl', randomLog(random, 150, 0))
  put('2026-02-02.api.jsonl.gz', gzipSync(randomLog(random, 100, 0.2)))
  put('2026-02-03.jsonl.gz', gzipSync(randomLog(random, 100, 0)).subarray(0, 4000))
  put('2026-02-04.jsonl', Buffer.alloc(0))
  put('all.jsonl', Buffer.concat([randomLog(random, 200, 0.3), Buffer.from('\n\n{"client":"torn')]))
  put('one-line.jsonl', Buffer.from(`{"ts":"2026-02-02T09:15:00Z","note":"${'x'.repeat(20_000)}"}`))
}

function requestOf(query: Query, onReject?: (line: string) => void): RunRequest {
  const hooks = onReject === undefined ? {} : { onReject: keeper(onReject) }
  const formatOf = (file: LogFile) => (file.name.startsWith('all') ? FORMATS.agent! : FORMATS.native!)
  return { query, files, formatOf, openStdin: () => Readable.from([]), hooks }
}

function keeper(keep: (line: string) => void): NonNullable<RunRequest['hooks']['onReject']> {
  return ({ file, line, reason, bytes }) => keep(`${file} ${line} ${reason} ${Buffer.from(bytes).toString('hex')}`)
}

async function answer(query: Query, options: LocalEngineOptions): Promise<unknown> {
  return dumpTally(await new LocalEngine({ ...options, openPrices }).run(requestOf(query)))
}

const KERNELS = [1, 2, 4].flatMap(threads =>
  [64, 4099, 1024 * 1024].map(blockBytes => ({ threads, blockBytes, partBytes: 700 * threads, threadBytes: 1 })),
)

describe.each(Object.keys(QUERIES))('the query "%s"', name => {
  const query = QUERIES[name]!
  let expected: unknown

  beforeAll(async () => {
    expected = await answer(query, { reader: 'reference' })
  })

  it.each(KERNELS)(
    `has the reference's answer with $threads threads and blocks of $blockBytes (seed ${SEED})`,
    async one => {
      expect(await answer(query, { ...one, reader: 'kernel' })).toEqual(expected)
    },
  )
})

it('gives every rejected line with its bytes, whoever reads it', async () => {
  const expected: string[] = []
  const given: string[] = []
  const query = QUERIES.usage!
  await new LocalEngine({ reader: 'reference' }).run(requestOf(query, line => expected.push(line)))
  await new LocalEngine({ reader: 'kernel', threads: 3, threadBytes: 1 }).run(
    requestOf(query, line => given.push(line)),
  )
  expect(given.sort()).toEqual(expected.sort())
  expect(given.length).toBeGreaterThan(50)
})

it('fails where what another thread sent cannot be taken in', async () => {
  const onReject = () => {
    throw new Error('cannot be taken in')
  }
  const run = new LocalEngine({ reader: 'kernel', threads: 3, threadBytes: 1 }).run(requestOf(QUERIES.usage!, onReject))
  await expect(run).rejects.toThrow('cannot be taken in')
})

it('gives the tally of each file where they are asked for one by one', async () => {
  const query = QUERIES['counted once']!
  const tasks = files.map(file => ({ ...wholeFile(file), isForGrowth: true }))
  const collect = async (options: LocalEngineOptions) => {
    const results = new Map<string, unknown>()
    const keep = ({ task, tally, lines, seen }: FileResult) =>
      results.set(task.file.name, { tally: dumpTally(tally), lines, ids: seen!.count })
    await new LocalEngine(options).runFiles(requestOf(query), tasks, keep)
    return [...results].sort(([a], [b]) => (a < b ? -1 : 1))
  }
  const expected = await collect({ reader: 'reference' })
  expect(await collect({ reader: 'kernel' })).toEqual(expected)
  expect(await collect({ reader: 'kernel', threads: 2, threadBytes: 1 })).toEqual(expected)
})

it('counts more equal durations than 16 bits hold, in lists, in windows and from thread to thread', async () => {
  const LINES = 160_000
  const line = (user: string, ms: number) => `{"ts":1770023700,"user":"${user}","duration_ms":${ms}}\n`
  const others = Array.from({ length: 300 }, (_, index) => line('bob', index + 1)).join('')
  const path = join(folder, 'equal.log')
  writeFileSync(path, line('ann', 1500).repeat(LINES) + others)
  const file: LogFile = { path, name: 'equal.log', days: null, day: null, packing: 'none', format: null }
  const by = { name: 'users', keys: ['user'], sums: ['analyses'], hasDurations: true, hasExtent: false }
  const request = { ...requestOf({ ...QUERIES.usage!, groupBys: [by] }), files: [file] }
  for (const threads of [1, 3]) {
    const tally = await new LocalEngine({ threads, threadBytes: 1, partBytes: 1_000_000 }).run(request)
    const groups = tally.tables.get('users')!
    const slotOf = (user: string) => [0, 1].find(slot => groups.keyOf(slot, 0) === user)!
    expect(groups.sums[0]!.get(slotOf('ann'))).toBe(LINES)
    expect(Array.from(groups.sketchOf(slotOf('ann')).window.counts).filter(count => count > 0)).toEqual([LINES])
    expect(groups.sketchOf(slotOf('bob')).total).toBe(300)
    expect(groups.sketchOf(slotOf('bob')).quantile(0.5)).toBeCloseTo(150_000, -4)
  }
})

it('knows the ids of the lines before where a file is continued', async () => {
  const query = QUERIES['counted once']!
  const log = Buffer.from('{"id":"evt_1","ts":1770023700}\n{"id":"evt_2","ts":1770023700}\n')
  writeFileSync(join(folder, 'grown.log'), Buffer.concat([log, log]))
  const file: LogFile = {
    path: join(folder, 'grown.log'),
    name: 'grown.log',
    days: null,
    day: null,
    packing: 'none',
    format: null,
  }
  const engine = new LocalEngine({ reader: 'kernel' })
  const results: FileResult[] = []
  const first = { ...wholeFile(file), isForGrowth: true }
  await engine.runFiles(requestOf(query), [first], result => results.push(result))
  const rest = { ...first, startByte: log.length, linesBefore: 2, seen: results[0]!.seen }
  await engine.runFiles(requestOf(query), [rest], result => results.push(result))
  expect(results.map(({ tally, lines }) => [tally.ledger.used, tally.ledger.duplicate, lines])).toEqual([
    [2, 2, 4],
    [0, 2, 4],
  ])
})

it('counts each of many ids once, also where a file is continued by another reader', async () => {
  const random = new Random(SEED)
  const line = () => `{"id":"evt_${random.below(20_000)}","ts":1770023700}\n`
  const [before, after] = [0, 1].map(() => Array.from({ length: 15_000 }, line).join(''))
  const distinct = new Set(`${before}${after}`.match(/evt_\d+/g)).size
  const path = join(folder, 'many.log')
  writeFileSync(path, before!)
  const file: LogFile = { path, name: 'many.log', days: null, day: null, packing: 'none', format: null }
  const readers = ['kernel', 'reference'] as const
  for (const first of readers) {
    writeFileSync(path, before!)
    const results: FileResult[] = []
    const run = async (reader: 'kernel' | 'reference', task: FileTask) => {
      await new LocalEngine({ reader }).runFiles(requestOf(QUERIES['counted once']!), [task], one => results.push(one))
    }
    await run(first, { ...wholeFile(file), isForGrowth: true })
    writeFileSync(path, `${before}${after}`)
    for (const second of readers) {
      const seen = SeenIds.ofWords(results[0]!.seen!.words.slice())
      await run(second, { file, startByte: before!.length, linesBefore: 15_000, isForGrowth: true, seen })
    }
    const used = results.map(({ tally }) => tally.ledger.used)
    expect([used[0]! + used[1]!, used[0]! + used[2]!]).toEqual([distinct, distinct])
    expect(results.slice(1).map(({ seen }) => seen!.count)).toEqual([distinct, distinct])
  }
})

it('cuts a large file into parts that have every line once', () => {
  const path = join(folder, '2026-02-01.jsonl')
  const [file] = files.filter(one => one.path === path)
  const parts = planParts([file!], 1000)
  const read = parts.map(({ part }) => readBack(path, part!.fromByte, part!.toByte)).join('')
  expect(parts.length).toBeGreaterThan(20)
  expect(read).toBe(readBack(path, 0, null))
  expect(planWhole([wholeFile(file!)])).toHaveLength(1)
})

it('cuts smaller parts towards the end, and reads none further than to where its last line ends', () => {
  const path = join(folder, 'long-line.log')
  writeFileSync(path, `${'{"client":"diageo"}\n'.repeat(1000)}${'x'.repeat(40_000)}`)
  const file: LogFile = { path, name: 'long-line.log', days: null, day: null, packing: 'none', format: null }
  const parts = planParts([file], 8000).map(({ part, weight }) => ({ ...part!, weight }))
  const weights = parts.map(({ weight }) => weight).slice(0, -1)
  expect(weights).toEqual([...weights].sort((a, b) => b - a))
  expect(parts.length).toBeGreaterThan(20)
  expect(parts.reduce((sum, { weight }) => sum + weight, 0)).toBe(60_000)
  let spaces = 0
  const space = Buffer.alloc(1000)
  const target = {
    space: () => {
      spaces++
      return space
    },
    advance: () => undefined,
  }
  for (const { fromByte, toByte } of parts) readPart(path, fromByte, toByte, target, () => undefined)
  // The long line is read where it begins; no other part reads on to its end.
  expect(spaces).toBeLessThan(60 + 40 + 2 * parts.length)
})

function readBack(path: string, fromByte: number, toByte: number | null): string {
  const space = Buffer.alloc(333)
  let text = ''
  const target = {
    space: () => space,
    advance: (count: number) => {
      text += space.toString('latin1', 0, count)
    },
  }
  readPart(path, fromByte, toByte, target, () => undefined)
  return text
}
