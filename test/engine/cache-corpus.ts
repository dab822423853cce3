// Five days of logs in a folder of their own, with everything that a line can be, and questions to ask of them.
import { appendFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import type { CacheOptions } from '../../src/engine/cache/cache-options.ts'
import { CachedEngine } from '../../src/engine/cache/cached-engine.ts'
import type { RunHooks, RunRequest } from '../../src/engine/engine.ts'
import { LocalEngine } from '../../src/engine/local/local-engine.ts'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { findLogs } from '../../src/log/find-logs.ts'
import type { Query } from '../../src/query/query.ts'
import { NO_CUTS } from '../../src/query/rate-cuts.ts'
import { USAGE_GROUP_BYS } from '../../src/report/usage/usage-query.ts'
import { dumpTally } from '../tally/dump-tally.ts'

export const USAGE_QUERY: Query = {
  range: { from: null, to: null },
  timezone: 'UTC',
  logTimezone: 'Europe/Berlin',
  kinds: 'usage',
  conditions: [],
  dedupe: 'file',
  cuts: NO_CUTS,
  extras: [],
  groupBys: USAGE_GROUP_BYS,
}

export function isIn(client: string): Query['conditions'][number] {
  return { column: 'client', test: { kind: 'patterns', accept: [client], refuse: [], match: 'wildcards' } }
}

const at = (text: string) => Date.parse(text)
const CUTS = {
  inputBounds: [{ tokens: 200_000, inclusive: false }],
  instants: [at('2026-01-01T00:00:00Z'), at('2026-01-31T12:00:00Z'), at('2026-02-02T00:00:00Z')],
  dailyCuts: [8 * 3_600_000],
  dailyModels: ['claude'],
}

/** Queries by what is special about them. */
export const QUERIES: Readonly<Record<string, Query>> = {
  everything: USAGE_QUERY,
  'one client': { ...USAGE_QUERY, conditions: [isIn('diageo')] },
  'all clients but one': {
    ...USAGE_QUERY,
    conditions: [
      { column: 'client', test: { kind: 'patterns', accept: [], refuse: ['diageo', '(none)'], match: 'wildcards' } },
    ],
  },
  'one user': {
    ...USAGE_QUERY,
    conditions: [{ column: 'user', test: { kind: 'patterns', accept: ['anna*'], refuse: [], match: 'wildcards' } }],
  },
  'one client and one model': {
    ...USAGE_QUERY,
    conditions: [
      isIn('unilever'),
      { column: 'model', test: { kind: 'patterns', accept: ['gpt*'], refuse: [], match: 'wildcards' } },
    ],
  },
  'two whole days': { ...USAGE_QUERY, range: { from: at('2026-02-01T00:00:00Z'), to: at('2026-02-03T00:00:00Z') } },
  'from noon to noon': { ...USAGE_QUERY, range: { from: at('2026-02-01T12:00:00Z'), to: at('2026-02-03T12:00:00Z') } },
  'until yesterday': { ...USAGE_QUERY, range: { from: null, to: at('2026-02-03T00:00:00Z') } },
  'before everything': { ...USAGE_QUERY, range: { from: null, to: at('2025-01-01T00:00:00Z') } },
  'one client of one day in Auckland': {
    ...USAGE_QUERY,
    timezone: 'Pacific/Auckland',
    range: { from: at('2026-01-31T11:00:00Z'), to: at('2026-02-01T11:00:00Z') },
    conditions: [isIn('diageo')],
  },
  'duplicates kept': { ...USAGE_QUERY, dedupe: 'off' },
  'duplicates of all files': { ...USAGE_QUERY, dedupe: 'all' },
  'all kinds': { ...USAGE_QUERY, kinds: 'all' },
  'price changes': { ...USAGE_QUERY, cuts: CUTS },
  'errors by model': {
    ...USAGE_QUERY,
    conditions: [{ column: 'status', test: { kind: 'patterns', accept: ['error'], refuse: [], match: 'wildcards' } }],
    groupBys: [
      { name: 'flat', keys: ['model', 'status', 'hour'], sums: ['analyses'], hasDurations: true, hasExtent: true },
    ],
  },
  'a field of the line': {
    ...USAGE_QUERY,
    extras: [{ name: 'region', path: ['region'], kind: 'text', scale: 1 }],
    conditions: [{ column: 'region', test: { kind: 'patterns', accept: ['eu'], refuse: [], match: 'wildcards' } }],
    groupBys: [{ name: 'flat', keys: ['region'], sums: ['inputTokens'], hasDurations: false, hasExtent: false }],
  },
}

const CLIENTS = ['diageo', 'unilever', 'loréal', undefined]

/** One line of a log; everything in it follows from its number. */
export function logLine(day: string, number: number): string {
  if (number % 17 === 3) return '{"client":"diageo"'
  if (number % 23 === 5) return JSON.stringify({ timestamp: 'yesterday', client: 'diageo' })
  if (number % 29 === 7) return JSON.stringify({ event: 'session_start', timestamp: `${day}T09:00:00Z` })
  const minute = (number * 37) % 1440
  const time = `${day}T${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}:00`
  return JSON.stringify({
    id: `e${number % 40}`,
    timestamp: number % 19 === 2 ? undefined : number % 5 === 0 ? time : `${time}Z`,
    client: CLIENTS[number % 4],
    user: number % 3 === 0 ? 'anna@diageo.com' : 'ben@unilever.com',
    profile: `brand_check_v${(number % 3) + 1}`,
    model: number % 2 === 0 ? 'gpt-4o' : 'claude-sonnet-4-5',
    checks: number % 7,
    input_tokens: number * 1000 * (number % 31),
    output_tokens: number % 11 === 0 ? 9_007_199_254_740_000 : number,
    cost_usd: number % 13 === 0 ? 0.1234567890123456 : undefined,
    duration_ms: number % 6 === 0 ? undefined : number * 1.5,
    status: number % 9 === 0 ? 'error' : 'ok',
    region: number % 2 === 0 ? 'eu' : 'us',
  })
}

function lines(day: string, from: number, to: number): string {
  return Array.from({ length: to - from }, (_, index) => `${logLine(day, from + index)}\n`).join('')
}

/** Makes the logs and returns their folder; the cache belongs beside it, in `cache`. */
export function makeLogs(): string {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-cache-'))
  const folder = join(root, 'usage_logs')
  mkdirSync(join(folder, 'app'), { recursive: true })
  writeFileSync(join(folder, '2026-01-30.jsonl'), lines('2026-01-30', 0, 60))
  writeFileSync(join(folder, '2026-01-31.jsonl.gz'), gzipSync(lines('2026-01-31', 10, 80)))
  writeFileSync(join(folder, '2026-02-01.jsonl'), lines('2026-02-01', 0, 90).replaceAll('\n', '\r\n'))
  writeFileSync(join(folder, 'app', '2026-02-01.jsonl'), lines('2026-02-01', 200, 210).trimEnd())
  writeFileSync(join(folder, '2026-02-02.jsonl'), `\ufeff${lines('2026-02-02', 0, 50)}`)
  writeFileSync(join(folder, '2026-02-03.jsonl'), lines('2026-02-03', 0, 100))
  writeFileSync(join(folder, 'undated.jsonl'), lines('2026-02-02', 500, 520))
  return folder
}

/** Appends to today's file, to the undated one, and to one of an old day. */
export function growLogs(folder: string): void {
  appendFileSync(join(folder, '2026-02-03.jsonl'), lines('2026-02-03', 90, 130))
  appendFileSync(join(folder, 'undated.jsonl'), lines('2026-02-03', 520, 530))
  appendFileSync(join(folder, '2026-01-30.jsonl'), lines('2026-01-30', 55, 65))
}

/** One folder or several. */
type Folders = string | readonly [string, ...string[]]

export function requestOf(folders: Folders, query: Query, hooks: RunHooks = {}): RunRequest {
  const { files } = findLogs(
    [folders].flat().map(path => ({ path, format: null })),
    '/',
  )
  return { query, files, formatOf: () => NATIVE_FORMAT, openStdin: () => Readable.from([]), hooks }
}

/** Everything that the plain engine answers. */
export async function plainAnswer(folder: Folders, query: Query): Promise<unknown> {
  return dumpTally(await new LocalEngine().run(requestOf(folder, query)))
}

/** Where the cache of these logs is. */
export function cacheFolderOf(folder: string): string {
  return join(folder, '..', 'cache')
}

/** Everything that the cached engine answers, and which files it read for it. */
export async function cachedAnswer(
  folder: Folders,
  query: Query,
  options: Partial<CacheOptions> = {},
): Promise<{ answer: unknown; read: string[] }> {
  const read: string[] = []
  const inner = new LocalEngine()
  const spy = {
    run: (request: RunRequest) => {
      read.push(...request.files.map(file => file.name))
      return inner.run(request)
    },
    runFiles: (...args: Parameters<LocalEngine['runFiles']>) => {
      read.push(...args[1].map(task => (task.startByte > 0 ? `end of ${task.file.name}` : task.file.name)))
      return inner.runFiles(...args)
    },
  }
  const engine = new CachedEngine(spy, {
    folder: cacheFolderOf([folder].flat()[0]!),
    logs: [],
    toolVersion: '1',
    now: () => Date.now(),
    leastBytes: 0,
    ...options,
  })
  const tally = await engine.run(requestOf(folder, query))
  const asked = new Map(query.groupBys.map(by => [by.name, tally.tables.get(by.name)!]))
  return { answer: dumpTally({ ...tally, tables: asked }), read }
}
