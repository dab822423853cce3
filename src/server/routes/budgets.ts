// Budgets: what is used of each, and what the period will have cost by its end.
import * as z from 'zod'
import { parseLiterals } from '../../base/number-literals.ts'
import { budget, oneBudget } from '../resources/alert-answers.ts'
import { ALERT_READERS } from '../resources/alert-calls.ts'
import { exactJson } from '../resources/exact-json.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { counts } from '../resources/profile-answers.ts'
import type { Call, Route } from '../route.ts'
import { ask } from './documents.ts'

const group = 'Alerts'

/** With every digit of its numbers. */
export interface BudgetsAnswer {
  readonly budgets: readonly { readonly [key: string]: unknown }[]
  readonly isComplete: boolean
}

export const BUDGET_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/budgets',
    roles: ALERT_READERS,
    summary: 'what the running period has used of each budget',
    group,
    parameters: { forecast: { help: 'also what it will have used by its end' }, ...PAGE },
    answer: z.strictObject({
      budgets: z.array(budget),
      isComplete: z.boolean().describe('whether all logs could be read'),
      ...counts,
    }),
    async handle(call) {
      const { budgets, isComplete } = await askBudgets(call, { withForecast: call.options.forecast === true })
      const { items, counts, headers } = pageOf(call, budgets)
      return exactJson({ budgets: items, isComplete, ...counts }, { headers })
    },
  },
  {
    method: 'GET',
    path: '/api/v1/budgets/:name',
    roles: ALERT_READERS,
    summary: 'one budget, day by day, with its forecast',
    group,
    answer: oneBudget,
    async handle(call) {
      const { budgets, isComplete } = await askBudgets(call, { name: call.path.name!, withForecast: true })
      return exactJson({ ...budgets[0]!, isComplete })
    },
  },
]

export async function askBudgets(
  call: Call,
  question: { readonly name?: string; readonly withForecast: boolean },
): Promise<BudgetsAnswer> {
  const { body } = await ask(call, { kind: 'budgets', format: 'json', ...question })
  return parseLiterals(Buffer.from(body).toString()) as unknown as BudgetsAnswer
}
