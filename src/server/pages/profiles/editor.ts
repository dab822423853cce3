// The editor of a profile, as a form or as JSON: what both pages that have it share. What was typed goes from one to the other.

import { editableText } from '../../../app/profile/given-edits.ts'
import { contentOfDraft, draftOf, type ProfileDraft } from '../../../app/profile/profile-draft.ts'
import { isJson } from '../../../base/json.ts'
import { html, type Markup, type MarkupPart } from '../../../render/html/markup.ts'
import type { Call } from '../../route.ts'
import { buttons, hiddenField, textArea, textField, typedField } from '../forms.ts'
import { pathTo } from '../parts.ts'
import { errorOf, errorSummary, type Refusal } from '../refusal.ts'
import { draftIn, placeFaults, profileFields } from './form.ts'

/** What is in the editor: the fields of a form, over a content whose other keys stay; or a content as JSON. */
export type Edited =
  | { readonly as: 'form'; readonly draft: ProfileDraft; readonly content: string | undefined }
  | { readonly as: 'json'; readonly content: string }

export interface EditorParts {
  /** Where it is sent to, and where one goes without saving. */
  readonly path: string
  readonly back: string
  readonly submit: 'Create' | 'Save'
  readonly edited: Edited
  /** Fields of the page itself, before those of the profile. */
  readonly first?: MarkupPart
  readonly hidden?: Readonly<Record<string, string>>
  readonly refusal?: Refusal | undefined
  /** What came of the last press of a button, below the fields. */
  readonly outcome?: Markup | null
}

/** A content as it is edited first: as a form where it can be. */
export function editedOf(text: string): Edited {
  const draft = draftOf(text)
  return draft === undefined ? asJson(text) : { as: 'form', draft, content: undefined }
}

function asJson(text: string): Edited {
  return { as: 'json', content: editableText(text) }
}

/** What was sent. */
export function editedIn(call: Call): Edited {
  const content = call.form.get('content')?.replaceAll('\r\n', '\n')
  if (call.form.get('as') === 'json') return { as: 'json', content: content ?? '' }
  return { as: 'form', draft: draftIn(call), content }
}

/** The whole content; of a form over `base`, where it has no content of its own. */
export function contentOf(edited: Edited, base: string): string {
  return edited.as === 'json' ? edited.content : contentOfDraft(edited.content ?? base, edited.draft)
}

/** The same in the other view, where that is what was asked for. */
export function turned({ form }: Call, edited: Edited, base: string): Edited | undefined {
  const to = form.get('do')
  if (to === 'json') return asJson(contentOf(edited, base))
  if (to !== 'form') return undefined
  const content = contentOf(edited, base)
  const draft = draftOf(content)
  return draft === undefined ? undefined : { as: 'form', draft, content }
}

export function isToShow({ form }: Call): boolean {
  return form.get('do') === 'show' || form.get('do') === 'form'
}

export async function renderEditor(call: Call, parts: EditorParts): Promise<Markup> {
  const { path, back, submit, edited, first = null, hidden = {}, outcome = null } = parts
  const refusal =
    parts.refusal === undefined || edited.as === 'json' ? parts.refusal : placeFaults(parts.refusal, edited.draft)
  const fields =
    edited.as === 'json' ? jsonField(edited.content, refusal) : await profileFields(call, edited.draft, refusal)
  const carried = edited.as === 'form' && edited.content !== undefined ? { content: edited.content } : {}
  const other = edited.as === 'json' ? ['form', 'As a form'] : ['json', 'As JSON']
  const kept = Object.entries({ ...hidden, ...carried, as: edited.as })
  return html`<form method="post" action="${pathTo(call, path)}#outcome" novalidate>${errorSummary(refusal)}${kept.map(([key, value]) => hiddenField(key, value))}
${first}${fields}<div class="panel">${whyField(call, refusal)}</div>${outcome}
${buttons(
  submit,
  submit === 'Save' ? html`<button name="do" value="show">Show difference</button>` : null,
  html`<button name="do" value="${other[0]!}">${other[1]!}</button>`,
  html`<a class="button" href="${pathTo(call, back)}">Cancel</a>`,
)}</form>`
}

/** Why a version is made. */
export function whyField(call: Call, refusal: Refusal | undefined): Markup {
  return textField(typedField(call, refusal, 'message', 'Why', 'For the history; may stay empty.'))
}

function jsonField(content: string, refusal: Refusal | undefined): Markup {
  return html`<div class="panel">${textArea({
    name: 'content',
    label: 'Profile as JSON',
    value: content,
    rows: 24,
    isCode: true,
    hint: 'Version, times and authors are kept by usagebook.',
    error: isJson(content) ? undefined : errorOf(refusal, 'content'),
  })}</div>`
}
