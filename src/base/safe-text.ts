// Makes text from logs harmless for a terminal, a spreadsheet and a page. Every change stays visible.

// Of what is not ASCII: controls, line and paragraph separators, the marks that turn the direction of writing, and what
// nobody sees though a machine reads it. Joiners stay: scripts and emoji need them.
export const UNSAFE_BEYOND_ASCII =
  '\\u007f-\\u009f\\u061c\\u180e\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\ufeff\\ufff9-\\ufffb\\u{e0000}-\\u{e007f}'
// The flag of a region, such as Scotland's, is a black flag followed by invisible tag characters.
const REGION_FLAG = '\\u{1f3f4}[\\u{e0030}-\\u{e0039}\\u{e0061}-\\u{e007a}]{3,6}\\u{e007f}'
const UNSAFE = new RegExp(`${REGION_FLAG}|[\\u0000-\\u001f${UNSAFE_BEYOND_ASCII}]|\\p{Cs}`, 'gu')
// Programs look past space, and take the full-width signs of an East Asian keyboard for their own.
const FORMULA_START = /^(?:[\s\u00ad\u200b-\u200f\u2060-\u2064]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r])/

/** Controls, direction marks and invisible text written as `\x1b` or `\u202e`; all else as it is. */
export function visibleText(text: string): string {
  return text.replace(UNSAFE, found => {
    const code = found.codePointAt(0)!
    if (code === 0x1f3f4) return found
    if (found === '\n') return '\\n'
    if (found === '\r') return '\\r'
    if (found === '\t') return '\\t'
    if (code > 0xffff) return `\\u{${hex(code, 5)}}`
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
