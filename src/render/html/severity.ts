// The colours of severities: in bars, and as a mark before the word.
import { html, type Markup, name } from './markup.ts'

const SEVERITIES = ['critical', 'high', 'medium', 'low']

/** Undefined where it is none of the four. */
export function severityClass(severity: string): string | undefined {
  return SEVERITIES.includes(severity) ? `s-${severity}` : undefined
}

export function severityMark(severity: string): Markup {
  const colour = severityClass(severity)
  const dot =
    colour === undefined
      ? null
      : html`<svg class="dot" aria-hidden="true"><rect class="${colour}" width="10" height="10" rx="5"/></svg>`
  return html`<span class="severity">${dot}${name(severity)}</span>`
}
