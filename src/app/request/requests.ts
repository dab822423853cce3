// The requests to the use cases of logs: everything parsed, all defaults filled in.
import type { Readable } from 'node:stream'
import type { Instant, Zone } from '../../base/zone.ts'
import type { SourceFormat } from '../../event/source-format.ts'
import type { LogPlace } from '../../log/find-logs.ts'
import type { LogFile } from '../../log/log-file.ts'
import type { Currencies } from '../../pricing/currency-schema.ts'
import type { Condition, TextTest } from '../../query/condition.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import type { ExtraColumn, Query } from '../../query/query.ts'
import type { NamedRange } from '../../query/range.ts'
import type { ScopeRule } from '../../query/scope.ts'
import type { ReportDefinition, ReportSettings } from '../../report/model/report-definition.ts'
import type { EngineOptions } from '../workspace/open-engine.ts'

/** Where the logs are, and how their lines are read. */
export interface LogSource {
  readonly root: string
  /** What the names of places are relative to. */
  readonly cwd: string
  readonly places: readonly LogPlace[]
  /** Files or globs of tallies that other machines have made of their logs, and that are asked instead. */
  readonly tallies?: readonly string[]
  readonly formatOf: (file: LogFile) => SourceFormat
  /** IANA zone of times without an offset. */
  readonly logTimezone: string
  readonly openStdin: () => Readable
}

/** Which events count. */
export interface EventFilter {
  /** What whoever asks may see; undefined where that is everything. It is no filter of theirs, and no report shows it. */
  readonly scope: readonly ScopeRule[] | undefined
  readonly range: NamedRange
  /** In which days are cut. */
  readonly zone: Zone
  readonly conditions: readonly Condition[]
  /** Columns that conditions and groups need beside the fields of an event. */
  readonly extras: readonly ExtraColumn[]
  /** The filters as they were given, by option, for the report to show. */
  readonly asGiven: { readonly [option: string]: readonly string[] }
  readonly dedupe: Query['dedupe']
  /** Whether all versions of a profile count as one. */
  readonly joinsVersions: boolean
  /** Whether hours are added up to blocks of five. */
  readonly joinsBlocks: boolean
}

/** Which report, and how it is cut. */
export interface ReportView extends Omit<ReportSettings, 'range'> {
  readonly report: ReportDefinition
  readonly compareWith: NamedRange | null
}

/** How events get their cost, and in what it is shown. */
export interface MoneyView {
  /** Null for a report without costs. */
  readonly cost: CostMode | null
  /** The code of a currency to show costs in. */
  readonly currency: string | null
  /** The rates that the configuration knows. */
  readonly currencies: Currencies | undefined
}

/** A question about the events of logs. */
export interface LogRequest {
  readonly logs: LogSource
  readonly filter: EventFilter
  readonly engine: EngineOptions
  readonly now: Instant
}

export interface ReportRequest extends LogRequest {
  readonly view: ReportView
  readonly money: MoneyView
}

/** One page of single events. */
export interface EventsRequest extends LogRequest {
  readonly page: {
    readonly limit: number
    readonly offset: number
    readonly order: 'newest' | 'oldest'
    /** The dearest first; `order` is for what costs the same. */
    readonly sort?: 'cost'
    /** What the cost of an event must be, as logged or else by the prices. */
    readonly costTests?: readonly TextTest[]
    /** The page begins behind this place; `offset` does not count then. */
    readonly after?: PlaceInEvents | undefined
    /** Whether the place behind the page is wanted. */
    readonly wantsNext?: boolean | undefined
  }
}

/** A place in a list of events that stays the same while others are appended. */
export interface PlaceInEvents {
  /** Of the last event before it. */
  readonly instant: number
  /** How many events of the same instant are behind it. */
  readonly left: number
}
