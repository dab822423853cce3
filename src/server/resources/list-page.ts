// Lists in pages: `limit`, `offset`, how many entries there are, and where the next page is.
import type { Parameter } from '../../app/request/parameters.ts'
import { wholeNumber } from '../../app/request/parse-option.ts'
import type { Call } from '../route.ts'
import { nextPage } from '../routes/reports.ts'

const PAGE_ENTRIES = 100

export const PAGE = {
  limit: { value: 'N', help: `entries a page; default ${PAGE_ENTRIES}`, parse: wholeNumber(1, 10_000) },
  offset: { value: 'N', help: 'entries to skip first', parse: wholeNumber(0, 100_000_000) },
} as const satisfies Readonly<Record<string, Parameter>>

export interface ListPage<Item> {
  readonly items: readonly Item[]
  readonly counts: { readonly total: number; readonly limit: number; readonly offset: number }
  readonly headers: Readonly<Record<string, string>>
}

export function pageOf<Item>({ options, url }: Call, all: readonly Item[]): ListPage<Item> {
  const { limit = PAGE_ENTRIES, offset = 0 } = options as { readonly limit?: number; readonly offset?: number }
  const next = nextPage(url, { limit, offset }, all.length)
  return {
    items: all.slice(offset, offset + limit),
    counts: { total: all.length, limit, offset },
    headers: next === undefined ? {} : { Link: `<${next}>; rel="next"` },
  }
}
