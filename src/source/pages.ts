// Saved pages of an API: checks whether the last one is there.
import type { HeldLog } from './source.ts'

/** A warning if every page says that more follow. */
export function pagesWarning(logs: readonly HeldLog[]): string[] {
  const pages = logs.flatMap(({ rows }) =>
    rows.flatMap(({ note }) => (note?.hasMore === undefined ? [] : [note.hasMore])),
  )
  return pages.length > 0 && pages.every(hasMore => hasMore === true)
    ? [
        'Every saved page says that more pages follow (has_more), so the last one was not saved and its usage is missing.',
      ]
    : []
}
