// The threats that logs tell of, one by one, and whether somebody has dealt with each.
import { formatInstant } from '../../base/calendar.ts'
import type { Instant } from '../../base/zone.ts'
import { addFailures, type Failure, hideFailures } from '../../query/ledger.ts'
import { extentsBy, question } from '../../report/group/group-bys.ts'
import { THREAT_EXTRAS } from '../../report/threats-report.ts'
import { openLogsOf } from '../log/open-logs.ts'
import { askOnce } from '../report/ask-once.ts'
import { findSummaries } from '../report/find-summaries.ts'
import { askResolutions, ID_COLUMN } from '../report/resolved-threats.ts'
import type { LogRequest } from '../request/requests.ts'
import { openEngine } from '../workspace/open-engine.ts'

/** Under the names that fields of events have. */
export interface FoundThreat {
  /** Null where it has none, and cannot be resolved. */
  readonly id: string | null
  readonly timestamp: string
  readonly client: string | null
  readonly user: string | null
  readonly threat_type: string | null
  readonly severity: string | null
  readonly ip: string | null
  readonly resolved: boolean
  /** How many there are that are the same in all of this but the time, which is that of the last. */
  readonly count: number
}

export interface FoundThreats {
  /** The newest first. */
  readonly threats: readonly FoundThreat[]
  readonly failures: readonly Failure[]
}

const FIELDS = ['client', 'user', 'threat_type', 'severity', 'ip'] as const
const THREATS = question(
  'threats',
  ['threat'],
  [extentsBy('threats', [...FIELDS, 'resolved', ID_COLUMN.name])],
  [...THREAT_EXTRAS, ID_COLUMN],
)

export async function findThreats(request: LogRequest): Promise<FoundThreats> {
  const { logs, filter } = request
  const { files, failures } = await openLogsOf(request, {})
  const removed = await findSummaries(logs.places, logs.cwd, files)
  const asking = {
    ...{ request, files, counted: removed.counted, engine: openEngine(request.engine) },
    ...{ hooks: {}, prices: null, cost: null },
  }
  const { tables, ledger } = await askOnce(asking, [THREATS], filter.range)
  const resolutions = await askResolutions(asking, filter.range.from)
  addFailures(ledger, [...failures, ...removed.failures, ...resolutions.tally.ledger.failures])
  const table = tables.get(THREATS.name)!
  const found = Array.from({ length: table.size }, (_, slot) => {
    const values = [...FIELDS, 'resolved', 'id'].map((name, key) => [name, table.keyOf(slot, key)])
    const { client, id, resolved, ...fields } = Object.fromEntries(values)
    const isResolved = resolved === 'true' || resolutions.has(client, id)
    return { instant: table.lasts[slot]!, count: Number(table.sums[0]!.get(slot)), client, id, isResolved, fields }
  })
  found.sort((a, b) => b.instant - a.instant || (String(a.id) < String(b.id) ? -1 : 1))
  return {
    threats: found.map(({ instant, count, client, id, isResolved, fields }) => ({
      ...{ id, timestamp: formatInstant(instant as Instant, filter.zone), client, ...fields },
      ...{ resolved: isResolved, count },
    })),
    failures: filter.scope === undefined ? ledger.failures : hideFailures(ledger.failures),
  }
}
