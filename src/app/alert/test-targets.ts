// A message with real numbers to targets, to see that it arrives and how it looks.
import { randomUUID } from 'node:crypto'
import type { AlertPlan } from '../../alert/alert-rules.ts'
import { formatDay, formatInstant } from '../../base/calendar.ts'
import { compareDecimals } from '../../base/decimal.ts'
import { UsageError } from '../../base/errors.ts'
import { nearestNames } from '../../base/nearest.ts'
import type { Day, Zone } from '../../base/zone.ts'
import type { Message } from '../../notify/message.ts'
import type { Failure } from '../../query/ledger.ts'
import { type AlertAsking, askCost } from './ask-cost.ts'
import type { Undelivered } from './deliver.ts'
import { deliverMessages } from './messages.ts'
import { outboxOf } from './outbox-of.ts'
import { dollars, usedText } from './words.ts'

export interface TestedTargets {
  readonly targets: readonly string[]
  readonly message: Message
  readonly undelivered: readonly Undelivered[]
  readonly failures: readonly Failure[]
}

const DAYS = 7
const SHOWN_DAYS = 3

/** To all targets of alerts.json where none is named. */
export async function testTargets(
  names: readonly string[],
  plan: AlertPlan,
  zone: Zone,
  asking: AlertAsking,
  note: (text: string) => void,
): Promise<TestedTargets> {
  const known = Object.keys(plan.targets)
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) throw unknownTarget(unknown, known)
  const targets = names.length === 0 ? known : [...new Set(names)]
  const { message, failures } = await makeMessage(zone, asking)
  const outbox = outboxOf(asking.workspace.root)
  const ids = new Set(targets.map(target => outbox.put(message, target).id))
  const { undelivered } = await deliverMessages(asking.workspace, asking.host, note)
  return { targets, message, failures, undelivered: undelivered.filter(({ id }) => ids.has(id)) }
}

async function makeMessage(zone: Zone, asking: AlertAsking) {
  const today = zone.dayOf(asking.host.now())
  const first = (today - DAYS + 1) as Day
  const range = { startDate: formatDay(first), endDate: formatDay(today) }
  const { total, unpriced, rows, failures } = await askCost(asking, { scope: [], timezone: zone.name, range })
  const value = usedText({ used: total, unpriced })
  const largest = rows.filter(({ cost }) => cost.units > 0n).toSorted((a, b) => compareDecimals(b.cost, a.cost))
  const message: Message = {
    ...{ kind: 'fire', rule: 'test', severity: 'low', labels: {}, episode: randomUUID(), period: 'test' },
    title: `A test of usagebook: ${value} in the last ${DAYS} days`,
    value,
    limit: 'none: this is a test',
    window: `the ${DAYS} days to ${range.endDate}`,
    since: formatInstant(zone.startOfDay(first), zone),
    causes: largest.slice(0, SHOWN_DAYS).map(({ day, cost }) => ({ name: day, value: dollars(cost) })),
    next: `usagebook --last-days ${DAYS}`,
  }
  return { message, failures }
}

export function unknownTarget(name: string, known: readonly string[]): UsageError {
  const near = nearestNames(name, known, 1)[0]
  const all = known.length === 0 ? 'Add one under "targets" in alerts.json.' : `Use one of ${known.join(', ')}.`
  return new UsageError('unknown-target', `There is no target ${JSON.stringify(name)}.`, {
    hint: near === undefined ? all : `Use ${near}.`,
  })
}
