// Decides which warnings of budgets are to be told: each once a period, and again where the limit was raised since.
import type { AlertPlan, Budget } from '../../alert/alert-rules.ts'
import type { AlertState, Mark } from '../../alert/alert-state.ts'
import { describePeriod, duringPeriod, periodsBetween } from '../../alert/budget-period.ts'
import { percentText, reachedWarnings, severityAt } from '../../alert/budget-use.ts'
import { FIRST_LOOK_MS } from '../../alert/evaluate-rule.ts'
import type { Labels } from '../../alert/group.ts'
import { silenceOf } from '../../alert/silence.ts'
import { formatInstant, parseDay } from '../../base/calendar.ts'
import {
  addDecimals,
  compareDecimals,
  decimalOfInteger,
  formatDecimal,
  multiplyDecimals,
  parseDecimal,
  ZERO,
} from '../../base/decimal.ts'
import { addAll } from '../../base/lists.ts'
import { shellWord } from '../../base/shell-word.ts'
import type { Instant } from '../../base/zone.ts'
import type { Message } from '../../notify/message.ts'
import { commandOf, usageView } from './alert-view.ts'
import type { AlertAsking } from './ask-cost.ts'
import { type BudgetStanding, standingIn, zoneOfBudget } from './budgets.ts'
import type { Letter } from './decide-rules.ts'
import { type ForecastAmounts, forecastBudget } from './forecast-budget.ts'
import { dollars, usedText, useText } from './words.ts'

export interface DecidedBudget {
  readonly budget: Budget
  /** Of the period that is running. */
  readonly standing: BudgetStanding
  readonly letters: readonly Letter[]
  readonly marks: readonly Mark[]
  readonly failures: BudgetStanding['failures']
  readonly silenced: number
}

/** Periods that ended while nothing ran are looked at as well, so many at most. */
const MOST_PERIODS = 40
const HUNDRED = decimalOfInteger(100)

export async function decideBudget(
  budget: Budget,
  before: AlertState,
  plan: AlertPlan,
  asking: AlertAsking,
): Promise<DecidedBudget> {
  const now = asking.host.now()
  const since = before.rules[budget.name]?.evaluatedTo ?? now - FIRST_LOOK_MS
  const zone = zoneOfBudget(budget, asking)
  const periods = periodsBetween(Math.min(since, now) as Instant, now, budget.per, zone, MOST_PERIODS)
  const letters: Letter[] = []
  const marks: Mark[] = []
  const failures: BudgetStanding['failures'][number][] = []
  let silenced = 0
  let standing: BudgetStanding | undefined
  const tell = (mark: Mark, severity: Message['severity'], makeMessage: (isAgain: boolean) => Message) => {
    const told = before.marks.filter(one => isOf(one, mark))
    if (!isArmed(mark, told)) return
    if (silenceOf(plan.silences, { rule: budget.name, severity, labels: mark.labels }, now) !== undefined) {
      silenced++
      return
    }
    marks.push(mark)
    letters.push({ message: makeMessage(told.length > 0), targets: budget.to })
  }
  for (const period of periods) {
    standing = await standingIn(budget, period, asking)
    addAll(failures, standing.failures)
    const current = standing
    for (const percent of reachedWarnings(current, budget)) {
      const mark = markOf(current, String(percent), now)
      tell(mark, severityAt(percent, budget), isAgain => budgetMessage(current, percent, mark, isAgain))
    }
  }
  if (budget.hasForecast && standing!.state !== 'over') {
    const { forecast, isOver, failures: others } = await forecastBudget(budget, asking, false, standing)
    addAll(failures, others)
    const mark = markOf(standing!, 'forecast', now)
    const severity = budget.severity ?? 'medium'
    if (forecast !== null && isOver) tell(mark, severity, () => forecastMessage(standing!, forecast, mark, severity))
  }
  return { budget, standing: standing!, letters, marks, failures, silenced }
}

