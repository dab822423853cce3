// Saved pages of an API: whether the last of them is there.
import type { HeldLog } from './source.ts'

/** A warning where each page says that more follow it. */
export function pagesWarning(logs: readonly HeldLog[]): string[] {
  const pages = logs.flatMap(({ rows }) =>
    rows.flatMap(({ note }) => (note?.hasMore === undefined ? [] : [note.hasMore])),
  )
  return pages.length > 0 && pages.every(hasMore => hasMore === true)
    ? [
        'Every saved page says that more pages follow (has_more), so the last of them is not here and its usage is missing.',
      ]
    : []
}
