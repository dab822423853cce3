// HTML that is escaped by the way it is written: html`<td>${name}</td>` escapes the name.
import { htmlText, visibleText } from '../../base/safe-text.ts'

/** Text that is markup already. */
export class Markup {
  readonly text: string

  constructor(text: string) {
    this.text = text
  }
}

export type MarkupPart = Markup | string | number | null | readonly MarkupPart[]

/** Parts that are texts are escaped, markup stands as it is, lists are joined, null is nothing. */
export function html(strings: TemplateStringsArray, ...parts: readonly MarkupPart[]): Markup {
  let text = strings[0]!
  for (const [index, part] of parts.entries()) text += textOf(part) + strings[index + 1]!
  return new Markup(text)
}

function textOf(part: MarkupPart): string {
  if (part === null) return ''
  if (part instanceof Markup) return part.text
  if (typeof part === 'number') return String(part)
  if (typeof part === 'string') return htmlText(visibleText(part))
  return part.map(textOf).join('')
}

/** What a control holds: it comes back as it was, so nothing in it may be written in another way. */
export function held(text: string): Markup {
  return new Markup(htmlText(text))
}

/** A text of several lines. */
export function lines(text: string): Markup {
  return new Markup(
    text
      .split(/\r?\n/)
      .map(line => htmlText(visibleText(line)))
      .join('\n'),
  )
}

/** A name from the logs, which must not turn the direction of what stands around it. */
export function name(text: string): Markup {
  return html`<bdi>${text}</bdi>`
}

/** Values for a script of the page, in an element that no browser runs. */
export function embeddedJson(id: string, value: unknown): Markup {
  const json = JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, character => {
    return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
  })
  return html`<script type="application/json" id="${id}">${new Markup(json)}</script>`
}
