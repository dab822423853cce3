// What differs between two contents, path by path, side by side.
import type { ProfileDiff } from '../../../app/profile/answers.ts'
import { formatJson, type JsonValue } from '../../../base/json.ts'
import { html, type Markup, type MarkupPart, name } from '../../../render/html/markup.ts'
import { table } from '../parts.ts'

type Difference = ProfileDiff['differences'][number]

export function differenceTable(
  differences: readonly Difference[],
  { caption, before, after, empty }: Readonly<Record<'caption' | 'before' | 'after' | 'empty', string>>,
): Markup {
  return html`<div class="differences">${table({
    caption,
    heads: ['Path', 'Change', before, after].map(title => ({ title })),
    rows: differences.map(rowOf),
    empty,
  })}</div>`
}

function rowOf({ path, before, after }: Difference): MarkupPart[] {
  const change = before === undefined ? 'added' : after === undefined ? 'removed' : 'changed'
  return [
    name(path),
    change,
    before === undefined ? '–' : html`<del>${valueText(before)}</del>`,
    after === undefined ? '–' : html`<ins>${valueText(after)}</ins>`,
  ]
}

function valueText(value: JsonValue): Markup {
  return html`<code>${formatJson(value, 0)}</code>`
}
