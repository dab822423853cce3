// What the doctor finds: whether workspace, logs, prices, profiles and clients are in order.
import type { doctorDocument } from '../../app/doctor/doctor-document.ts'
import { html, type MarkupPart, name } from '../../render/html/markup.ts'
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
      main: html`<p class="notice ${worst}">${summaryOf(failures, warnings)}</p>${table({
        caption: 'What was looked at',
        heads: ['What', 'State', 'Finding', 'What to do'].map(title => ({ title })),
        rows: ORDER.flatMap(verdict => checks.filter(check => check.verdict === verdict).map(rowOf)),
        empty: 'Nothing was looked at.',
      })}<p class="hint">${ok} of ${checks.length} in order. Looked at ${when(generatedAt)} UTC; looked at again after half a minute.</p>`,
      isLive: true,
    }
  },
})

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
