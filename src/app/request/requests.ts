// What the use-cases of logs are asked: everything parsed, all defaults filled in.
import type { Readable } from 'node:stream'
import type { Instant, Zone } from '../../base/zone.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import type { LogPlace } from '../../log/find-logs.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Currencies } from '../../pricing/currency-schema.ts'
import type { Condition } from '../../query/condition.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import type { ExtraColumn, Query } from '../../query/query.ts'
import type { NamedRange } from '../../query/range.ts'
import type { ReportDefinition, ReportSettings } from '../../report/model/report-definition.ts'
import type { EngineOptions } from '../workspace/open-engine.ts'

/** Where the logs are and which of their events count. */
export interface LogRequest {
  readonly root: string
  readonly cwd: string
  readonly places: readonly LogPlace[]
  readonly formatOf: (file: LogFile) => SourceFormat
  readonly range: NamedRange
  readonly zone: Zone
  readonly logTimezone: string
  readonly conditions: readonly Condition[]
  readonly extras: readonly ExtraColumn[]
  /** The filters as they were typed, for the report to show. */
  readonly filters: { readonly [flag: string]: readonly string[] }
  readonly dedupe: Query['dedupe']
  /** Whether all versions of a profile count as one. */
  readonly joinsVersions: boolean
  readonly now: Instant
  readonly openStdin: () => Readable
  readonly engine: EngineOptions
}

export interface ReportRequest extends LogRequest, ReportSettings {
  readonly report: ReportDefinition
  readonly compareWith: NamedRange | null
  /** Null for a report without costs. */
  readonly cost: CostMode | null
  /** The code of a currency to show costs in, and the rates that the configuration knows. */
  readonly currency: string | null
  readonly currencies: Currencies | undefined
}
