// The messages of a workspace as people see and repeat them: what has not arrived, and another try for it.

import { formatInstantUtc } from '../../base/calendar.ts'
import { UsageError } from '../../base/errors.ts'
import { UTC } from '../../base/zone.ts'
import { withLock } from '../../durable/lock.ts'
import { type LetterState, UNTRIED } from '../../notify/outbox.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { type Delivered, deliverDue, OUTBOX_LOCKED, type Undelivered } from './deliver.ts'
import { outboxOf } from './outbox-of.ts'
import { readAlertPlan } from './read-plan.ts'

export interface ListedMessage {
  readonly id: string
  readonly target: string
  readonly rule: string
  readonly title: string
  readonly state: LetterState
  readonly tries: number
  readonly problem: string | null
  /** Instants as text. */
  readonly lastAt: string | null
  readonly nextAt: string | null
}

/** Those that have not arrived, or all. */
export function listMessages(root: string, isAll: boolean): ListedMessage[] {
  const outbox = outboxOf(root)
  return outbox.ids().flatMap(id => {
    const { state, tries, problem, lastAt, nextAt } = outbox.status(id)
    if (state === 'delivered' && !isAll) return []
    const { target, message } = outbox.letter(id)
    const times = { lastAt: textOf(lastAt), nextAt: textOf(nextAt) }
    return [{ id, target, rule: message.rule, title: message.title, state, tries, problem, ...times }]
  })
}

type Sender = Pick<Host, 'hostName' | 'environment' | 'now' | 'machineNow'>

/** Sends what is due to the targets of alerts.json. */
export async function deliverMessages(
  { root, settings }: Pick<Workspace, 'root' | 'settings'>,
  host: Sender,
  note: (text: string) => void,
): Promise<Delivered> {
  const { targets } = readAlertPlan(root, UTC)
  return await deliverDue({ root, host, targets, mail: settings.mail, note })
}

/** Tries the named messages again at once, or all that have not arrived, those given up included. */
export async function retryMessages(
  ids: readonly string[],
  workspace: Pick<Workspace, 'root' | 'settings'>,
  host: Sender,
  note: (text: string) => void,
): Promise<Delivered> {
  const outbox = outboxOf(workspace.root)
  const waiting = listMessages(workspace.root, false).map(({ id }) => id)
  const known = new Set(outbox.ids())
  const unknown = ids.find(id => !known.has(id))
  if (unknown !== undefined) throw unknownMessage(unknown)
  const owner = { ...ownerOf(host), note }
  for (const id of ids.length === 0 ? waiting : ids) {
    const restart = () => {
      const { state, arrivedAt } = outbox.status(id)
      if (state !== 'delivered') outbox.write(id, 'waiting', { ...UNTRIED, arrivedAt })
    }
    await withLock(outbox.lockOf(id), owner, restart, { what: OUTBOX_LOCKED })
  }
  return await deliverMessages(workspace, host, note)
}

function unknownMessage(id: string): UsageError {
  return new UsageError('unknown-message', `There is no message ${JSON.stringify(id)}.`, {
    hint: 'Use an id of "usagebook outbox list --all".',
  })
}

/** "ops: Budget diageo …: it answered 500", for errors on the side. */
export function undeliveredText({ target, title, state, problem }: Undelivered): string {
  return `${target} ${state === 'dead' ? 'never got' : 'has not got'} "${title}": ${problem}`
}

function textOf(instant: Parameters<typeof formatInstantUtc>[0] | null): string | null {
  return instant === null ? null : formatInstantUtc(instant)
}
