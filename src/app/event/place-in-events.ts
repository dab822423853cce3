// Places in a list of events, by which pages follow each other without a gap and without an event twice while others are
// appended: before the list where it begins with the newest, behind it where it begins with the oldest.
import type { Range } from '../../query/query.ts'
import type { ListedEvent } from '../../report/event/event-object.ts'
import type { EventsRequest, PlaceInEvents } from '../request/requests.ts'

/** Counts the events of the question in a range. */
type CountIn = (range: Range) => Promise<number>

/** The request with the offset that its place has by now. */
export async function withOffset(request: EventsRequest, countIn: CountIn): Promise<EventsRequest> {
  const { page } = request
  const { after } = page
  if (after === undefined) return request
  const isThere = isWithin(after.instant, request.filter.range)
  // Where a range has moved on beyond the place, nothing is behind it any more.
  const before = await (isThere ? countTo(after.instant, request, countIn) : countIn(request.filter.range))
  const offset = Math.max(0, before - (isThere ? after.left : 0))
  return { ...request, page: { ...page, offset } }
}

/** The place behind a page; undefined where nothing is there, or nobody wants to know. */
export async function placeBehind(
  request: EventsRequest,
  events: readonly ListedEvent[],
  total: number,
  countIn: CountIn,
): Promise<PlaceInEvents | undefined> {
  const { offset, wantsNext } = request.page
  const last = events.at(-1)
  const end = offset + events.length
  if (wantsNext !== true || last === undefined || end >= total) return undefined
  return { instant: last.instant, left: (await countTo(last.instant, request, countIn)) - end }
}

export function withRange<Request extends Pick<EventsRequest, 'filter'>>(request: Request, range: Range): Request {
  return { ...request, filter: { ...request.filter, range: { ...request.filter.range, ...range } } }
}

function isWithin(instant: number, { from, to }: Range): boolean {
  return (from === null || instant >= from) && (to === null || instant < to)
}

// From the first of the list to the last of an instant. Events of one instant that are appended come before those that were there
// where the newest come first.
async function countTo(instant: number, { filter, page }: EventsRequest, countIn: CountIn): Promise<number> {
  const { from, to } = filter.range
  const isNewest = page.order === 'newest'
  const range = isNewest
    ? { from: from === null ? instant : Math.max(from, instant), to }
    : { from, to: to === null ? instant + 1 : Math.min(to, instant + 1) }
  return await countIn(range)
}
