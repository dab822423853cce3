// Threats one by one: which there are, and that somebody has dealt with them.
import * as z from 'zod'
import { FILTERS, INPUT, type LogOptions, RANGE } from '../../app/request/parameters.ts'
import { overSettings } from '../../app/request/settings-options.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { counts } from '../resources/profile-answers.ts'
import { repeatable } from '../resources/repeatable.ts'
import { KEEPERS, resolveOf, threatsOf } from '../resources/threat-calls.ts'
import type { Call, Reply, Route } from '../route.ts'

const EVERYBODY = ['admin', 'manager', 'viewer', 'user'] as const
const MOST_AT_ONCE = 1000
const group = 'Threats'
const text = z.string()

const { client, user, where } = FILTERS
const ASKED = { ...RANGE, client, user, where, sourceFormat: INPUT.sourceFormat, dedupe: INPUT.dedupe }
const threat = z.strictObject({
  id: text.nullable(),
  timestamp: text,
  client: text.nullable(),
  user: text.nullable(),
  threat_type: text.nullable(),
  severity: text.nullable(),
  ip: text.nullable(),
  resolved: z.boolean(),
  count: z.int(),
})
const named = z.array(z.strictObject({ id: text, client: text.nullable() }))
const resolved = z.strictObject({
  status: z.literal('success'),
  message: text,
  resolved: named,
  alreadyResolved: named,
})
const note = text.max(1000).optional().describe('what was done about it')
const one = z.strictObject({ resolved: z.literal(true).optional(), note })

const ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/api/v1/threats',
    roles: EVERYBODY,
    summary: 'threats one by one, the newest first, and whether each is resolved',
    group,
    parameters: { open: { help: 'only those that are not resolved' }, ...ASKED, ...PAGE },
    answer: z.strictObject({ threats: z.array(threat), ...counts }),
    async handle(call) {
      const { open, limit: _limit, offset: _offset, cursor: _cursor, ...options } = call.options
      const { workspace } = await call.services.workspaceNow.look()
      const found = await threatsOf(call, overSettings(options as LogOptions, ASKED, workspace.settings))
      const wanted = open === true ? found.filter(({ resolved }) => !resolved) : found
      const { items, counts, headers } = pageOf(call, wanted)
      return { json: { threats: items, ...counts }, headers }
    },
  },
  {
    method: 'POST',
    path: '/api/v1/threats',
    roles: KEEPERS,
    summary: 'say that threats are resolved: all of them, or none where one is not there',
    group,
    body: z.strictObject({ ids: z.array(text).min(1).max(MOST_AT_ONCE), note }),
    answer: resolved,
    handle: call => resolve(call, (call.body as { readonly ids: readonly string[] }).ids),
  },
  ...(['POST', 'PATCH'] as const).map(
    (method): Route => ({
      method,
      path: '/api/v1/threats/:id',
      roles: KEEPERS,
      summary: 'say that a threat is resolved',
      group,
      body: one,
      answer: resolved,
      handle: call => resolve(call, [call.path.id!]),
    }),
  ),
]

export const THREAT_ROUTES: readonly Route[] = ROUTES.map(repeatable)

async function resolve(call: Call, ids: readonly string[]): Promise<Reply> {
  return { json: await resolveOf(call, ids, (call.body as { readonly note?: string }).note) }
}
