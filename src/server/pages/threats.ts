// The threats of a range: how many of what kind, and one by one, where somebody says that they have dealt with them.
import type { FoundThreat } from '../../app/threat/find-threats.ts'
import { held, html, type Markup, type MarkupPart, name } from '../../render/html/markup.ts'
import { severityMark } from '../../render/html/severity.ts'
import { ProblemError } from '../problem.ts'
import { PAGE, pageOf } from '../resources/list-page.ts'
import { KEEPERS, resolveOf, threatsOf } from '../resources/threat-calls.ts'
import { type Call, hasRole } from '../route.ts'
import { merged } from '../routes/reports.ts'
import { buttons, formRoute, textField, textIn, typedField } from './forms.ts'
import type { PageContent } from './frame.ts'
import { pageRoute } from './page-route.ts'
import { PAGE_ROWS, pager, table, views, when } from './parts.ts'
import { errorSummary, type Refusal } from './refusal.ts'
import { drawReport } from './report-pages.ts'
import { ranged, VIEW_PARAMETERS, type ViewOptions, viewHref } from './view.ts'

const PARAMETERS = {
  ...VIEW_PARAMETERS,
  all: { help: 'also those that are resolved' },
  ...PAGE,
}
const PATH = '/threats'
/** The field of the form: the ids that were ticked. */
const TICKED = 'id'

export const THREATS_PAGE = pageRoute({
  page: 'threats',
  summary: 'attacks by severity, type and address, and which of them nobody has dealt with',
  parameters: PARAMETERS,
  draw: call => threatsPage(call, undefined),
})

export const RESOLVE_FORM = formRoute({
  page: 'threats',
  path: PATH,
  roles: KEEPERS,
  summary: 'say that the threats that are ticked are resolved',
  parameters: PARAMETERS,
  async submit(call) {
    const ids = call.form.getAll(TICKED)
    if (ids.length === 0) throw noneTicked()
    const { message } = await resolveOf(call, ids, textIn(call, 'note'))
    return { path: viewHref(call, { offset: null }, PATH), notice: message }
  },
  redraw: threatsPage,
})

async function threatsPage(call: Call, refusal: Refusal | undefined): Promise<PageContent> {
  const options = await merged<ViewOptions & { readonly all?: boolean }>(call, VIEW_PARAMETERS)
  const isAll = call.options.all === true
  const { compare: _compare, cost: _cost, ...view } = options
  const asked = ranged(view)
  const [report, found] = await Promise.all([drawReport(call, 'Threats', 'threats'), threatsOf(call, asked)])
  const shown = isAll ? found : found.filter(({ resolved }) => !resolved)
  const { items, counts } = pageOf(call, shown, PAGE_ROWS)
  const isKeeper = hasRole(call, KEEPERS)
  const mayResolve = isKeeper && items.some(canBeResolved)
  const hasNameless = isKeeper && items.some(({ id, resolved }) => id === null && !resolved)
  const list = html`${choice(call, isAll, found)}${table({
    caption: isAll ? 'All threats, one by one' : 'Open threats, one by one',
    heads: [
      { title: 'Threat' },
      { title: 'Last seen' },
      { title: 'Severity' },
      { title: 'Kind' },
      { title: 'Client' },
      { title: 'User' },
      { title: 'Address' },
      { title: 'Times', isNumber: true },
      ...(isAll ? [{ title: 'State' }] : []),
    ],
    rows: items.map(threat => rowOf(call, threat, mayResolve, isAll)),
    empty: found.length === 0 ? 'No threats in this range.' : 'All threats of this range are resolved.',
  })}${hasNameless ? html`<p class="hint">A threat that was logged without an id cannot be resolved.</p>` : null}${pager(call, counts)}`
  return {
    ...report,
    main: html`${errorSummary(refusal)}${report.main}<section class="list" aria-labelledby="one-by-one"><h2 id="one-by-one">One by one</h2>${
      mayResolve ? resolveForm(call, refusal, list) : list
    }</section>`,
  }
}

function resolveForm(call: Call, refusal: Refusal | undefined, list: Markup): Markup {
  const note = typedField(call, refusal, 'note', 'What was done', 'For whoever looks later; may stay empty.')
  return html`<form method="post" action="${viewHref(call, {})}">${list}<div class="panel slim">${textField(note)}${buttons('Resolve what is ticked')}</div></form>`
}

function choice(call: Call, isAll: boolean, found: readonly FoundThreat[]): Markup {
  const open = found.filter(({ resolved }) => !resolved).length
  const link = (label: string, all: string | null) => ({
    label,
    href: viewHref(call, { all, offset: null }, call.url.pathname),
    isCurrent: isAll === (all !== null),
  })
  return views('Which threats', [link(`Open (${open})`, null), link(`All (${found.length})`, 'true')])
}

function rowOf(call: Call, threat: FoundThreat, mayResolve: boolean, isAll: boolean): MarkupPart[] {
  const { timestamp, severity, threat_type, client, user, ip, count, resolved } = threat
  const text = (value: string | null) => (value === null ? '–' : name(value))
  return [
    mayResolve && canBeResolved(threat) ? tick(call, threat) : text(threat.id),
    when(timestamp),
    severity === null ? '–' : severityMark(severity),
    ...[threat_type, client, user, ip].map(text),
    count,
    ...(isAll ? [resolved ? 'resolved' : 'open'] : []),
  ]
}

// By its id, a threat that is ticked stays so when the page is refreshed.
function tick({ form }: Call, { id, client }: FoundThreat): Markup {
  const isTicked = form.getAll(TICKED).includes(id!)
  const own = `threat-${encodeURIComponent(`${client ?? ''}/${id}`)}`
  return html`<label class="tick"><input type="checkbox" id="${own}" name="${TICKED}" value="${held(id!)}"${isTicked ? html` checked` : null}> ${name(id!)}</label>`
}

function canBeResolved({ id, resolved }: FoundThreat): boolean {
  return id !== null && !resolved
}

function noneTicked(): ProblemError {
  return new ProblemError({
    status: 400,
    code: 'nothing-ticked',
    title: 'No threat is ticked.',
    hint: 'Tick those that somebody has dealt with, then send the form again.',
  })
}
