// Sentences broken into lines by columns of the terminal.
import { cutText, textWidth } from '../base/text-width.ts'

/** Lines of at most `width` columns; a word that is longer is cut. Undefined: one line. */
export function wrapText(text: string, width: number | undefined): string[] {
  if (width === undefined) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map(part => cutText(part, width))
}

/** Parts side by side, `gap` between them, as many a line as there is room for. */
export function flowParts<Part extends { readonly width: number }>(
  parts: readonly Part[],
  gap: number,
  width: number | undefined,
): Part[][] {
  const lines: Part[][] = []
  let used = 0
  for (const part of parts) {
    const isSameLine = lines.length > 0 && (width === undefined || used + gap + part.width <= width)
    if (isSameLine) lines.at(-1)!.push(part)
    else lines.push([part])
    used = isSameLine ? used + gap + part.width : part.width
  }
  return lines
}
