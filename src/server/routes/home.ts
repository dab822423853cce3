// Where a login leads: the usage of the last week as a page, of what who asks may see.
import type { Route } from '../route.ts'
import { ask } from './documents.ts'
import { TYPES } from './forms.ts'
import { pageHeaders } from './page-headers.ts'

export const HOME_ROUTE: Route = {
  method: 'GET',
  path: '/',
  roles: ['admin', 'manager', 'viewer', 'user'],
  summary: 'the usage of the last week, as a page',
  group: 'Reports',
  types: [TYPES.html],
  async handle(call) {
    const { body, etag } = await ask(call, { kind: 'report', options: { lastDays: 7 }, format: 'html' })
    return { bytes: body, type: TYPES.html, etag, headers: pageHeaders(body) }
  },
}
