// Decides which days cost more than is usual: of all clients together, and of each where the rule asks for them. A day is told
// once, also today as soon as it is over its bound.
import type { AlertPlan, Rule } from '../../alert/alert-rules.ts'
import type { AlertState, Mark } from '../../alert/alert-state.ts'
import { FIRST_LOOK_MS } from '../../alert/evaluate-rule.ts'
import { silenceOf } from '../../alert/silence.ts'
import { judgeDay } from '../../alert/unusual.ts'
import { formatDay, formatInstant } from '../../base/calendar.ts'
import { addDecimals, decimalOfNumber, decimalToNumber, roundDecimal, ZERO } from '../../base/decimal.ts'
import type { Day, Instant, Zone } from '../../base/zone.ts'
import type { Message } from '../../notify/message.ts'
import type { Failure } from '../../query/ledger.ts'
import { commandOf, usageView } from './alert-view.ts'
import type { AlertAsking, CostRow } from './ask-cost.ts'
import { askDays, costsOf } from './daily-costs.ts'
import { isOf } from './decide-budgets.ts'
import type { Letter } from './decide-rules.ts'
import { dollars } from './words.ts'

export interface DecidedUnusual {
  readonly rule: Rule
  readonly letters: readonly Letter[]
  readonly marks: readonly Mark[]
  readonly failures: readonly Failure[]
  readonly silenced: number
  /** Whether there are enough days to know what is usual. */
  readonly hasData: boolean
}

/** What is usual is known from eight weeks, and how far days are from it from eight more. */
const HISTORY_DAYS = 120
/** Days that ended while nothing ran are looked at as well, so many at most. */
const MOST_DAYS = 40
/** A log of a day may come a day later. */
const LATE_DAYS = 2
const SHOWN_CLIENTS = 3
const DIGITS = 6

interface UnusualDay {
  readonly client: string | null
  readonly day: Day
  readonly rows: readonly CostRow[]
  readonly expected: number
  readonly bound: number
}

export async function decideUnusual(
  rule: Rule,
  before: AlertState,
  plan: AlertPlan,
  zone: Zone,
  asking: AlertAsking,
): Promise<DecidedUnusual> {
  const now = asking.host.now()
  const today = zone.dayOf(now)
  const since = zone.dayOf((before.rules[rule.name]?.evaluatedTo ?? now - FIRST_LOOK_MS) as Instant)
  const start = Math.max(today - MOST_DAYS, Math.min(since, today - LATE_DAYS)) as Day
  const from = (start - HISTORY_DAYS) as Day
  const asked = { scope: rule.scope, zone, from, last: today, isByClient: true }
  const { first, rows, failures } = await askDays(asking, asked)
  const groups = first === undefined ? [] : groupsOf(rows, rule)
  const letters: Letter[] = []
  const marks: Mark[] = []
  let silenced = 0
  let hasData = false
  for (const [client, own] of groups) {
    const costs = costsOf(own, first!, today)
    for (let day = Math.max(start, first!); day <= today; day++) {
      const { isUnusual, expected, bound } = judgeDay(costs, day - first!, decimalToNumber(rule.floor))
      hasData ||= expected !== null
      if (!isUnusual) continue
      const labels = client === null ? {} : { client }
      const unusual = { client, day: day as Day, rows: own, expected: expected!, bound: bound! }
      const mark = {
        ...{ rule: rule.name, labels, period: formatDay(day as Day), mark: 'unusual' },
        limit: '0',
        at: now,
      }
      if (before.marks.some(one => isOf(one, mark))) continue
      if (silenceOf(plan.silences, { rule: rule.name, severity: rule.severity, labels }, now) !== undefined) {
        silenced++
        continue
      }
      marks.push(mark)
      letters.push({ message: messageOf(unusual, rule, zone), targets: rule.to })
    }
  }
  return { rule, letters, marks, failures, silenced, hasData }
}

// All of them together first.
function groupsOf(rows: readonly CostRow[], rule: Rule): (readonly [string | null, readonly CostRow[]])[] {
  if (!rule.by.includes('client')) return [[null, rows]]
  const byClient = new Map<string, CostRow[]>()
  for (const row of rows) {
    if (row.client === null) continue
    const own = byClient.get(row.client)
    if (own === undefined) byClient.set(row.client, [row])
    else own.push(row)
  }
  return [[null, rows], ...byClient]
}

function messageOf({ client, day, rows, expected, bound }: UnusualDay, rule: Rule, zone: Zone): Message {
  const name = formatDay(day)
  const own = rows.filter(row => row.day === name)
  const cost = own.map(row => row.cost).reduce(addDecimals, ZERO)
  const isPart = own.some(({ unpriced }) => unpriced > 0)
  const value = `${isPart ? 'at least ' : ''}${dollars(cost)}`
  const estimate = (amount: number) => dollars(roundDecimal(decimalOfNumber(amount)!, DIGITS))
  const largest = own.toSorted((a, b) => decimalToNumber(b.cost) - decimalToNumber(a.cost)).slice(0, SHOWN_CLIENTS)
  const ofClient = client === null ? [] : [{ field: 'client' as const, values: [client] }]
  const scope = [...rule.scope.filter(({ field }) => client === null || field !== 'client'), ...ofClient]
  return {
    ...{ kind: 'fire', rule: rule.name, severity: rule.severity },
    labels: client === null ? {} : { client },
    episode: name,
    period: `${name}/unusual`,
    title: `${client === null ? 'Cost' : `Cost of client ${client}`} on ${name}: ${value}, where about ${estimate(expected)} is usual`,
    value,
    limit: `${estimate(bound)}, the bound of what is usual`,
    window: name,
    since: formatInstant(zone.startOfDay(day), zone),
    causes:
      client === null
        ? largest.map(row => ({ name: `client ${row.client ?? '(none)'}`, value: dollars(row.cost) }))
        : [],
    next: commandOf(usageView(name, scope, null)),
  }
}
