// Text from logs made harmless for a terminal, a spreadsheet and a page. What was changed stays visible.

// Controls, line and paragraph separators, and the marks that turn the direction of writing.
const UNSAFE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]|\p{Cs}/gu
const FORMULA_START = /^[=+\-@\t\r]/

/** Controls and direction marks written as `\x1b` or `\u202e`; all else as it is. */
export function visibleText(text: string): string {
  return text.replace(UNSAFE, character => {
    const code = character.charCodeAt(0)
    if (character === '\n') return '\\n'
    if (character === '\r') return '\\r'
    if (character === '\t') return '\\t'
    return code < 0x100 ? `\\x${hex(code, 2)}` : `\\u${hex(code, 4)}`
  })
}

/** For a text cell: what a spreadsheet would run as a formula gets an apostrophe in front. */
export function spreadsheetText(text: string): string {
  return FORMULA_START.test(text) ? `'${text}` : text
}

/** For text and attribute values of HTML. */
export function htmlText(text: string): string {
  return text.replace(/[&<>"'`]/g, character => `&#${character.charCodeAt(0)};`)
}

/** For a Markdown table cell or paragraph: markup and bars escaped, one line. What reads well bare stays bare. */
export function markdownText(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_[\]|~]/g, '\\$&')
    .replace(/[<>&]/g, character => MARKDOWN_ENTITIES[character]!)
    .replace(/^[-+#=]/, '\\$&')
    .replace(/^(\d+)([.)])(?=\s|$)/, '$1\\$2')
}

const MARKDOWN_ENTITIES: Readonly<Record<string, string>> = { '<': '&lt;', '>': '&gt;', '&': '&amp;' }

function hex(code: number, width: number): string {
  return code.toString(16).padStart(width, '0')
}
