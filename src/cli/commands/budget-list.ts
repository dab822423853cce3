// usagebook budget list

import { type BudgetStanding, standingDocument, standingsOf } from '../../app/alert/budgets.ts'
import { dollars, usedText } from '../../app/alert/words.ts'
import { planOfAsking } from '../../app/alert/workspace-asking.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { ASKING_FLAGS, askingOf } from '../flags/alert-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { writeFailures } from '../output/prune-output.ts'

export const command = defineCommand({
  words: ['budget', 'list'],
  summary: 'what each budget has used of its limit',
  description: 'Of the day, week or month that is running. Budgets are in alerts.json. Nothing is told to anybody.',
  flags: ASKING_FLAGS,
  examples: [
    ['usagebook budget list', 'all budgets'],
    ['usagebook budget list --format json', 'for a program'],
  ],
  exitCodes: { 1: 'a log could not be read' },
  async run(options, context, workspace) {
    const asking = askingOf(options, context, workspace)
    const standings = await standingsOf(planOfAsking(asking), asking)
    const failures = standings.flatMap(standing => standing.failures)
    if (isJson(options)) writeJson(context, { budgets: standings.map(standingDocument) })
    else if (standings.length === 0) writeLines(context, ['There are no budgets yet: add one to alerts.json.'])
    else writeLines(context, await listWithHeader(HEADER, standings.map(rowOf), context.columns))
    writeFailures(standings[0]?.failures ?? [], context)
    return failures.length > 0 ? 1 : 0
  },
})

const HEADER = ['budget', 'period', 'used', 'limit', '%', 'state']

function rowOf(standing: BudgetStanding): string[] {
  const { budget, period, state } = standing
  const { usedPercent } = standingDocument(standing)
  return [budget.name, period.name, usedText(standing), dollars(budget.limit), usedPercent.text, state]
}
