// What fires and what fired, silences, and messages that have not arrived.
import * as z from 'zod'
import { alertsOf } from '../../app/alert/list-alerts.ts'
import type { AskedSilence, ListedSilence } from '../../app/alert/silences.ts'
import { ProblemError } from '../problem.ts'
import {
  alert,
  episode,
  message,
  newSilence,
  rule,
  silenceAnswer,
  silence as silenceShape,
} from '../resources/alert-answers.ts'
import {
  ALERT_KEEPERS,
  ALERT_READERS,
  drop,
  episodesSeen,
  messagesSeen,
  retry,
  rulesSeen,
  silence,
  silencesSeen,
  unsilence,
} from '../resources/alert-calls.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { counts } from '../resources/profile-answers.ts'
import { repeatable } from '../resources/repeatable.ts'
import type { Route } from '../route.ts'

const group = 'Alerts'
const retried = z.strictObject({ delivered: z.int(), messages: z.array(message) })
const dropped = z.strictObject({ dropped: z.array(z.string()) })

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/alerts',
    roles: ALERT_READERS,
    summary: 'what fires, is about to, or is just over, by the last check; the worst first',
    group,
    parameters: { firing: { help: 'only what fires' }, ...PAGE },
    answer: z.strictObject({ alerts: z.array(alert), ...counts }),
    async handle(call) {
      const all = alertsOf(await rulesSeen(call))
      const wanted = call.options.firing === true ? all.filter(({ state }) => state === 'firing') : all
      const { items, counts, headers } = pageOf(call, wanted)
      return { json: { alerts: items, ...counts }, headers }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/alerts/rules',
    roles: ALERT_READERS,
    summary: 'the rules, each with its alerts as the last check left them',
    group,
    parameters: PAGE,
    answer: z.strictObject({ rules: z.array(rule), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, await rulesSeen(call))
      return { json: { rules: items, ...counts }, headers }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/alerts/episodes',
    roles: ALERT_READERS,
    summary: 'what fired and when it was over, the newest first',
    group,
    parameters: PAGE,
    answer: z.strictObject({ episodes: z.array(episode), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, await episodesSeen(call))
      return { json: { episodes: items, ...counts }, headers }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/silences',
    roles: ALERT_READERS,
    summary: 'the silences of alerts.json, also those that are over',
    group,
    parameters: PAGE,
    answer: z.strictObject({ silences: z.array(silenceShape), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, await silencesSeen(call))
      return { json: { silences: items, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/silences',
    roles: ALERT_KEEPERS,
    summary: 'silence alerts for a while; one with the same match has its end moved',
    group,
    body: newSilence,
    answer: silenceAnswer,
    status: 201,
    async handle(call) {
      const json = await silence(call, call.body as AskedSilence)
      return { json, headers: { Location: `${call.services.settings.basePath}api/v1/silences/${json.silence.id}` } }
    },
  },
  {
    method: 'GET',
    path: '/api/v1/silences/:id',
    roles: ALERT_READERS,
    summary: 'one silence',
    group,
    answer: silenceShape,
    async handle(call) {
      return { json: oneSilence(await silencesSeen(call), call.path.id!) }
    },
  },
  {
    method: 'DELETE',
    path: '/api/v1/silences/:id',
    roles: ALERT_KEEPERS,
    summary: 'end a silence now; what still fires is told by the next check',
    group,
    answer: silenceAnswer,
    handle: async call => ({ json: await unsilence(call, call.path.id!) }),
  },
  {
    method: 'GET',
    path: '/api/v1/outbox',
    roles: ALERT_KEEPERS,
    summary: 'the messages that have not arrived, and why',
    group,
    parameters: { all: { help: 'also those that arrived, and those that were dropped' }, ...PAGE },
    answer: z.strictObject({ messages: z.array(message), ...counts }),
    async handle(call) {
      const { items, counts, headers } = pageOf(call, await messagesSeen(call, call.options.all === true))
      return { json: { messages: items, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/outbox/retry',
    roles: ALERT_KEEPERS,
    summary: 'send all messages that have not arrived again, at once',
    group,
    answer: retried,
    handle: async call => ({ json: await retry(call, undefined) }),
  },
  {
    method: 'POST',
    path: '/api/v1/outbox/:id/retry',
    roles: ALERT_KEEPERS,
    summary: 'send a message again, at once; it keeps its id',
    group,
    answer: retried,
    handle: async call => ({ json: await retry(call, [call.path.id!]) }),
  },
  {
    method: 'DELETE',
    path: '/api/v1/outbox/:id',
    roles: ALERT_KEEPERS,
    summary: 'give a message up: it is not sent, and no check speaks of it any more',
    group,
    answer: dropped,
    handle: async call => ({ json: await drop(call, [call.path.id!]) }),
  },
]

export const ALERT_ROUTES: readonly Route[] = ROUTES.map(repeatable)

function oneSilence(list: readonly ListedSilence[], id: string): ListedSilence {
  const found = list.find(item => item.id === id)
  if (found !== undefined) return found
  throw new ProblemError({ status: 404, code: 'unknown-silence', title: `There is no silence ${JSON.stringify(id)}.` })
}
