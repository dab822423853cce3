// Asks for the reports whose rows are plain sums of events: by model, client, feature, country, endpoint, activity, and more.
import type { Random } from '../scan/random.ts'
import { groupTable, type ReportQuestion, type Row } from './answer.ts'
import { type Asker, cellOf, sameLedger } from './asker.ts'
import { randomQuestion } from './draw-question.ts'
import type { LogFile } from './events.ts'
import { type Members, readJson } from './json.ts'
import { type Found, find, type Kinds } from './question.ts'

interface Part {
  readonly report: string
  readonly key: string
  readonly field: string
  /** What rows call the field; its own name unless told. */
  readonly as?: string
  readonly kinds: Kinds
  /** Keys of the report's rows, and the measures that they are; a group without any of the first need not be there. */
  readonly measures: Readonly<Record<string, string>>
  /** Which of the events count. */
  readonly counts?: (event: Found['events'][number]) => boolean
}

const TOKENS = { inputTokens: 'inputTokens', outputTokens: 'outputTokens', totalTokens: 'totalTokens' }
const COST = { costUsd: 'costUsd', unpricedAnalyses: 'unpricedAnalyses' }
const ERRORS = { errors: 'errors' }
const PARTS: readonly Part[] = [
  {
    ...{ report: 'models', key: 'byModel', field: 'model', kinds: 'usage' },
    measures: { analyses: 'analyses', requests: 'analyses', ...ERRORS, ...TOKENS, ...COST },
  },
  {
    ...{ report: 'models', key: 'byDay', field: 'day', kinds: 'usage' },
    measures: { analyses: 'analyses', ...ERRORS, ...TOKENS, ...COST },
  },
  {
    ...{ report: 'clients', key: 'clients', field: 'client', kinds: 'usage' },
    measures: { analyses: 'analyses', ...ERRORS, totalTokens: 'totalTokens', ...COST },
  },
  {
    ...{ report: 'features', key: 'features', field: 'feature', kinds: 'usage' },
    measures: { analyses: 'analyses', uses: 'analyses', ...ERRORS },
    counts: event => event.texts.has('feature'),
  },
  {
    ...{ report: 'errors', key: 'byUser', field: 'user', kinds: 'all' },
    measures: { ...ERRORS, events: 'analyses' },
  },
  {
    ...{ report: 'latency', key: 'byClient', field: 'client', kinds: 'usage and requests' },
    measures: { events: 'analyses', requests: 'analyses' },
    counts: event => event.duration !== undefined,
  },
  {
    ...{ report: 'latency', key: 'byModel', field: 'model', kinds: 'usage and requests' },
    measures: { events: 'analyses' },
    counts: event => event.duration !== undefined,
  },
  {
    ...{ report: 'latency', key: 'byEndpoint', field: 'endpoint', kinds: 'usage and requests' },
    measures: { events: 'analyses' },
    counts: event => event.duration !== undefined,
  },
  {
    ...{ report: 'countries', key: 'countries', field: 'country', kinds: 'usage and requests' },
    measures: { events: 'analyses', ...ERRORS, ...COST },
  },
  {
    ...{ report: 'errors', key: 'byCode', field: 'status_code', as: 'code', kinds: 'all' },
    measures: { errors: 'analyses' },
    counts: event => event.isError,
  },
  {
    ...{ report: 'errors', key: 'byType', field: 'error_type', as: 'type', kinds: 'all' },
    measures: { errors: 'analyses' },
    counts: event => event.isError,
  },
  {
    ...{ report: 'errors', key: 'byEndpoint', field: 'endpoint', kinds: 'all' },
    measures: { ...ERRORS, events: 'analyses' },
  },
  {
    ...{ report: 'requests', key: 'topEndpoints', field: 'endpoint', kinds: 'requests' },
    measures: { requests: 'analyses', ...ERRORS },
  },
  {
    ...{ report: 'feedback', key: 'byProfile', field: 'profile', kinds: ['feedback'] },
    measures: { count: 'analyses' },
  },
  {
    ...{ report: 'threats', key: 'bySeverity', field: 'severity', kinds: ['threat'] },
    measures: { count: 'analyses' },
  },
  {
    ...{ report: 'threats', key: 'topThreatTypes', field: 'threat_type', as: 'type', kinds: ['threat'] },
    measures: { count: 'analyses' },
  },
  {
    ...{ report: 'uploads', key: 'byDay', field: 'day', kinds: ['file_upload'] },
    measures: { files: 'analyses' },
  },
  {
    ...{ report: 'queries', key: 'byDay', field: 'day', kinds: ['user_query', 'agent_response'] },
    measures: { queries: 'analyses' },
    counts: event => event.texts.get('event') === 'user_query',
  },
  {
    ...{ report: 'activity', key: 'days', field: 'day', kinds: 'all' },
    measures: { count: 'analyses' },
  },
  {
    ...{
      report: 'requests',
      key: 'topFeatures',
      field: 'feature',
      kinds: 'requests',
    },
    measures: { requests: 'analyses', ...ERRORS },
  },
]

export async function askOther(random: Random, asker: Asker): Promise<void> {
  const { question: asked, words } = randomQuestion(random, asker.logs, asker.prunedIn)
  const part = random.pick(PARTS)
  const question: ReportQuestion = { ...asked, compared: null }
  const hasCost = 'costUsd' in part.measures
  // Where a report has no costs, there is no way to ask for them.
  const costAt = words.findIndex(word => word === '--no-cost' || word === '--cost')
  const all = hasCost
    ? words.filter((word, at) => word !== '--compare' && words[at - 1] !== '--compare')
    : words.slice(0, costAt)
  const document = readJson(
    await asker.run(['report', part.report, ...all, '--format', 'json', '--top', '0']),
  ) as Members
  sameLedger(asker, document, find(asker.files, question, part.kinds).ledger)
  const expected = rowsOf(asker.files, question, part)
  const given = (document.get(part.key) as readonly Members[]).filter(row => countOf(row, part) !== '0')
  asker.same(String(given.length), String(expected.size), `rows of ${part.key}`)
  for (const row of given) {
    const name = cellOf(row.get(part.as ?? part.field)) ?? null
    const sums = expected.get(JSON.stringify([name]))
    asker.same(String(sums !== undefined), 'true', `whether there is a ${part.field} ${name}`)
    asker.compared()
    for (const [key, measure] of Object.entries(part.measures)) {
      if (sums![measure] === undefined) continue
      asker.same(cellOf(row.get(key)), sums![measure]!, `${part.report} ${part.key} ${name} ${key}`)
    }
  }
}

function countOf(row: Members, { measures }: Part): string {
  return cellOf(row.get(Object.keys(measures)[0]!))!
}

function rowsOf(files: readonly LogFile[], question: ReportQuestion, part: Part): ReadonlyMap<string, Row> {
  const table = groupTable(files, question, [part.field], null, null, part.kinds, part.counts)
  const counted = table.rows.filter(({ row }) => row[Object.values(part.measures)[0]!] !== '0')
  return new Map(counted.map(({ keys, row }) => [JSON.stringify(keys), row]))
}
