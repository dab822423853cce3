// Why a form was refused, and where on its page that is said.
import { html, type Markup } from '../../render/html/markup.ts'
import type { Problem } from '../answers/question.ts'
import { problemOf } from '../problem.ts'
import type { Call } from '../route.ts'

/** What is wrong with a form, and the parameter or key of the field that it is in, where one is to blame. */
export interface Refusal {
  readonly problem: Problem
  readonly field: string | undefined
  /** Several things at once. */
  readonly faults?: readonly Fault[]
}

export interface Fault {
  /** What the field is called; where it is none, the path in what was sent. */
  readonly label: string
  readonly field: string | undefined
  readonly message: string
}

/** Why a form was refused, at its top, with a link to the field. Nothing where it was not. */
export function errorSummary(refusal: Refusal | undefined): Markup | null {
  if (refusal === undefined) return null
  const { problem, field: name, faults = [] } = refusal
  const title = name === undefined ? html`${problem.title}` : html`<a href="#f-${name}">${problem.title}</a>`
  const list = faults.map(({ label, field: at, message }) => {
    const words = html`${label}: ${message}`
    return html`<li>${at === undefined ? words : html`<a href="#f-${at}">${words}</a>`}</li>`
  })
  return html`<div class="notice bad" role="alert" id="outcome"><p>${title}</p>${list.length === 0 ? null : html`<ul>${list}</ul>`}${problem.hint === undefined ? null : html`<p>${problem.hint}</p>`}</div>`
}

/** The error of a field, where the refusal is about it. */
export function errorOf(refusal: Refusal | undefined, name: string): string | undefined {
  const fault = refusal?.faults?.find(({ field: at }) => at === name)
  return fault?.message ?? (refusal?.field === name ? refusal.problem.title : undefined)
}

/** What an error says of the form that caused it. */
export function refusalOf({ identity }: Call, error: unknown): Refusal {
  const problem = problemOf(error, identity?.role === 'admin')
  const { parameter, problems = [] } = (problem.extra ?? {}) as {
    readonly parameter?: unknown
    readonly problems?: readonly { readonly path?: string; readonly message: string }[]
  }
  return {
    problem,
    field: typeof parameter === 'string' ? parameter : undefined,
    faults: problems.map(({ path = '', message }) => ({ label: path, field: undefined, message })),
  }
}
