// Files for other programs and for finance: FOCUS, events for a warehouse, statements. Also why the cost changed.
import {
  CHECKS,
  FILTERS,
  FOCUS,
  INPUT,
  MONEY,
  OUTPUT,
  RANGE,
  type ReportOptions,
} from '../../app/request/parameters.ts'
import { oneOf } from '../../app/request/parse-option.ts'
import type { Answer } from '../answers/answer-shelf.ts'
import { EVENT_FILE_ENDINGS, type EventFileEnding, type Question } from '../answers/question.ts'
import type { Call, Reply, Route } from '../route.ts'
import { ask } from './documents.ts'
import { TYPES } from './forms.ts'
import { answerReport, merged, REPORT_PARAMETERS, refused } from './reports.ts'

const { logs: _logs, rejects: _rejects, threads: _threads, cache: _cache, ...INPUTS } = INPUT
const { strictPricing: _strictPricing, ...EVENT_CHECKS } = CHECKS
const { explain: _explain, ...EXPLAIN_PARAMETERS } = REPORT_PARAMETERS

const FOCUS_PARAMETERS = {
  ...RANGE,
  ...FOCUS,
  ...FILTERS,
  family: OUTPUT.family,
  ...INPUTS,
  cost: MONEY.cost,
  ...CHECKS,
}

const EVENT_FILE_PARAMETERS = {
  ...RANGE,
  format: {
    value: 'FORMAT',
    help: 'csv or parquet; default csv',
    parse: oneOf(EVENT_FILE_ENDINGS),
    choices: EVENT_FILE_ENDINGS,
  },
  ...FILTERS,
  ...INPUTS,
  ...EVENT_CHECKS,
}

const EVERYBODY = ['admin', 'manager', 'viewer', 'user'] as const
const READERS = ['admin', 'manager', 'viewer'] as const
const PARQUET = 'application/vnd.apache.parquet'

export const EXPORT_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/explain',
    roles: EVERYBODY,
    summary: 'why the cost changed: volume, mix, price, new, lost and unpriced add up to the change',
    group: 'Exports',
    parameters: EXPLAIN_PARAMETERS,
    answer: 'report',
    types: Object.values(TYPES),
    async handle(call) {
      return await answerReport(call, { ...(await merged<ReportOptions>(call, EXPLAIN_PARAMETERS)), explain: true })
    },
  },
  {
    method: 'GET',
    path: '/api/v1/exports/focus',
    roles: READERS,
    summary: 'cost and usage as a FOCUS file, for FinOps tools',
    group: 'Exports',
    parameters: FOCUS_PARAMETERS,
    types: [TYPES.csv],
    async handle(call) {
      const options = await merged<Extract<Question, { readonly kind: 'focus' }>['options']>(call, FOCUS_PARAMETERS)
      return fileOf(await ask(call, { kind: 'focus', options, format: 'csv' }), 'focus.csv', TYPES.csv)
    },
  },
  {
    method: 'GET',
    path: '/api/v1/exports/events',
    roles: EVERYBODY,
    summary: 'single events for a warehouse, as CSV or Parquet',
    group: 'Exports',
    parameters: EVENT_FILE_PARAMETERS,
    types: [TYPES.csv, PARQUET],
    async handle(call: Call) {
      const { format: ending = 'csv', ...options } = await mergedEvents(call)
      const answer = await ask(call, { kind: 'event-file', options, ending, format: 'csv' })
      return fileOf(answer, `events.${ending}`, ending === 'csv' ? TYPES.csv : PARQUET)
    },
  },
]

type EventFileOptions = Extract<Question, { readonly kind: 'event-file' }>['options']

async function mergedEvents(call: Call): Promise<EventFileOptions & { readonly format?: EventFileEnding | undefined }> {
  const { format, ...options } = call.options as { readonly format?: EventFileEnding }
  const { format: _format, ...rest } = await merged<EventFileOptions>({ ...call, options }, EVENT_FILE_PARAMETERS)
  return { ...rest, format }
}

function fileOf({ body, etag, tookMs, notes }: Answer, name: string, type: string): Reply {
  if (notes.refusals.length > 0) throw refused(notes.refusals)
  return { bytes: body, type, etag, tookMs, headers: { 'Content-Disposition': `attachment; filename="${name}"` } }
}
