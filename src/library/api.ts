// What a program that uses the library sees: only types, which import nothing but types.
import type {
  ClientAnswer,
  ClientList,
  ProfileDiff,
  ProfileHistory,
  ProfileList,
  ProfileUses,
  ShownClient,
  ShownProfile,
  Validation,
  VersionAnswer,
} from '../app/profile/answers.ts'
import type { ResolveAnswer } from '../app/threat/resolve-answer.ts'
import type { DashboardDocument, GroupReport, ReportDocuments } from './documents.ts'
import type { GivenOptions } from './given-options.ts'
import type { CHECK_OPTIONS, DASHBOARD_OPTIONS, DEFAULTS, EVENT_OPTIONS, REPORT_OPTIONS } from './option-lists.ts'
import type { MoneyForm, PlainValue } from './plain-value.ts'

export interface HostSettings {
  /** Such as process.env; read for USAGEBOOK_LOGS and for the folder of the cache. Absent: nothing is read. */
  readonly environment?: Readonly<Record<string, string | undefined>> | undefined
  /** A folder for caches. */
  readonly cache?: string | undefined
  /** What "now" is; the clock of the machine where it is absent. */
  readonly now?: (() => Date) | undefined
}

export interface CallHooks {
  /** Stops the call, which then throws what the signal was aborted with: an AbortError, unless another reason was given. */
  readonly signal?: AbortSignal | undefined
  /** Called while logs are read: bytes so far, and of how many. Neither falls, and at the end they are the same. */
  readonly onProgress?: ((readBytes: number, totalBytes: number) => void) | undefined
}

/** What holds for all calls of a workspace; options of a call win. */
export interface WorkspaceSettings<Form extends MoneyForm = 'number'>
  extends HostSettings,
    GivenOptions<typeof DEFAULTS> {
  /** Whether usagebook.config.json of the workspace counts, or the path of another file; nothing is read by default. */
  readonly configuration?: boolean | string | undefined
  /** A folder in which the sums of finished days are kept between calls and runs. */
  readonly cache?: string | undefined
  /** Money as numbers (default), or as text with all its digits. */
  readonly money?: Form | undefined
}

export type ReportName = keyof ReportDocuments

export type ReportCall = GivenOptions<typeof REPORT_OPTIONS> &
  CallHooks & {
    /** Which report; usage by default. */
    readonly name?: ReportName | undefined
  }
export type EventsCall = GivenOptions<typeof EVENT_OPTIONS> & CallHooks
export type DashboardCall = GivenOptions<typeof DASHBOARD_OPTIONS> & CallHooks
export type CheckCall = GivenOptions<typeof CHECK_OPTIONS> & CallHooks

export interface PricedUsage {
  /** All input tokens; cache reads and writes are part of them. */
  readonly input?: number | undefined
  readonly cacheRead?: number | undefined
  /** Those for an hour are part of them. */
  readonly cacheWrite?: number | undefined
  readonly cacheWrite1h?: number | undefined
  /** All output tokens; reasoning is part of them. */
  readonly output?: number | undefined
  readonly reasoning?: number | undefined
  readonly checks?: number | undefined
}

export interface PriceCall {
  readonly provider?: string | undefined
  readonly serviceTier?: string | undefined
  /** When the request was made; now by default. */
  readonly at?: string | Date | undefined
  /** Tokens and checks of the request; without them the rates are told and no sum. */
  readonly usage?: PricedUsage | undefined
}

export type MoneyOf<Form extends MoneyForm> = Form extends 'string' ? string : number

type Given<Call, Option> = Option extends keyof Call ? Call[Option] : undefined
type NameOf<Name> = (Name extends ReportName ? Name : never) | (undefined extends Name ? 'usage' : never)

/** The document of a report, as `--format json` writes it; of a call that may be for several, any of theirs. */
export type DocumentOf<Call extends ReportCall, Money> =
  | ([Given<Call, 'groupBy'>] extends [undefined] ? never : GroupReport<Money>)
  | (undefined extends Given<Call, 'groupBy'> ? ReportDocuments<Money>[NameOf<Given<Call, 'name'>>] : never)

/** A call with no option that there is not. */
export type Known<Call, All> = Call & { readonly [Option in Exclude<keyof Call, keyof All>]: never }

