// What the API and the pages do with alerts, budgets, silences and messages, limited to what whoever asks may see.
import { type ListedRule, listAlerts } from '../../app/alert/list-alerts.ts'
import { type ListedEpisode, listEpisodes } from '../../app/alert/list-episodes.ts'
import {
  dropMessages,
  type ListedMessage,
  listMessages,
  retryMessages,
  seenMessages,
} from '../../app/alert/messages.ts'
import { seenPlan } from '../../app/alert/seen-alerts.ts'
import {
  type AskedSilence,
  addSilence,
  endSilence,
  type ListedSilence,
  listSilences,
} from '../../app/alert/silences.ts'
import { planOfAsking, workspaceAsking, zoneOfAsking } from '../../app/alert/workspace-asking.ts'
import { UsageError } from '../../base/errors.ts'
import { audited } from '../audited.ts'
import { askerOf, type Call } from '../route.ts'
import { scopeOf } from '../scope-of.ts'

/** Who may silence alerts, and see and repeat messages. */
export const ALERT_KEEPERS = ['admin', 'manager'] as const
export const ALERT_READERS = ['admin', 'manager', 'viewer'] as const

async function planOf({ services: { workspaceNow, host } }: Call) {
  const { workspace } = await workspaceNow.look()
  return { workspace, plan: planOfAsking(workspaceAsking(host, workspace)) }
}

export async function rulesSeen(call: Call): Promise<ListedRule[]> {
  const { plan, workspace } = await planOf(call)
  return listAlerts(plan, workspace.root, call.services.host.now(), scopeOf(askerOf(call)))
}

export async function episodesSeen(call: Call): Promise<ListedEpisode[]> {
  const { plan, workspace } = await planOf(call)
  return listEpisodes(plan, workspace.root, scopeOf(askerOf(call)))
}

export async function silencesSeen(call: Call): Promise<ListedSilence[]> {
  const { plan } = await planOf(call)
  return listSilences(seenPlan(plan, scopeOf(askerOf(call))), call.services.host.now())
}

export async function silence(call: Call, asked: AskedSilence) {
  const home = await silenceHome(call)
  const detail = { ...asked, why: asked.why ?? null }
  return await audited(call, 'silence.add', detail, () => addSilence(asked, home), outcome)
}

export async function unsilence(call: Call, id: string) {
  const home = await silenceHome(call)
  return await audited(call, 'silence.end', { silence: id }, () => endSilence(id, home), outcome)
}

function outcome({ silence: { id, until } }: { readonly silence: ListedSilence }) {
  return { silence: id, until }
}

async function silenceHome(call: Call) {
  const { workspaceNow, host, say } = call.services
  const { workspace } = await workspaceNow.look()
  const zone = zoneOfAsking(workspaceAsking(host, workspace))
  return { root: workspace.root, host, zone, scope: scopeOf(askerOf(call)), note: say }
}

export async function messagesSeen(call: Call, isAll: boolean): Promise<readonly ListedMessage[]> {
  const { plan, workspace } = await planOf(call)
  return seenMessages(listMessages(workspace.root, isAll), plan, scopeOf(askerOf(call)))
}

/** Sends messages again: those that are named, or all that have not arrived. */
export async function retry(call: Call, ids: readonly string[] | undefined) {
  const { services } = call
  const { workspace } = await services.workspaceNow.look()
  const wanted = ids ?? (await messagesSeen(call, false)).map(({ id }) => id)
  await refuseUnseen(call, wanted)
  if (wanted.length === 0) return { delivered: 0, messages: [] }
  const { delivered } = await audited(call, 'outbox.retry', { messages: wanted }, () =>
    retryMessages(wanted, workspace, services.host, services.say),
  )
  const messages = (await messagesSeen(call, true)).filter(({ id }) => wanted.includes(id))
  return { delivered, messages }
}

/** Gives messages up. */
export async function drop(call: Call, ids: readonly string[]) {
  const { root, host, say } = call.services
  await refuseUnseen(call, ids)
  return await audited(call, 'outbox.drop', { messages: ids }, () => dropMessages(ids, root, host, say))
}

async function refuseUnseen(call: Call, ids: readonly string[]): Promise<void> {
  const seen = new Set((await messagesSeen(call, true)).map(({ id }) => id))
  const unseen = ids.find(id => !seen.has(id))
  if (unseen === undefined) return
  throw new UsageError('unknown-message', `There is no message ${JSON.stringify(unseen)}.`, {
    hint: 'Use an id of the list of messages.',
  })
}
