// The messages of a workspace as people see and repeat them: what has not arrived, and another try for it.

import type { AlertPlan } from '../../alert/alert-rules.ts'
import type { Labels } from '../../alert/group.ts'
import { formatInstantUtc } from '../../base/calendar.ts'
import { UsageError } from '../../base/errors.ts'
import { UTC } from '../../base/zone.ts'
import { type LockOwner, withLock } from '../../durable/lock.ts'
import { isSettled, type LetterState, type LetterStatus, type Outbox, UNTRIED } from '../../notify/outbox.ts'
import type { Scope } from '../../query/scope.ts'
import type { Host } from '../host.ts'
import { ownerOf } from '../profile/home.ts'
import type { Workspace } from '../workspace/workspace.ts'
import { type Delivered, deliverDue, OUTBOX_LOCKED, type Undelivered } from './deliver.ts'
import { outboxOf } from './outbox-of.ts'
import { readAlertPlan } from './read-plan.ts'
import { isSeen } from './seen-alerts.ts'

export interface ListedMessage {
  readonly id: string
  readonly target: string
  readonly rule: string
  readonly title: string
  readonly labels: Labels
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
    if (isSettled(state) && !isAll) return []
    const { target, message } = outbox.letter(id)
    const times = { lastAt: textOf(lastAt), nextAt: textOf(nextAt) }
    return [
      { id, target, rule: message.rule, title: message.title, labels: message.labels, state, tries, problem, ...times },
    ]
  })
}

/** Whether there is anything to send, now or later. */
export function hasWaiting(root: string): boolean {
  return outboxOf(root).ids('waiting').length > 0
}

type Sender = Pick<Host, 'hostName' | 'environment' | 'now' | 'machineNow'>

/** Those of them that are about nothing else than what somebody may see. */
export function seenMessages(
  messages: readonly ListedMessage[],
  { rules, budgets }: AlertPlan,
  scope: Scope,
): readonly ListedMessage[] {
  const within = new Map([...rules, ...budgets].map(({ name, scope: own }) => [name, own]))
  return messages.filter(({ rule, labels }) => isSeen(scope, labels, within.get(rule)))
}

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
  const owner = { ...ownerOf(host), note }
  await changeLetters(outbox, ids.length === 0 ? waiting : ids, owner, (id, { state, arrivedAt }) => {
    if (state !== 'delivered') outbox.write(id, 'waiting', { ...UNTRIED, arrivedAt })
  })
  return await deliverMessages(workspace, host, note)
}

/** Gives messages up: they are not sent, and nobody hears of them any more. One that arrived stays as it is. */
export async function dropMessages(
  ids: readonly string[],
  root: string,
  host: Pick<Host, 'hostName'>,
  note: (text: string) => void,
): Promise<{ readonly dropped: readonly string[] }> {
  const outbox = outboxOf(root)
  const dropped: string[] = []
  await changeLetters(outbox, [...new Set(ids)], { ...ownerOf(host), note }, (id, { state, ...tries }) => {
    if (isSettled(state)) return
    outbox.write(id, 'dropped', tries)
    dropped.push(id)
  })
  return { dropped }
}

// Where one is unknown, none is changed.
async function changeLetters(
  outbox: Outbox,
  ids: readonly string[],
  owner: LockOwner,
  change: (id: string, status: LetterStatus) => void,
): Promise<void> {
  const known = new Set(outbox.ids())
  const unknown = ids.find(id => !known.has(id))
  if (unknown !== undefined) throw unknownMessage(unknown)
  for (const id of ids)
    await withLock(outbox.lockOf(id), owner, () => change(id, outbox.status(id)), { what: OUTBOX_LOCKED })
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
