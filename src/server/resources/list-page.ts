// Lists in pages: `limit`, `offset` or a cursor, how many entries there are, and where the next page is.
import * as z from 'zod'
import type { Parameter } from '../../app/request/parameters.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import type { Call } from '../route.ts'
import { CURSOR, nextLink, readCursor } from './cursor.ts'

const PAGE_ENTRIES = 100

export const PAGE = {
  limit: { value: 'N', help: `entries a page; default ${PAGE_ENTRIES}`, parse: wholeNumber(1, 10_000) },
  offset: { value: 'N', help: 'entries to skip first', parse: wholeNumber(0, 100_000_000) },
  ...CURSOR,
} as const satisfies Readonly<Record<string, Parameter>>

export interface ListPage<Item> {
  readonly items: readonly Item[]
  readonly counts: { readonly total: number; readonly limit: number; readonly offset: number }
  readonly headers: Readonly<Record<string, string>>
}

/** The last entry before a page, and where it was: found again where others have come before it, or it is gone. */
const PLACE = z.strictObject({ last: z.string(), at: z.int().min(0) })

/** `entries` is how many a page has where who asks does not say it. */
export function pageOf<Item>(call: Call, all: readonly Item[], entries = PAGE_ENTRIES): ListPage<Item> {
  const {
    limit = entries,
    offset: asked = 0,
    cursor,
  } = call.options as { readonly limit?: number; readonly offset?: number; readonly cursor?: string }
  const offset = cursor === undefined ? asked : offsetOf(readCursor(call, cursor, PLACE), all)
  const items = all.slice(offset, offset + limit)
  const end = offset + items.length
  const next = items.length === 0 || end >= all.length ? undefined : { last: nameOf(items.at(-1)), at: end - 1 }
  return { items, counts: { total: all.length, limit, offset }, headers: nextLink(call, next, limit) }
}

function offsetOf({ last, at }: z.infer<typeof PLACE>, all: readonly unknown[]): number {
  let nearest: number | undefined
  for (const [index, item] of all.entries()) {
    const isNearer = nearest === undefined || Math.abs(index - at) < Math.abs(nearest - at)
    if (isNearer && nameOf(item) === last) nearest = index
  }
  // Where the entry is gone, what was behind it has moved into its place.
  return nearest === undefined ? Math.min(at, all.length) : nearest + 1
}

// What an entry is called comes first in it.
function nameOf(item: unknown): string {
  return JSON.stringify(typeof item === 'object' && item !== null ? (Object.values(item)[0] ?? null) : item)
}
