// Statements of clients: which were made, their files, and making those of a period.
import * as z from 'zod'
import { formatDecimal } from '../../base/decimal.ts'
import type { KeptStatement } from '../../export/chargeback/statement-document.ts'
import { statementFiles } from '../../export/chargeback/statement-files.ts'
import { ProblemError } from '../problem.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { counts } from '../resources/profile-answers.ts'
import { repeatable } from '../resources/repeatable.ts'
import { type AskedStatements, makeStatements, statementsFor } from '../resources/statement-calls.ts'
import type { Route } from '../route.ts'
import { TYPES, withEnding } from './forms.ts'

export const STATEMENT_READERS = ['admin', 'manager', 'viewer'] as const
const group = 'Exports'
const text = z.string()
const statement = z.strictObject({
  number: text,
  client: text.nullable(),
  name: text,
  kind: z.enum(['statement', 'credit-note', 'debit-note']),
  corrects: text.nullable(),
  period: text,
  currency: text,
  total: z.number(),
})
const asked = z.strictObject({
  period: text.describe('a period that is over: 2026-01, last-month'),
  timezone: text.optional(),
  corrections: z.boolean().optional().describe('make notes of what has changed since statements were made'),
  strict: z.boolean().optional(),
  strictPricing: z.boolean().optional(),
})

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/statements',
    roles: STATEMENT_READERS,
    summary: 'the statements and notes that were made, the newest period first',
    group,
    parameters: PAGE,
    answer: z.strictObject({ statements: z.array(statement), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, statementsFor(call))
      return { json: { statements: items.map(shown), ...counts }, headers }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/statements/:name',
    roles: STATEMENT_READERS,
    summary: 'a statement or note; its number may end in .json, .csv or .html',
    group,
    types: [TYPES.json, TYPES.csv, TYPES.html],
    async handle(call) {
      const { name, ending = 'json' } = withEnding(call.path.name!)
      const one = statementsFor(call).find(({ statement: { number } }) => number === name)
      const file = one === undefined ? undefined : statementFiles(one).find(([known]) => known === `${name}.${ending}`)
      if (file === undefined) throw noStatement()
      // A page to be passed on contains its own style, which this server's security policy would not let run.
      const headers = ending === 'json' ? {} : { 'Content-Disposition': `attachment; filename="${file[0]}"` }
      return { bytes: file[1], type: TYPES[ending], headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/statements',
    roles: ['admin'],
    summary: 'make the statements of a period that is over; those that were made stay as they are',
    group,
    body: asked,
    answer: z.strictObject({ statements: z.array(statement), outdated: z.array(text) }),
    async handle(call) {
      const { corrections = false, ...options } = call.body as AskedStatements & { readonly corrections?: boolean }
      const { kept, outdated } = await makeStatements(call, options, corrections)
      return { json: { statements: kept.map(shown), outdated } }
    },
  },
]

export const STATEMENT_ROUTES: readonly Route[] = ROUTES.map(repeatable)

function shown({ statement, source }: KeptStatement) {
  const { number, client, name, kind, corrects = null, currency, total } = statement
  const { label } = source.period as { readonly label: string }
  return {
    number,
    client,
    name,
    kind,
    corrects,
    period: label,
    currency: currency.code,
    total: Number(formatDecimal(total)),
  }
}

function noStatement(): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'no-such-statement',
    title: 'There is no such statement.',
    hint: 'GET /api/v1/statements lists those that were made.',
  })
}
