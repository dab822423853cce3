// What the doctor finds: whether workspace, logs, prices, profiles and clients are in order.
import type { doctorDocument } from '../../app/doctor/doctor-document.ts'
import { html, type Markup, type MarkupPart, name } from '../../render/html/markup.ts'
import type { Call } from '../route.ts'
import { askDocument } from '../routes/documents.ts'
import { pageRoute } from './page-route.ts'
import { table, when } from './parts.ts'

type Document = ReturnType<typeof doctorDocument>

const WORDS = { ok: 'ok', warning: 'Warning', failure: 'Failure' } as const
const ORDER = ['failure', 'warning', 'ok'] as const

export const HEALTH_PAGE = pageRoute({
  page: 'health',
  summary: 'whether workspace, logs, prices, profiles and clients are in order',
  async draw(call) {
    const { checks, warnings, failures, ok, generatedAt } = await askDocument<Document>(call, { kind: 'health' })
    const worst = failures > 0 ? 'bad' : warnings > 0 ? 'warn' : 'done'
    return {
      title: 'Health',
      main: html`${failedRuns(call)}<p class="notice ${worst}">${summaryOf(failures, warnings)}</p>${table({
        caption: 'What was looked at',
        heads: ['What', 'State', 'Finding', 'What to do'].map(title => ({ title })),
        rows: ORDER.flatMap(verdict => checks.filter(check => check.verdict === verdict).map(rowOf)),
        empty: 'Nothing was looked at.',
      })}<p class="hint">${ok} of ${checks.length} in order. Looked at ${when(generatedAt)} UTC; looked at again after half a minute.</p>`,
      isLive: true,
    }
  },
})

const MOST_LINES = 5

/** What the server does every minute and could not do the last time. Texts of errors may name files and clients. */
export function failedRuns({ services, identity }: Call): Markup[] {
  const isTold = identity?.role === 'admin'
  return services.evaluation().flatMap(({ what, problem, lastAt }) => {
    if (problem === null) return []
    const why = isTold ? problem.split('\n') : ['Ask the person who runs this server.']
    const more = why.length - MOST_LINES
    const at = lastAt === null ? null : html`, last at ${when(new Date(lastAt).toISOString())} UTC`
    return [
      html`<div class="notice bad" role="alert"><p>${`${what[0]!.toUpperCase()}${what.slice(1)}`} failed${at}.</p>${why.slice(0, MOST_LINES).map(line => html`<p>${name(line)}</p>`)}${more > 0 ? html`<p>And ${more} more.</p>` : null}</div>`,
    ]
  })
}

function rowOf(check: Document['checks'][number]): MarkupPart[] {
  const state = html`<span class="${check.verdict}">${WORDS[check.verdict]}</span>`
  return [check.name, state, longText(check.message), check.hint === null ? '–' : longText(check.hint)]
}

function longText(text: string): MarkupPart {
  return html`<span class="long">${name(text)}</span>`
}

function summaryOf(failures: number, warnings: number): string {
  if (failures + warnings === 0) return 'All is in order.'
  const parts = [
    failures === 0 ? '' : failures === 1 ? '1 thing is wrong' : `${failures} things are wrong`,
    warnings === 0 ? '' : warnings === 1 ? '1 thing to look at' : `${warnings} things to look at`,
  ]
  return `${parts.filter(part => part !== '').join(', ')}.`
}
