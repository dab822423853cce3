// The tool `budgets`: what is used of each budget, as `budget list` and `budget show` write it.
import * as z from 'zod'
import { budgetDocuments } from '../../app/alert/budget-documents.ts'
import { workspaceAsking } from '../../app/alert/workspace-asking.ts'
import type { Parameter } from '../../app/request/parameters.ts'
import { UsageError } from '../../base/errors.ts'
import { CallWatch } from '../../library/call-watch.ts'
import { readGiven } from '../../library/given-options.ts'
import { plainValue } from '../../library/plain-value.ts'
import { ProblemError } from '../../server/problem.ts'
import { budget, oneBudget } from '../../server/resources/alert-answers.ts'
import type { Document } from '../document-page.ts'
import type { Names } from '../names.ts'
import { CURSOR, documentPage } from '../paging.ts'
import { answerSchema } from '../schemas.ts'
import type { Tool, ToolCall } from '../tool.ts'

const PARAMETERS = {
  name: { value: 'NAME', help: 'only this budget, day by day; all where none is named' },
  forecast: { help: 'also what the period will have cost by its end' },
  ...CURSOR,
} as const satisfies Readonly<Record<string, Parameter>>

const { days, isComplete } = oneBudget.shape
// There is no page of the server to open here.
const shape = z.strictObject({
  budgets: z.array(budget.omit({ page: true }).extend({ days: days.optional() })),
  isComplete,
})

interface BudgetRow {
  readonly [key: string]: unknown
  readonly name: string
  readonly scope: Readonly<Record<string, readonly string[]>>
}

export const budgets: Tool = {
  name: 'budgets',
  title: 'Budgets',
  description:
    'What the running day, week or month has used of each budget, its limit, what is left, and whether an application must refuse what comes next. With a name also the cost of each day.',
  parameters: PARAMETERS,
  answerSchema: () => answerSchema(shape),
  async answer(given, call) {
    readGiven(PARAMETERS, given)
    return await documentPage({ tool: budgets.name, given }, call, () => makeDocument(given, call))
  },
}

async function makeDocument(given: object, { desk, scope, hooks }: ToolCall): Promise<Document> {
  const { host, names } = desk
  const { name, forecast } = readGiven(PARAMETERS, given)
  const question = { name: name === undefined ? undefined : names.meant(name), withForecast: forecast === true }
  const watch = new CallWatch(hooks)
  try {
    const workspace = await desk.openWorkspace()
    const asking = { ...workspaceAsking(host, workspace, scope), hooks: watch.hooks }
    const document = plainValue(await budgetDocuments(question, asking), 'number') as unknown as {
      readonly budgets: readonly BudgetRow[]
    }
    watch.end()
    return { ...document, budgets: document.budgets.map(row => shownBudget(row, names)) } as unknown as Document
  } catch (error) {
    // Which others there are may be names of clients.
    if (error instanceof UsageError && error.code === 'unknown-rule') throw unknownBudget(name)
    throw watch.reasonOf(error)
  }
}

// A budget is often called what its client is called.
function shownBudget({ page: _, ...row }: BudgetRow, names: Names) {
  const isNamed = Object.keys(row.scope).some(field => names.hides(field))
  return isNamed ? { ...row, name: names.pseudonym('budget', row.name) } : row
}

function unknownBudget(name: string | undefined): ProblemError {
  return new ProblemError({
    status: 404,
    code: 'unknown-budget',
    title: `There is no budget ${JSON.stringify(name)}.`,
    hint: 'Ask without a name to see all budgets.',
  })
}
