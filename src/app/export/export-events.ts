// Every event of a range, file by file in one reading: for a warehouse, so that no more than a group of them is in memory.
import { addFirst } from '../../base/lists.ts'
import type { RunHooks } from '../../engine/engine.ts'
import { streamEvents } from '../../engine/local/stream-events.ts'
import { FIELDS } from '../../event/fields.ts'
import {
  type EventColumn,
  type EventColumnKind,
  type EventFile,
  EXTRA_COLUMN,
} from '../../export/events/event-table.ts'
import { chooseFiles } from '../../log/find-logs.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Ledger } from '../../query/ledger.ts'
import { BESIDE_NAMES, eventBuilder } from '../../report/event/event-object.ts'
import { openEventCosts, withCost } from '../event/event-costs.ts'
import { allFields } from '../event/events-of-lines.ts'
import { openLogsOf, tellOfLogs } from '../log/open-logs.ts'
import { findSummaries } from '../report/find-summaries.ts'
import type { LogRequest } from '../request/requests.ts'

const KINDS: Readonly<Record<string, EventColumnKind>> = {
  time: 'instant',
  text: 'text',
  error: 'text',
  tokens: 'integer',
  entries: 'text',
  duration: 'number',
  cost: 'cost',
}

/** In the order of the file. */
export const EVENT_EXPORT_COLUMNS: readonly EventColumn[] = [
  { name: 'timestamp', kind: 'instant' },
  { name: 'event', kind: 'text' },
  { name: 'status', kind: 'text' },
  ...FIELDS.filter(({ name }) => ![...BESIDE_NAMES, 'timestamp', 'event', 'status'].includes(name)).map(
    ({ name, kind }) => ({
      name,
      kind: KINDS[kind]!,
    }),
  ),
  { name: 'estimated_cost_usd', kind: 'cost' },
  { name: EXTRA_COLUMN, kind: 'text' },
]

/** What a file says beside its events. */
export function aboutOf({ filter }: LogRequest): Readonly<Record<string, string>> {
  return { 'usagebook.timezone': filter.zone.name }
}

/** Hands over the events file by file. Returns the ledger of all. */
export async function exportEvents(
  request: LogRequest,
  output: Pick<EventFile, 'add' | 'endGroup'>,
  hooks: RunHooks,
): Promise<Ledger> {
  const { logs, filter } = request
  const opened = await openLogsOf(request, hooks)
  const removed = await findSummaries(logs.places, logs.cwd, opened.files)
  const costs = await openEventCosts(logs.root)
  const { scope, conditions, extras, dedupe, range } = filter
  const asked = { scope, conditions, extras, dedupe, range: { from: range.from, to: range.to } }
  const query = costs.priced({ ...allFields(request), ...asked })
  const rowsOf = costs.openRows(query)
  const files = chooseFiles(opened.files, range)
  hooks.onFiles?.(files)
  let last: LogFile | undefined
  let openEvents: ReturnType<typeof eventBuilder> | undefined
  const { formatOf, openStdin } = logs
  const streaming = { query, files, formatOf, openStdin, hooks, counted: removed.counted }
  const ledger = await streamEvents(streaming, (judged, file) => {
    if (file !== last) {
      if (last !== undefined) output.endGroup()
      openEvents = eventBuilder(formatOf(file), filter.zone)
      last = file
    }
    const rows = rowsOf(judged)
    const eventOf = openEvents!(judged)
    for (const row of judged.rows.subarray(0, judged.used)) output.add(withCost(eventOf(row), rows, row))
  })
  addFirst(ledger.failures, [...opened.failures, ...removed.failures])
  tellOfLogs(ledger, opened)
  return ledger
}
