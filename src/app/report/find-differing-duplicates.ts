// Looks once more at lines that repeat an id: whether their tokens and cost are those of the line that counts. Nothing is read
// where the ledger counts no duplicates.
import { Readable } from 'node:stream'
import { formatDecimal, makeDecimal } from '../../base/decimal.ts'
import { systemCode } from '../../base/errors.ts'
import type { Engine, RunRequest } from '../../engine/engine.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import { readLog } from '../../log/open-log.ts'
import type { DifferingDuplicates, DifferingField } from '../../query/differing-duplicates.ts'
import type { Query } from '../../query/query.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import { COST_SCALE } from '../../scan/reader.ts'
import { ReferenceReader } from '../../scan/reference-reader.ts'
import { Judge } from '../../tally/judge.ts'
import type { Judged } from '../../tally/judged.ts'
import { isGiven } from '../../tally/row-measures.ts'
import { SeenIds } from '../../tally/seen-ids.ts'
import { planScan } from '../../tally/tallier.ts'

export interface DuplicateSearch {
  /** Lines that the ledger counts as duplicates. */
  readonly duplicates: number
  readonly files: readonly LogFile[]
  readonly query: Pick<Query, 'timezone' | 'logTimezone' | 'dedupe'>
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly openStdin: () => Readable
  readonly engine: Engine
  readonly counted?: RunRequest['counted']
  /** Lines of all files together that are read again one by one; small values are for tests. */
  readonly mostLines?: number
}

const MOST_LINES = 20_000
/** Lines that are read, which is quicker, only to find the files with duplicates. */
const MOST_SEARCHED = 10_000_000
const NO_ID = '0,0,0,0'
const COMPARED = [
  ['input_tokens', 'inputTokens'],
  ['cache_read_tokens', 'cacheReadTokens'],
  ['cache_write_tokens', 'cacheWriteTokens'],
  ['cache_write_1h_tokens', 'cacheWrite1hTokens'],
  ['output_tokens', 'outputTokens'],
  ['reasoning_tokens', 'reasoningTokens'],
  ['total_tokens', 'unsplitTokens'],
] as const

/** Undefined where every duplicate that was looked at says what the line that counts says. */
export async function findDifferingDuplicates(search: DuplicateSearch): Promise<DifferingDuplicates | undefined> {
  const { duplicates, query } = search
  if (duplicates === 0 || query.dedupe === 'off') return undefined
  const files = search.files.filter(file => !isStream(file))
  const found = new Found()
  const seen = new Map<string, Usage>()
  let toFind = duplicates
  let left = search.mostLines ?? MOST_LINES
  let searched = 0
  for (const file of files) {
    if (left <= 0 || toFind <= 0 || searched > MOST_SEARCHED) break
    if (query.dedupe === 'file' && files.length > 1) {
      const { read, duplicate } = await ledgerOf(file, search)
      searched += read
      if (duplicate === 0) continue
      toFind -= duplicate
    }
    if (query.dedupe === 'file') seen.clear()
    left -= await compare(file, search, left, seen, found)
  }
  return found.result()
}

async function ledgerOf(file: LogFile, { query, formatOf, openStdin, engine, counted }: DuplicateSearch) {
  const request = { query: queryOf(query, 'file'), files: [file], formatOf, openStdin, hooks: {} }
  return (await engine.run(counted === undefined ? request : { ...request, counted })).ledger
}

interface Usage {
  readonly file: string
  readonly line: number
  readonly tokens: readonly number[]
  /** As text, '' where there is none. */
  readonly cost: string
}

// Returns how many lines were read.
async function compare(
  file: LogFile,
  { query, formatOf, counted }: DuplicateSearch,
  most: number,
  seen: Map<string, Usage>,
  found: Found,
): Promise<number> {
  const judge = new Judge(queryOf(query, 'off'))
  const removed = SeenIds.ofWords(counted?.get(file.path)?.words.slice() ?? new Uint32Array(0))
  const look = (judged: Judged) => {
    const { batch, rows, used } = judged
    for (const row of rows.subarray(0, used)) {
      const id = batch.ids.subarray(row * 4, row * 4 + 4).join()
      if (id === NO_ID) continue
      const first = seen.get(id)
      if (first !== undefined) found.add(first, usageOf(judged, row, file))
      // The line that counts may be gone from the log, and then there is nothing to compare with.
      else if (removed.add(batch.ids, row * 4)) seen.set(id, usageOf(judged, row, file))
    }
    if (judge.ledger.read >= most) throw new EnoughRead()
  }
  const reader = new ReferenceReader(planScan(queryOf(query, 'file'), formatOf(file)), batch =>
    look(judge.judge(batch)),
  )
  judge.begin({ name: file.name, linesBefore: 0, day: file.day })
  reader.begin({ hasFileDay: file.day !== null, isFirst: true })
  const ignore = () => undefined
  try {
    await readLog(file, reader, () => Readable.from([]), ignore)
    reader.end()
  } catch (error) {
    // A file that cannot be read to its end is in the ledger already.
    if (!(error instanceof EnoughRead) && systemCode(error) === undefined) throw error
  }
  return judge.ledger.read
}

/** Ends the reading of a log. */
class EnoughRead extends Error {}

function usageOf(judged: Judged, row: number, file: LogFile): Usage {
  const { costs, wideCosts, lines } = judged.batch
  const cost = wideCosts.get(row) ?? (isGiven(costs[row]!) ? makeDecimal(BigInt(costs[row]!), COST_SCALE) : undefined)
  return {
    file: file.name,
    line: lines[row]!,
    tokens: COMPARED.map(([, column]) => judged[column][row]!),
    cost: cost === undefined ? '' : formatDecimal(cost),
  }
}

class Found {
  private lines = 0
  private readonly fields = new Map<string, DifferingField>()

  add(first: Usage, duplicate: Usage): void {
    const differing = [
      ...COMPARED.flatMap(([field], at) =>
        first.tokens[at] === duplicate.tokens[at] ? [] : [[field, first.tokens[at], duplicate.tokens[at]] as const],
      ),
      ...(first.cost === duplicate.cost ? [] : [['cost_usd', first.cost, duplicate.cost] as const]),
    ]
    if (differing.length > 0) this.lines++
    for (const [field, counted, repeated] of differing) {
      const known = this.fields.get(field)
      this.fields.set(field, {
        ...(known ?? {
          field,
          file: duplicate.file,
          line: duplicate.line,
          value: textOf(repeated),
          firstFile: first.file,
          firstLine: first.line,
          firstValue: textOf(counted),
        }),
        lines: (known?.lines ?? 0) + 1,
      })
    }
  }

  result(): DifferingDuplicates | undefined {
    return this.lines === 0 ? undefined : { lines: this.lines, fields: [...this.fields.values()] }
  }
}

function textOf(value: number | string | undefined): string {
  return value === undefined || value === '' ? 'none' : String(value)
}

function queryOf(query: DuplicateSearch['query'], dedupe: Query['dedupe']): Query {
  const { timezone, logTimezone } = query
  const days = { name: 'days', keys: ['day'], sums: ['analyses'], hasDurations: false, hasExtent: false }
  return {
    ...{ timezone, logTimezone, dedupe },
    range: { from: null, to: null },
    kinds: 'all',
    conditions: [],
    cuts: NO_CUTS,
    extras: [],
    groupBys: [days],
  }
}