/** The labels of a budget: the fields of its scope that name one thing. */
export function labelsOfBudget({ scope }: Budget): Labels {
  return Object.fromEntries(scope.flatMap(({ field, values }) => (values.length === 1 ? [[field, values[0]!]] : [])))
}

function markOf({ budget, period }: BudgetStanding, mark: string, now: number): Mark {
  const { name: rule, limit } = budget
  return { rule, labels: labelsOfBudget(budget), period: period.name, mark, limit: formatDecimal(limit), at: now }
}

/** Whether both say the same of the same period. */
export function isOf(one: Mark, other: Mark): boolean {
  const nameOf = ({ rule, period, mark, labels }: Mark) => JSON.stringify([rule, period, mark, Object.entries(labels)])
  return nameOf(one) === nameOf(other)
}

// A warning that was told is told again only of a higher limit.
function isArmed({ limit }: Mark, told: readonly Mark[]): boolean {
  return told.every(one => compareDecimals(parseDecimal(one.limit)!, parseDecimal(limit)!) < 0)
}

function budgetMessage(standing: BudgetStanding, percent: number, { labels, limit }: Mark, isAgain: boolean): Message {
  const { budget, period, zone } = standing
  const text = describePeriod(period, budget.per)
  return {
    kind: 'fire',
    rule: budget.name,
    severity: severityAt(percent, budget),
    labels,
    episode: period.name,
    // A limit that was raised, and is reached as well, is told in a message of its own.
    period: `${period.name}/${percent}${isAgain ? `/${limit}` : ''}`,
    title: `Budget ${budget.name}: ${useText(standing)} ${duringPeriod(period, budget.per)}`,
    value: `${usedText(standing)} (${percentText(standing.used, budget.limit)})`,
    limit: `${percent} % of ${dollars(budget.limit)}`,
    window: text,
    since: formatInstant(reachedOn(standing, percent), zone),
    causes: largestDays(standing),
    next: nextOf(standing),
  }
}

function forecastMessage(
  standing: BudgetStanding,
  { value, low, high }: ForecastAmounts,
  { labels, limit }: Mark,
  severity: Message['severity'],
): Message {
  const { budget, period, zone } = standing
  const during = duringPeriod(period, budget.per)
  return {
    ...{ kind: 'fire', rule: budget.name, severity, labels, episode: period.name },
    period: `${period.name}/forecast/${limit}`,
    title: `Budget ${budget.name}: about ${dollars(value)} of ${dollars(budget.limit)} ${during} by its end`,
    value: `${usedText(standing)} so far, about ${dollars(value)} by the end (${dollars(low)} to ${dollars(high)})`,
    limit: dollars(budget.limit),
    window: describePeriod(period, budget.per),
    since: formatInstant(period.from, zone),
    causes: largestDays(standing),
    next: `usagebook budget forecast ${shellWord(budget.name)}`,
  }
}

// The beginning of the day on which the warning was reached, going by the days of the report.
function reachedOn({ days, budget, period, zone }: BudgetStanding, percent: number): Instant {
  const bound = multiplyDecimals(budget.limit, parseDecimal(String(percent))!)
  let sum = ZERO
  for (const { day, cost } of days) {
    sum = addDecimals(sum, cost)
    if (compareDecimals(multiplyDecimals(sum, HUNDRED), bound) >= 0) return zone.startOfDay(parseDay(day)!)
  }
  return period.from
}

function largestDays({ days }: BudgetStanding): Message['causes'] {
  return [...days]
    .sort((a, b) => compareDecimals(b.cost, a.cost))
    .slice(0, 3)
    .filter(({ cost }) => cost.units > 0n)
    .map(({ day, cost }) => ({ name: day, value: dollars(cost) }))
}

/** The report that shows the same sum. */
function nextOf({ budget, period }: BudgetStanding): string {
  return commandOf(usageView(period.name, budget.scope, budget.timezone))
}
