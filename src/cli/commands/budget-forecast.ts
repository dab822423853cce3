// usagebook budget forecast

import { forecastDocument } from '../../app/alert/budget-documents.ts'
import { standingDocument, standingsOf } from '../../app/alert/budgets.ts'
import { type BudgetForecast, forecastBudget } from '../../app/alert/forecast-budget.ts'
import { dollars, periodText, useText } from '../../app/alert/words.ts'
import { planOfAsking } from '../../app/alert/workspace-asking.ts'
import { visibleText } from '../../base/safe-text.ts'
import { wrapText } from '../../render/wrap-text.ts'
import { defineCommand } from '../command.ts'
import { ASKING_FLAGS, askingOf } from '../flags/alert-flags.ts'
import { isJson } from '../flags/profile-flags.ts'
import { writeJson, writeLines } from '../output/profile-output.ts'
import { writeFailures } from '../output/prune-output.ts'

export const command = defineCommand({
  words: ['budget', 'forecast'],
  summary: 'what the period of a budget will cost by its end',
  description:
    'Adds to what is spent, for each day to come, the median of the last eight same weekdays. The range says where four of five such forecasts end, going by how wrong earlier ones were. It takes 14 days of logs.',
  arguments: [{ name: 'name', help: 'the name of the budget' }],
  flags: [
    { name: 'backtest', group: 'Alerts', help: 'how wrong forecasts of as many days were until now' },
    ...ASKING_FLAGS,
  ],
  examples: [
    ['usagebook budget forecast diageo', 'the period that is running'],
    ['usagebook budget forecast diageo --backtest', 'and how far such forecasts can be trusted'],
  ],
  exitCodes: { 1: 'a log could not be read' },
  async run(options, context, workspace) {
    const asking = askingOf(options, context, workspace)
    const [standing] = await standingsOf(planOfAsking(asking), asking, options.name)
    const answer = await forecastBudget(standing!.budget, asking, options.backtest === true, standing)
    const { backtest, failures } = answer
    if (isJson(options)) {
      const tested = backtest === undefined ? {} : { backtest }
      writeJson(context, { ...standingDocument(standing!), ...forecastDocument(answer), ...tested })
    } else {
      writeLines(
        context,
        textOf(answer).flatMap(text => wrapText(visibleText(text), context.columns)),
      )
    }
    writeFailures(failures, context)
    return failures.length > 0 ? 1 : 0
  },
})

function textOf({ standing, forecast, isOver, backtest }: BudgetForecast): string[] {
  const { budget, period } = standing
  const so = `${budget.name}: ${useText(standing)} so far ${periodText(period, standing)}.`
  const by =
    forecast === null
      ? 'There are too few days of logs for a forecast: it takes 14.'
      : `By its end about ${dollars(forecast.value)}, between ${dollars(forecast.low)} and ${dollars(forecast.high)} four times of five: ${isOver ? 'over' : 'within'} the limit.`
  if (backtest === undefined) return [so, by]
  const { days, forecasts, medianError, coverage } = backtest
  const percent = (part: number | null) => (part === null ? '–' : `${(part * 100).toFixed(1)} %`)
  return [
    so,
    by,
    forecasts === 0
      ? 'No earlier forecast can be held against what came: that takes 28 days of logs and more.'
      : `${forecasts} earlier forecasts of ${days} days: half of them were at most ${percent(medianError)} off, and ${percent(coverage)} of what came was within the range.`,
  ]
}
