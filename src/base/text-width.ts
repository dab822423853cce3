// How many terminal columns a text takes, and cutting and padding by columns.

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f/u
const ZERO_WIDTH = /^(?:\p{Mn}|\p{Me}|\p{Cf})+$/u
// One column each, and none joins with another: Latin, dashes and quotes, box drawing and blocks. Loading the rules for all
// other text takes longer than laying out a report.
const PLAIN = /^[\u0020-\u007e\u00a0-\u00ac\u00ae-\u02ff\u2010-\u2027\u2030-\u205e\u2500-\u25fc]*$/

/** Columns of a text without control characters or colour codes. */
export function textWidth(text: string): number {
  if (PLAIN.test(text)) return text.length
  let width = 0
  for (const { segment } of graphemesOf(text)) width += graphemeWidth(segment)
  return width
}

/** At most `width` columns; what is cut ends in `ellipsis` (one column). */
export function cutText(text: string, width: number, ellipsis = '…'): string {
  // Of a text much longer than the room only the beginning is looked at: each step of a segmenter costs as much as its text
  // is long. It also bounds what marks without width can add.
  const looked = Math.max(0, width) * 16 + 64
  if (text.length <= looked && textWidth(text) <= width) return text
  if (width <= 0) return ''
  if (PLAIN.test(text.slice(0, looked))) return text.slice(0, width - 1) + ellipsis
  let kept = ''
  let used = 0
  for (const { segment } of graphemesOf(text.slice(0, looked))) {
    const next = graphemeWidth(segment)
    if (used + next > width - 1) break
    kept += segment
    used += next
  }
  return kept + ellipsis
}

export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)))
}

export function padStart(text: string, width: number): string {
  return ' '.repeat(Math.max(0, width - textWidth(text))) + text
}

function graphemesOf(text: string): Intl.Segments {
  return new Intl.Segmenter('en', { granularity: 'grapheme' }).segment(text)
}

function graphemeWidth(grapheme: string): number {
  if (PLAIN.test(grapheme)) return grapheme.length
  if (ZERO_WIDTH.test(grapheme)) return 0
  return WIDE.test(grapheme) ? 2 : 1
}