export interface Workspace<Form extends MoneyForm = 'number'> {
  /** Absolute path of its folder. */
  readonly root: string
  /** A report, `usage` where no other is named: what `--format json` writes on the command line. */
  report<const Call extends ReportCall = object>(
    call?: Known<Call, ReportCall>,
  ): Promise<DocumentOf<Call, MoneyOf<Form>>>
  /** The dashboard: of the last day, unless told otherwise. */
  dashboard(call?: DashboardCall): Promise<DashboardDocument<MoneyOf<Form>>>
  /** All events that match, the newest first; of one session, in order of time. */
  events(call?: EventsCall): AsyncGenerator<{ [key: string]: PlainValue }, void, undefined>
  /** What is wrong with the logs, as `log check` says it. */
  check(call?: CheckCall): Promise<{ [key: string]: PlainValue }>
  readonly prices: {
    /** Which price a model has and why, and what a request costs. */
    explain(model: string, call?: PriceCall): Promise<{ [key: string]: PlainValue }>
  }
  readonly threats: {
    /** Says that somebody has dealt with these threats; all of them, or none where one is not there. */
    resolve(ids: readonly string[], call?: { readonly note?: string | undefined }): Promise<ResolveAnswer>
  }
  /** Profiles and their versions. */
  readonly profiles: Profiles
  /** Clients and the profiles that they use. */
  readonly clients: Clients
}

/** What every change is asked with. */
export interface ChangeCall {
  /** Who asks: a name or address. */
  readonly by: string
  /** Why. */
  readonly message?: string | undefined
  /** Whether only to say what would be done. */
  readonly dryRun?: boolean | undefined
}

export interface EditCall extends ChangeCall {
  /** The newest version that the asker knows; if there is a newer one, nothing is changed. */
  readonly expectVersion?: number | undefined
  /** Values by their path: `{ 'checks.logo.weight': 2 }`. */
  readonly set?: Readonly<Record<string, unknown>> | undefined
  /** Paths of what is to go. */
  readonly unset?: readonly string[] | undefined
  /** The whole new content, before `set` and `unset`. */
  readonly content?: object | undefined
}

export interface CreateCall extends ChangeCall {
  /** May be left out where the content has one. */
  readonly name?: string | undefined
  /** Made from the name where absent. */
  readonly id?: string | undefined
  readonly content?: object | undefined
  readonly set?: Readonly<Record<string, unknown>> | undefined
  /** Client ids, or all, which is the default. */
  readonly visibleTo?: readonly string[] | 'all' | undefined
}

export interface VisibilityCall extends ChangeCall {
  readonly expectVersion?: number | undefined
  /** One of the three: all clients; exactly these; or those of before with some more and some less. */
  readonly all?: boolean | undefined
  readonly clients?: readonly string[] | undefined
  readonly add?: readonly string[] | undefined
  readonly remove?: readonly string[] | undefined
}

/** `id` is "brand_check" (the newest version), "brand_check@1" or "brand_check_v2". */
export interface Profiles {
  list(call?: { readonly client?: string; readonly allVersions?: boolean }): Promise<ProfileList>
  show(id: string): Promise<ShownProfile>
  create(call: CreateCall): Promise<VersionAnswer>
  edit(id: string, call: EditCall): Promise<VersionAnswer>
  visibility(id: string, call: VisibilityCall): Promise<VersionAnswer>
  history(id: string): Promise<ProfileHistory>
  diff(a: string, b?: string): Promise<ProfileDiff>
  rollback(
    id: string,
    call: ChangeCall & { readonly to?: number; readonly expectVersion?: number },
  ): Promise<VersionAnswer>
  whoUses(id: string): Promise<ProfileUses>
  validate(id?: string): Promise<Validation>
}

export interface Clients {
  list(): Promise<ClientList>
  show(client: string): Promise<ShownClient>
  add(client: string, call: ChangeCall & { readonly name?: string }): Promise<ClientAnswer>
  remove(client: string, call: ChangeCall): Promise<ClientAnswer>
  /** `profile` is "brand_check" (the newest version), "brand_check@1" or "brand_check_v2". */
  assign(client: string, profile: string, call: ChangeCall): Promise<ClientAnswer>
  unassign(client: string, profile: string, call: ChangeCall): Promise<ClientAnswer>
}
