// The tool `events`: single events, page after page.
import { listEvents } from '../../app/event/list-events.ts'
import { buildEventsRequest } from '../../app/request/events-request.ts'
import { EVENTS, type EventsOptions, type Parameter } from '../../app/request/parameters.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import type { EventsRequest, PlaceInEvents } from '../../app/request/requests.ts'
import { overSettings } from '../../app/request/settings-options.ts'
import { CallWatch, type RunHooks } from '../../library/call-watch.ts'
import { readGiven } from '../../library/given-options.ts'
import { EVENT_OPTIONS } from '../../library/option-lists.ts'
import { type PlainValue, plainEvent, plainValue } from '../../library/plain-value.ts'
import { OTHER_SCHEMAS } from '../../report/document/other-document-schemas.ts'
import { buildEventsReport } from '../../report/event/events-report.ts'
import { cursorTo, PLACE_IN_EVENTS } from '../../server/resources/cursor.ts'
import type { Desk } from '../desk.ts'
import { type Document, MOST_ROWS, pageOf } from '../document-page.ts'
import { answerOf, CURSOR, placeIn, withoutCursor } from '../paging.ts'
import { answerSchema } from '../schemas.ts'
import type { Tool } from '../tool.ts'

const { logs: _logs, threads: _threads, cache: _cache, ...OPTIONS } = EVENT_OPTIONS
const LIMIT = {
  limit: {
    ...EVENTS.limit,
    help: `events of an answer; ${MOST_ROWS}, which is the most, unless given`,
    parse: wholeNumber(1, MOST_ROWS),
  },
} as const satisfies Readonly<Record<string, Parameter>>

export const events: Tool = {
  name: 'events',
  title: 'Single events',
  description:
    'Single events of the usage logs, the newest first; those of one session in order of time. For sums and counts ask for a report, which is exact whatever the number of events. Texts of prompts and answers are left out.',
  parameters: { ...OPTIONS, ...LIMIT, ...CURSOR },
  answerSchema: () => answerSchema(OTHER_SCHEMAS.events),
  async answer(given, { desk, scope, hooks }) {
    const { question, rest, cursor } = withoutCursor(events.name, given, scope)
    readGiven(events.parameters, given)
    const after = placeIn(question, cursor, PLACE_IN_EVENTS)
    const watch = new CallWatch(hooks)
    try {
      const workspace = await desk.openWorkspace()
      const options = overSettings(readGiven({ ...OPTIONS, ...LIMIT }, rest), OPTIONS, workspace.settings)
      const asked = { ...options, limit: options.limit ?? MOST_ROWS }
      const paging = { wantsNext: true, ...(after && { after }) }
      const request = desk.opened(await buildEventsRequest(asked as EventsOptions, desk.host, workspace, scope, paging))
      const { page, next } = await fittingPage(request, watch.hooks, desk)
      watch.end()
      return answerOf(page, next === undefined ? null : cursorTo(question, next))
    } catch (error) {
      throw watch.reasonOf(error)
    }
  },
}

// As many events as there is room for: where the page is too long, the same page is asked for with fewer.
async function fittingPage(request: EventsRequest, hooks: RunHooks, desk: Desk) {
  for (let limit = request.page.limit, isFirst = true; ; isFirst = false) {
    const paged = { ...request, page: { ...request.page, limit } }
    const { document, next } = await makePage(paged, isFirst ? hooks : {}, desk)
    const page = pageOf(document, {}, desk.names)
    const shown = page.next?.events
    const isWhole = shown === undefined || shown === 0 || shown >= limit
    if (isWhole) return { page: { ...page, isCut: page.isCut || page.next !== undefined }, next }
    limit = shown
  }
}

async function makePage(
  request: EventsRequest,
  hooks: RunHooks,
  { fields }: Desk,
): Promise<{ readonly document: Document; readonly next: PlaceInEvents | undefined }> {
  const answer = await listEvents(request, hooks)
  const { filter, page, now } = request
  const { range, zone, asGiven: filters } = filter
  const { document } = buildEventsReport({ ...page, ...answer, range, zone, filters, now })
  const { events: _, ...rest } = document
  const list: PlainValue = answer.events.map(({ object }) => plainEvent(fields.of(object), 'number'))
  return { document: { ...(plainValue(rest, 'number') as Document), events: list }, next: answer.next }
}
