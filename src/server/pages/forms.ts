// Forms of pages: fields with their labels, hints and errors, and what becomes of a form that was sent. What is refused is
// shown again with everything that was typed.
import { held, html, type Markup, type MarkupPart, name } from '../../render/html/markup.ts'
import { addressOf } from '../address.ts'
import { askerOf, type Call, type Reply, type Route } from '../route.ts'
import { hrefOf, type PageContent } from './frame.ts'
import type { PageName } from './navigation.ts'
import { NAVIGATION } from './navigation.ts'
import { pageReply, refusedReply } from './page-route.ts'
import { errorOf, type Refusal } from './refusal.ts'

interface FieldParts {
  readonly name: string
  readonly label: string
  readonly hint?: string | undefined
  readonly error?: string | undefined
}

export interface TextFieldParts extends FieldParts {
  readonly value?: string | undefined
  readonly type?: 'text' | 'password' | 'number' | 'date' | 'search'
  readonly isRequired?: boolean
  /** As browsers know it: "username", "current-password". */
  readonly autocomplete?: string
  /** What is allowed for a number: "0.5", "any". */
  readonly step?: string
  /** For a few characters. */
  readonly isShort?: boolean
}

export function textField(parts: TextFieldParts): Markup {
  const { name, value = '', type = 'text', isRequired, autocomplete, step, isShort } = parts
  return field(
    parts,
    html`<input${isShort === true ? html` class="short"` : null} id="f-${name}" name="${name}" type="${type}" value="${held(value)}"${isRequired === true ? html` required` : null}${attribute('autocomplete', autocomplete)}${attribute('step', step)}${described(parts)}>`,
  )
}

export function textArea(
  parts: FieldParts & { readonly value?: string; readonly rows?: number; readonly isCode?: boolean },
): Markup {
  const { name, value = '', rows = 4, isCode } = parts
  // A line break right after the tag is none of the text.
  return field(
    parts,
    html`<textarea${isCode === true ? html` class="code" spellcheck="false"` : null} id="f-${name}" name="${name}" rows="${rows}"${described(parts)}>
${held(value)}</textarea>`,
  )
}

export interface Choice {
  readonly value: string
  /** The value where it is absent. */
  readonly label?: string
}

export function selectField(
  parts: FieldParts & { readonly value?: string; readonly choices: readonly Choice[] },
): Markup {
  const { name, value: chosen, choices } = parts
  const options = choices.map(
    ({ value, label = value }) =>
      html`<option value="${held(value)}"${value === chosen ? html` selected` : null}>${label}</option>`,
  )
  return field(parts, html`<select id="f-${name}" name="${name}"${described(parts)}>${options}</select>`)
}

/** Sent as "on" where it is ticked, and not at all where it is not. */
export function checkbox(parts: FieldParts & { readonly isTicked?: boolean }): Markup {
  const { name, label, isTicked } = parts
  return html`<div class="field tick"><label><input type="checkbox" id="f-${name}" name="${name}"${isTicked === true ? html` checked` : null}${described(parts)}> ${label}</label>${below(parts)}</div>`
}

/** Several of a list; each that is ticked is sent under the same name. */
export function checkboxes(
  parts: FieldParts & { readonly choices: readonly Choice[]; readonly ticked: readonly string[] },
): Markup {
  const { name, label, choices, ticked } = parts
  const boxes = choices.map(
    ({ value, label: words = value }) =>
      html`<label><input type="checkbox" name="${name}" value="${held(value)}"${ticked.includes(value) ? html` checked` : null}> ${words}</label>`,
  )
  return html`<fieldset class="field ticks" id="f-${name}" tabindex="-1"${described(parts)}><legend>${label}</legend>${below(parts)}<div>${boxes}</div></fieldset>`
}

export function hiddenField(name: string, value: string): Markup {
  return html`<input type="hidden" name="${name}" value="${held(value)}">`
}

/** A form of one button, which is about one thing: `what` it is stands in its name for who does not see where it stands. */
export function buttonForm(
  path: string,
  words: string,
  { id, what }: { readonly id: string; readonly what: string },
): Markup {
  return html`<form method="post" action="${path}">${hiddenField('id', id)}<button>${words}<span class="hidden">: ${name(what)}</span></button></form>`
}

/** The first is what the form is for. */
export function buttons(first: string, ...others: readonly MarkupPart[]): Markup {
  return html`<p class="buttons"><button class="first">${first}</button>${others}</p>`
}

/** A text that was typed; undefined where it is empty. */
export function textIn({ form }: Call, name: string): string | undefined {
  const text = form.get(name)?.trim() ?? ''
  return text === '' ? undefined : text
}

/** A field as it was sent, with what was wrong in it. */
export function typedField(call: Call, refusal: Refusal | undefined, name: string, label: string, hint?: string) {
  return { name, label, hint, value: call.form.get(name) ?? '', error: errorOf(refusal, name) }
}

export interface FormPage {
  /** Of which page it is. */
  readonly page: PageName
  readonly path: string
  /** Where they are not those of the page. */
  readonly roles?: Route['roles']
  readonly summary: string
  /** Of the view that it was sent from, which is in its address. */
  readonly parameters?: Route['parameters']
  /**
   * Does what was asked for; what it throws is shown with the form. Its answer is where to go, and what was done; or a page,
   * where nothing was done yet.
   */
  submit(call: Call): Promise<{ readonly path: string; readonly notice?: string } | PageContent>
  /** The page with the form as it was sent. */
  redraw(call: Call, refusal: Refusal): Promise<PageContent>
}

/** A form that was sent with POST: to another page with a message (303), or the same once more with what was wrong. */
export function formRoute({ page, path, roles, summary, parameters = {}, submit, redraw }: FormPage): Route {
  return {
    method: 'POST',
    path,
    roles: roles ?? NAVIGATION[page].roles,
    summary,
    group: 'Pages',
    isPage: true,
    parameters,
    takesForm: true,
    redirects: true,
    async handle(call): Promise<Reply> {
      try {
        const done = await submit(call)
        if ('main' in done) return pageReply(call, { page, ...done })
        return goTo(call, done.path, done.notice)
      } catch (error) {
        return await refusedReply(call, error, { page, redraw })
      }
    },
  }
}

/** On to a page of this server, with a message of what was done. */
export function goTo(call: Call, path: string, notice?: string): Reply {
  const [bare = '', query = ''] = path.split('?')
  const search = new URLSearchParams(query)
  if (notice !== undefined) search.set('notice', call.services.notices.leave(askerOf(call).actor, notice))
  return { status: 303, headers: { Location: addressOf(hrefOf(call.services, bare), search) } }
}

function field(parts: FieldParts, control: Markup): Markup {
  return html`<div class="field"><label for="f-${parts.name}">${parts.label}</label>${control}${below(parts)}</div>`
}

function below({ name, hint, error }: FieldParts): MarkupPart {
  return [
    hint === undefined ? null : html`<p class="hint" id="f-${name}-hint">${hint}</p>`,
    error === undefined ? null : html`<p class="error" id="f-${name}-error">${error}</p>`,
  ]
}

function described({ name, hint, error }: FieldParts): Markup {
  const ids = [hint === undefined ? '' : `f-${name}-hint`, error === undefined ? '' : `f-${name}-error`].filter(
    id => id !== '',
  )
  const by = ids.length === 0 ? null : html` aria-describedby="${ids.join(' ')}"`
  return html`${error === undefined ? null : html` aria-invalid="true"`}${by}`
}

function attribute(name: 'autocomplete' | 'step', value: string | undefined): Markup | null {
  return value === undefined ? null : html` ${name}="${value}"`
}
