// usagebook budget show

import { dayDocuments, spentDays } from '../../app/alert/budget-documents.ts'
import { standingDocument, standingsOf } from '../../app/alert/budgets.ts'
import { dollars, periodText, useText } from '../../app/alert/words.ts'
import { planOfAsking } from '../../app/alert/workspace-asking.ts'
import { visibleText } from '../../base/safe-text.ts'
import { listWithHeader } from '../../render/list-table.ts'
import { defineCommand } from '../command.ts'
import { ASKING_FLAGS, askingOf } from '../flags/alert-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { writeFailures } from '../output/prune-output.ts'

export const command = defineCommand({
  words: ['budget', 'show'],
  summary: 'one budget, day by day',
  arguments: [{ name: 'name', help: 'the name of the budget' }],
  flags: ASKING_FLAGS,
  examples: [
    ['usagebook budget show diageo', 'the period that is running'],
    ['usagebook budget show diageo --format json', 'for a program: whether it must refuse what comes next'],
  ],
  exitCodes: { 1: 'a log could not be read' },
  async run(options, context, workspace) {
    const asking = askingOf(options, context, workspace)
    const [standing] = await standingsOf(planOfAsking(asking), asking, options.name)
    const { budget, period, days, failures, state } = standing!
    const spent = spentDays(days)
    if (isJson(options)) {
      writeJson(context, { ...standingDocument(standing!), days: dayDocuments(standing!) })
    } else {
      const costs = spent.map(({ cost }) => cost)
      const rows = spent.map(({ day, cost, unpriced }) => [day, `${unpriced > 0 ? '≥' : ''}${dollars(cost, costs)}`])
      writeLines(context, [
        visibleText(`${budget.name}: ${useText(standing!)} ${periodText(period, standing!)}, ${state}`),
        ...(rows.length === 0 ? [] : ['', ...(await listWithHeader(['day', 'cost'], rows, context.columns))]),
      ])
    }
    writeFailures(failures, context)
    return failures.length > 0 ? 1 : 0
  },
})
