// Cursors: where the next page of a list begins, as a text that says nothing to who asks and is only good for the question that it came
// with. What follows from a forged one is another page of the same list, so a checksum is enough.
import { createHash } from 'node:crypto'
import * as z from 'zod'
import type { Parameter } from '../../app/request/parameters.ts'
import { ProblemError } from '../problem.ts'
import type { Call } from '../route.ts'

export const CURSOR = {
  cursor: { value: 'TEXT', help: 'where the page begins: that of the Link to the next page' },
} as const satisfies Readonly<Record<string, Parameter>>

/** A place in a list of events. */
export const PLACE_IN_EVENTS = z.strictObject({ instant: z.number(), left: z.int().min(0) })

/** What may differ from page to page. */
const OF_PAGES = ['limit', 'offset', 'cursor']
const CHECK_CHARACTERS = 11

export function readCursor<Place>({ url }: Call, cursor: string, shape: z.ZodType<Place>): Place {
  if (url.searchParams.has('offset')) {
    throw new ProblemError({
      status: 400,
      code: 'cursor-and-offset',
      title: 'cursor and offset both say where the page begins.',
      hint: 'Leave one of them out.',
      extra: { parameter: 'cursor' },
    })
  }
  return placeOfCursor(questionOf(url), cursor, shape, 'Begin with the first page, and follow its Link to the next.')
}

/** The place that a cursor of this question says; `hint` is what to do where it says none. */
export function placeOfCursor<Place>(question: unknown, cursor: string, shape: z.ZodType<Place>, hint: string): Place {
  const [check, body = ''] = cursor.split('.')
  const text = Buffer.from(body, 'base64url').toString()
  const place = check === checkOf(question, text) ? shape.safeParse(parsedOf(text)) : undefined
  if (place?.success === true) return place.data
  throw new ProblemError({
    status: 400,
    code: 'bad-cursor',
    title: 'The cursor is not one of this list.',
    hint,
    extra: { parameter: 'cursor' },
  })
}

/** `question` is all that was asked but for where the page begins. */
export function cursorTo(question: unknown, place: object): string {
  const text = JSON.stringify(place)
  return `${checkOf(question, text)}.${Buffer.from(text).toString('base64url')}`
}

// Anybody can work out a check.
function parsedOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** The header that leads to the next page, where there is one: as who asked wrote it, but for where it begins. */
export function nextLink({ url }: Call, place: object | undefined, limit: number | undefined): Record<string, string> {
  if (place === undefined) return {}
  const next = new URL(url)
  next.searchParams.delete('offset')
  if (limit !== undefined) next.searchParams.set('limit', String(limit))
  next.searchParams.set('cursor', cursorTo(questionOf(url), place))
  return { Link: `<${next.pathname}${next.search}>; rel="next"` }
}

function questionOf({ pathname, searchParams }: URL): unknown {
  return [pathname.replace(/\/$/, ''), [...searchParams].filter(([name]) => !OF_PAGES.includes(name))]
}

function checkOf(question: unknown, text: string): string {
  const hash = createHash('sha256').update(JSON.stringify([question, text]))
  return hash.digest('base64url').slice(0, CHECK_CHARACTERS)
}
