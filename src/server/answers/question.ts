// What an answer is made from, as plain data that can be sent to a thread: the same question has the same answer as long as
// logs, prices and range are the same.
import type { BudgetQuestion } from '../../app/alert/budget-documents.ts'
import type { ChargebackOptions } from '../../app/export/export-chargeback.ts'
import type { FocusOptions } from '../../app/export/export-focus.ts'
import type { AskedChecks } from '../../app/request/checks.ts'
import type {
  DashboardOptions,
  EventsOptions,
  LogOptions,
  RangeName,
  ReportOptions,
} from '../../app/request/parameters.ts'
import type { PlaceInEvents } from '../../app/request/requests.ts'
import type { Scope } from '../../query/scope.ts'
import type { Format } from '../../render/render.ts'

export const EVENT_FILE_ENDINGS = ['csv', 'parquet'] as const
export type EventFileEnding = (typeof EVENT_FILE_ENDINGS)[number]

/** A view of a page, from which its links are made. */
export interface LinkPlace {
  readonly basePath: string
  /** Of the page, below the base path and with it: `/usage/users`. */
  readonly path: string
  /** The view: `range=7d&client=diageo`. */
  readonly search: string
  /** Where names of rows lead: the page of the parts, `/usage/`. */
  readonly drillPath: string
  /** As much of the view as the address of a file of the same numbers takes. */
  readonly fileSearch: string
  /** What the view is where its address does not say it. */
  readonly defaults: Readonly<Record<string, string>>
  /** The report that the sections are of; "dashboard" for that. */
  readonly report: string
}

interface Asked {
  readonly scope: Scope
  /** Of a fragment: where its links lead. */
  readonly links?: LinkPlace
  /** A fragment is what a page of the server shows in its frame. */
  readonly format: Format | 'fragment'
  /** Only for tables: which columns, and how CSV is written. */
  readonly look?: { readonly columns?: readonly string[]; readonly header?: boolean; readonly bom?: boolean }
}

export type Question = Asked &
  (
    | { readonly kind: 'report'; readonly options: ReportOptions & RangeName }
    | { readonly kind: 'dashboard'; readonly options: DashboardOptions }
    | { readonly kind: 'events'; readonly options: EventsOptions & RangeName; readonly after?: PlaceInEvents }
    | { readonly kind: 'threats'; readonly options: LogOptions & RangeName }
    | { readonly kind: 'focus'; readonly options: FocusOptions & RangeName }
    | {
        readonly kind: 'event-file'
        readonly options: LogOptions & RangeName & AskedChecks
        readonly ending: EventFileEnding
      }
    | { readonly kind: 'charges'; readonly options: ChargebackOptions }
    | { readonly kind: 'health' }
    | ({ readonly kind: 'budgets' } & BudgetQuestion)
    | {
        readonly kind: 'metrics'
        readonly form: 'classic' | 'openmetrics'
        readonly byUser: boolean
        readonly maxSeries: number
      }
  )

/** Those whose answers are reports, in any form. */
export type ReportQuestion = Extract<Question, { readonly kind: 'report' | 'dashboard' | 'events' }>

/** What is sent to a thread. */
export interface Asking {
  readonly id: number
  readonly question: Question
  /** The instant that counts as "now". */
  readonly now: number
}

/** What a paged answer says about its list. */
export interface AnswerNotes {
  /** How many events there are, on the page and off it. */
  readonly total?: number
  /** Where the next page begins, where there is one. */
  readonly next?: PlaceInEvents | undefined
  /** The checks that failed, by option, with the reason. */
  readonly refusals: readonly { readonly option: string; readonly why: string }[]
}

export interface GivenAnswer {
  readonly id: number
  readonly body: Uint8Array
  readonly notes: AnswerNotes
  /** How long it took in the thread. */
  readonly tookMs: number
}

/** An error on its way from a thread to the door: what a problem document is made from. */
export interface FailedAnswer {
  readonly id: number
  readonly problem: Problem
  /** For the server's own log, if it is a bug. */
  readonly stack?: string | undefined
}

export interface Problem {
  readonly status: number
  readonly code: string
  /** What is wrong, in a sentence. */
  readonly title: string
  readonly hint?: string | undefined
  /** What else is known: which parameter, several problems at once. */
  readonly extra?: Readonly<Record<string, unknown>>
}
