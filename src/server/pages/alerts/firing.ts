// What fires, by the last check, with the numbers that it was told with.
import { alertsOf, type OneAlert } from '../../../app/alert/list-alerts.ts'
import { UsagebookError } from '../../../base/errors.ts'
import { html, type Markup, type MarkupPart, name } from '../../../render/html/markup.ts'
import { severityMark } from '../../../render/html/severity.ts'
import { rulesSeen } from '../../resources/alert-calls.ts'
import type { Call } from '../../route.ts'
import { hrefOf } from '../frame.ts'
import { NAVIGATION } from '../navigation.ts'
import { table, when } from '../parts.ts'

const STATES: Readonly<Record<OneAlert['state'], string>> = {
  firing: 'fires',
  pending: 'about to fire',
  recovering: 'just over',
  ok: 'over',
}

export async function firing(call: Call): Promise<Markup> {
  const rules = await rulesSeen(call)
  const checked = rules.flatMap(({ checkedTo }) => checkedTo ?? []).sort()
  const all = alertsOf(rules)
  return html`<h2>Alerts</h2>${table({
    caption: 'Alerts',
    heads: ['Alert', 'State', 'Since', 'Severity', 'Value', 'Limit', 'Largest causes', ''].map(title => ({ title })),
    rows: all.map(alert => rowOf(call, alert)),
    empty:
      checked.length === 0
        ? 'No rule has been checked yet. The server checks them every minute.'
        : `Nothing fires: ${rules.length === 1 ? 'the one rule is' : `all ${rules.length} rules are`} quiet.`,
  })}${checked.length === 0 ? null : html`<p class="hint">Events were looked at up to ${when(checked.at(-1))} UTC.</p>`}`
}

function rowOf(call: Call, alert: OneAlert): MarkupPart[] {
  const { rule, labels, state, since, severity, value, limit, causes, page, silencedUntil } = alert
  const of = Object.entries(labels).map(([field, text]) => `${field} ${text}`)
  return [
    html`${name(rule)}${of.length === 0 ? null : html`<small class="id">${name(of.join(', '))}</small>`}`,
    html`${STATES[state]}${silencedUntil === null ? null : html`, silent until ${when(silencedUntil)}`}`,
    when(since),
    severityMark(severity),
    value ?? '–',
    limit ?? '–',
    causes.length === 0
      ? '–'
      : html`<ul class="plain">${causes.map(cause => html`<li>${name(cause.name)}: ${cause.value}</li>`)}</ul>`,
    page === null
      ? null
      : html`<a href="${hrefOf(call.services, page)}">Look<span class="hidden"> at ${name(rule)}</span></a>`,
  ]
}

/** On other pages: that something fires, and where to look. */
export async function firingNotice(call: Call): Promise<Markup | null> {
  const look = html`<a href="${hrefOf(call.services, NAVIGATION.budgets.path)}">Budgets and alerts</a>`
  try {
    const fires = alertsOf(await rulesSeen(call)).filter(
      ({ state, silencedUntil }) => state === 'firing' && silencedUntil === null,
    )
    if (fires.length === 0) return null
    const rules = [...new Set(fires.map(({ rule }) => rule))]
    const words = fires.length === 1 ? 'One alert fires' : `${fires.length} alerts fire`
    return html`<p class="notice bad">${words}: ${name(rules.join(', '))}. See ${look}.</p>`
  } catch (error) {
    // The page of alerts says what is wrong with them; the numbers of this one do not depend on it.
    if (!(error instanceof UsagebookError)) throw error
    return html`<p class="notice bad">The rules of alerts cannot be read. See ${look}.</p>`
  }
}
