// Lists of values as people type them: commas between them, and quotes around a value that contains a comma.

/** A `!` before a value stays in front of it, also where the value is in quotes. */
const ITEM = /\s*(!?)(?:"((?:[^"]|"")*)"\s*(?=,|$)|([^,]*))/y

/** The values of `a, "b, c", "say ""hi"""`; an empty text has one empty value. Undefined where a quote is not closed. */
export function splitValues(text: string): string[] | undefined {
  const values: string[] = []
  for (let at = 0; at <= text.length; at++) {
    ITEM.lastIndex = at
    const [whole, mark, quoted, bare = ''] = ITEM.exec(text)!
    if (quoted === undefined && bare.startsWith('"')) return undefined
    values.push(mark + (quoted?.replaceAll('""', '"') ?? bare.trimEnd()))
    at += whole.length
  }
  return values
}

/** A value as `splitValues` takes it from a list: in quotes where it holds a comma or a quote. */
export function formatListed(value: string): string {
  const [mark, bare] = value.startsWith('!') ? ['!', value.slice(1)] : ['', value]
  return /[",]/.test(bare) || bare.trim() !== bare ? `${mark}"${bare.replaceAll('"', '""')}"` : value
}
