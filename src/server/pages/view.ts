// What a view of the logs is said by: range, filters and the like, all of it in the address of the page. The parameters are
// those of every door.
import { rangeName } from '../../app/request/named-range.ts'
import {
  DASHBOARD,
  DASHBOARD_VIEW,
  FILTERS,
  MONEY,
  type OptionsOf,
  OUTPUT,
  RANGE,
} from '../../app/request/parameters.ts'
import { Markup } from '../../render/html/markup.ts'
import { addressOf, changedParameters } from '../address.ts'
import type { LinkPlace, ReportQuestion } from '../answers/question.ts'
import { optionOf } from '../read-request.ts'
import type { Call } from '../route.ts'
import { ask, type OwnQuestion } from '../routes/documents.ts'
import { DASHBOARD_PARAMETERS, EVENT_PARAMETERS, REPORT_PARAMETERS } from '../routes/reports.ts'

const { logTimezone: _zone, ...DATES } = RANGE

/** Range, filters, zone and prices: what every view has. */
export const VIEW_PARAMETERS = {
  ...DASHBOARD,
  ...DATES,
  ...FILTERS,
  compare: OUTPUT.compare,
  cost: MONEY.cost,
}
export type ViewOptions = OptionsOf<typeof VIEW_PARAMETERS>

/** Of the overview: also which number its chart shows, and what that is made of. */
export const OVERVIEW_PARAMETERS = { ...VIEW_PARAMETERS, ...DASHBOARD_VIEW }
export type OverviewOptions = OptionsOf<typeof OVERVIEW_PARAMETERS>

/** The address of the same view, but for these parameters: null takes one away. */
export function viewHref(
  { url }: Pick<Call, 'url'>,
  changes: Readonly<Record<string, string | null>>,
  path = url.pathname,
): string {
  return addressOf(path, changedParameters(url.searchParams, { notice: null, ...changes }))
}

/** With the range that is meant where none is said. */
export function ranged<Options extends Partial<ViewOptions>>(options: Options): Options & Pick<ViewOptions, 'range'> {
  const name = rangeName(options)
  return name === 'custom' ? options : { ...options, range: name }
}

type OfForm<One> = One extends unknown ? Omit<One, 'scope' | 'format' | 'links'> : never
type OwnReportQuestion = OfForm<ReportQuestion>

export interface FragmentPlace {
  /** What the page adds to its address, by the names of parameters. */
  readonly defaults?: LinkPlace['defaults']
  /** The path of the page that names of rows lead to; that of the page itself where it is absent. */
  readonly drillPath?: string
}

/** An answer as a part of a page. */
export async function askFragment(
  call: Call,
  question: OwnReportQuestion,
  { defaults = {}, drillPath }: FragmentPlace = {},
): Promise<Markup> {
  const links = linkPlace(call, question, defaults, drillPath)
  const { body } = await ask(call, { ...question, format: 'fragment', links } as OwnQuestion)
  return new Markup(Buffer.from(body).toString())
}

const FILE_PARAMETERS = { dashboard: DASHBOARD_PARAMETERS, events: EVENT_PARAMETERS, report: REPORT_PARAMETERS }

// What a fragment is told of the page that it is for.
function linkPlace(
  { url, services, options }: Call,
  question: OwnReportQuestion,
  defaults: LinkPlace['defaults'],
  drillPath = url.pathname,
): LinkPlace {
  const { basePath } = services.settings
  const search = changedParameters(url.searchParams, { notice: null })
  const { kind } = question
  const known: object = FILE_PARAMETERS[kind]
  const said = new Set(search.keys())
  const { range } = ranged(options)
  const added = Object.entries({ ...(range === undefined ? {} : { range }), ...defaults })
  const all = [...added.filter(([name]) => !said.has(name)), ...search]
  const fileSearch = new URLSearchParams(all.filter(([name]) => optionOf(name) in known))
  return {
    basePath,
    path: url.pathname,
    drillPath,
    search: search.toString(),
    fileSearch: fileSearch.toString(),
    defaults,
    report: kind === 'report' ? (question.options.name ?? 'usage') : kind,
  }
}
