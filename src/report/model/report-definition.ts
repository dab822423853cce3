// The definition of a report: the questions that it puts to the logs, and how it builds a Report from the answers.
import type { Instant, Zone } from '../../base/zone.ts'
import type { CurrencyRate } from '../../pricing/currency.ts'
import type { BasisOf } from '../../pricing/group-cost.ts'
import type { WhyUnpriced } from '../../pricing/why-unpriced.ts'
import type { CostMode } from '../../query/cost-mode.ts'
import type { ExtraColumn, GroupBy, Query } from '../../query/query.ts'
import type { NamedRange } from '../../query/range.ts'
import type { RateClass } from '../../query/rate-class.ts'
import type { Tally } from '../../tally/tally.ts'
import type { Report } from './report.ts'

/** What was asked of a report besides range and filters. */
export interface ReportSettings {
  readonly range: NamedRange
  /** Fields of one flat table of usage; null for the report in its sections. */
  readonly groupBy: readonly GroupField[] | null
  /** What the groups of the activity report are made by. */
  readonly by: readonly string[]
  /** A pause as long as this ends a session that has no id. */
  readonly idleMs: number
  /** Rows a section; null is all. */
  readonly top: number | null
  readonly sort: string | null
  /** Names of the sections wanted; null is all. */
  readonly sections: readonly string[] | null
  /** In place of the title that the report has of itself. */
  readonly title?: string
  /** How the change of the cost is explained, in place of the sections. */
  readonly explain?: ExplainView
}

/** What a change of cost is cut by, and how it is taken apart. */
export interface ExplainView {
  readonly fields: readonly GroupField[]
  /** Whether cells are cut by the kind of token too. */
  readonly isByKind: boolean
  readonly quantity: 'requests' | 'tokens'
  /** Set against the prices before, or halfway between both, so that the order of the periods does not matter. */
  readonly method: 'before' | 'midpoint'
}

/** A field to group by: as it was written, and the column that it names. */
export interface GroupField {
  readonly name: string
  readonly column: string
  /** By what its numbers are divided to be in the unit of the name: 1000 for seconds. */
  readonly divisor?: number
}

/** Group-bys over events of some kinds; one pass over the logs answers it. */
export interface Question {
  readonly name: string
  readonly kinds: Query['kinds']
  readonly extras: readonly ExtraColumn[]
  readonly groupBys: readonly GroupBy[]
  /** Whether it needs what lies around the range too, so that sessions at its borders are whole. */
  readonly isWide?: boolean
}

/** The answers of one range by the name of the question. */
export interface Answers {
  readonly range: NamedRange
  /** Of the first question; its ledger is the report's. */
  readonly tally: Tally
  readonly byName: ReadonlyMap<string, Tally>
}

export interface ReportPrices {
  readonly source: string
  readonly hash: string
  readonly mode: CostMode
  /** Undefined where events of the class have a cost. */
  whyUnpriced(rateClass: RateClass): WhyUnpriced | undefined
}

/** Everything that a report is built from. */
export interface ReportInput extends ReportSettings {
  readonly tally: Tally
  readonly answers: Answers
  /** The same questions of the range to compare with. */
  readonly before: Answers | null
  readonly zone: Zone
  readonly now: Instant
  readonly filters: { readonly [flag: string]: readonly string[] }
  readonly basisOf: BasisOf
  /** Null where no costs are wanted. */
  readonly prices: ReportPrices | null
  /** Costs are also given in this currency; null for dollars alone. */
  readonly currency: CurrencyRate | null
}

export interface ReportDefinition {
  readonly name: string
  /** The names that --section takes, in their order. */
  readonly sections: readonly string[]
  /** Whether it shows costs. */
  readonly hasCost: boolean
  /** Whether it compares with the range before also where nobody asks. */
  readonly isAlwaysCompared?: boolean
  /** One or more; the first is the one that the ledger tells of. */
  questions(settings: ReportSettings): readonly Question[]
  build(input: ReportInput): Report
}
