// Finds the first line that repeats an id with other tokens or another cost, and the line that counts, to show how they
// differ. The tally says whether and where there is such a line; if there is none, nothing is read.
import { type Decimal, formatDecimal, makeDecimal } from '../../base/decimal.ts'
import { systemCode } from '../../base/errors.ts'
import { streamLines } from '../../engine/local/stream-lines.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import { type FoundLine, findLine, findLinesWith, plainPartOf, type SearchBudget } from '../../log/find-lines.ts'
import { isStream, type LogFile } from '../../log/log-file.ts'
import type { DifferingField } from '../../query/differing-field.ts'
import type { Ledger } from '../../query/ledger.ts'
import type { Query } from '../../query/query.ts'
import { NO_CUTS } from '../../query/rate-cuts.ts'
import { readBytes } from '../../scan/read-bytes.ts'
import { COST_SCALE } from '../../scan/reader.ts'
import type { Judged } from '../../tally/judged.ts'
import { isGiven } from '../../tally/row-measures.ts'
import { planScan } from '../../tally/tallier.ts'
import type { LogRequest } from '../request/requests.ts'

export interface DifferenceSearch {
  readonly ledger: Pick<Ledger, 'differingAt'>
  /** Those that the ledger is of. */
  readonly files: readonly LogFile[]
  readonly query: Pick<Query, 'timezone' | 'logTimezone' | 'dedupe' | 'scope'>
  readonly formatOf: (file: LogFile) => SourceFormat
  /** Unpacked bytes that are looked through; small values are for tests. */
  readonly mostBytes?: number
}

const MOST_BYTES = 128 * 1024 * 1024
/** Lines that hold what the id is looked for by, and are read. */
const MOST_READ = 2000
const COMPARED = [
  ['input_tokens', 'inputTokens'],
  ['cache_read_tokens', 'cacheReadTokens'],
  ['cache_write_tokens', 'cacheWriteTokens'],
  ['cache_write_1h_tokens', 'cacheWrite1hTokens'],
  ['output_tokens', 'outputTokens'],
  ['reasoning_tokens', 'reasoningTokens'],
  ['total_tokens', 'unsplitTokens'],
] as const

/** Looks in `files`, all those of a question to the logs. */
export async function findDifferencesIn(
  { logs, filter }: Pick<LogRequest, 'logs' | 'filter'>,
  ledger: DifferenceSearch['ledger'],
  files: readonly LogFile[],
): Promise<readonly DifferingField[] | undefined> {
  const { formatOf, logTimezone } = logs
  const query = { timezone: filter.zone.name, logTimezone, dedupe: filter.dedupe, scope: filter.scope }
  return await findDifferences({ ledger, files, query, formatOf })
}

/** Undefined where there is no such line, or where one of the two cannot be found: in a pipe, or too far behind. */
export async function findDifferences(search: DifferenceSearch): Promise<readonly DifferingField[] | undefined> {
  const [place] = search.ledger.differingAt
  const files = search.files.filter(file => file.name === place?.file)
  const [own] = files
  if (place === undefined || own === undefined || files.length > 1) return undefined
  if (own.away !== undefined) return own.away.differences
  if (isStream(own)) return undefined
  const budget = { leftBytes: search.mostBytes ?? MOST_BYTES }
  try {
    const found = await findLine(own, place.line, budget)
    const repeated = found && usageOf(found, own, search)
    const counted = repeated && (await findCounted(repeated, own, search, budget))
    return counted && differencesOf(counted, repeated)
  } catch (error) {
    // The file has changed since; one that cannot be read to its end is in the ledger already.
    if (systemCode(error) === undefined) throw error
    return undefined
  }
}

interface Usage {
  readonly file: string
  readonly line: number
  readonly id: string
  readonly tokens: readonly number[]
  /** As text, `none` where there is none. */
  readonly cost: string
}

// The first line with the id.
async function findCounted(
  repeated: Usage,
  own: LogFile,
  search: DifferenceSearch,
  budget: SearchBudget,
): Promise<Usage | undefined> {
  const bytes = Buffer.from(plainPartOf(repeated.id))
  const files = search.query.dedupe === 'all' ? search.files.slice(0, search.files.indexOf(own) + 1) : [own]
  let read = 0
  for (const file of files) {
    if (bytes.length === 0 || isStream(file)) return undefined
    for await (const line of findLinesWith(file, bytes, budget)) {
      if (read++ > MOST_READ || (file === own && line.number >= repeated.line)) return undefined
      const usage = usageOf(line, file, search)
      if (usage?.id === repeated.id) return usage
    }
  }
  return undefined
}

// Undefined where the line is no event.
function usageOf(
  { number, bytes }: FoundLine,
  file: LogFile,
  { query, formatOf }: DifferenceSearch,
): Usage | undefined {
  const format = formatOf(file)
  const plain = queryOf(query)
  const result = readBytes(bytes, planScan(plain, format), { hasFileDay: file.day !== null }, true)?.result
  const id = result?.kind === 'event' ? result.values.id : undefined
  let usage: Usage | undefined
  if (id === undefined) return undefined
  const take = (judged: Judged) => {
    const [row] = judged.rows.subarray(0, judged.used)
    if (row === undefined) return
    const tokens = COMPARED.map(([, column]) => judged[column][row]!)
    usage = { file: file.name, line: number, id, tokens, cost: costText(judged, row) }
  }
  streamLines(plain, format, file, bytes, take, () => undefined)
  return usage
}

function costText({ batch: { costs, wideCosts } }: Judged, row: number): string {
  const cost: Decimal | undefined =
    wideCosts.get(row) ?? (isGiven(costs[row]!) ? makeDecimal(BigInt(costs[row]!), COST_SCALE) : undefined)
  return cost === undefined ? 'none' : formatDecimal(cost)
}

function differencesOf(counted: Usage, repeated: Usage): readonly DifferingField[] | undefined {
  const values: [field: string, value: string, firstValue: string][] = [
    ...COMPARED.map(([field], at): (typeof values)[number] => [
      field,
      String(repeated.tokens[at]),
      String(counted.tokens[at]),
    ]),
    ['cost_usd', repeated.cost, counted.cost],
  ]
  const { file, line } = repeated
  const first = { firstFile: counted.file, firstLine: counted.line }
  const fields = values
    .filter(([, value, firstValue]) => value !== firstValue)
    .map(([field, value, firstValue]) => ({ field, file, line, value, ...first, firstValue }))
  return fields.length === 0 ? undefined : fields
}

function queryOf({ timezone, logTimezone, scope }: DifferenceSearch['query']): Query {
  const days = { name: 'days', keys: ['day'], sums: ['analyses'], hasDurations: false, hasExtent: false }
  return {
    ...{ timezone, logTimezone, scope },
    dedupe: 'file',
    range: { from: null, to: null },
    kinds: 'all',
    conditions: [],
    cuts: NO_CUTS,
    extras: [],
    groupBys: [days],
  }
}
