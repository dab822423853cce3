// Sentences broken into lines by columns of the terminal.
import { cutText, textWidth } from '../base/text-width.ts'

/** Lines of at most `width` columns; a word that is longer is cut. Undefined: one line. */
export function wrapText(text: string, width: number | undefined): string[] {
  return width === undefined ? [text] : joinWords(text.split(' '), width).map(line => cutText(line, width))
}

/** Lines of at most `width` columns; a word that is longer goes on in the next line. */
export function breakText(text: string, width: number): string[] {
  const words = text.split(' ').flatMap(word => splitWord(word, width))
  return joinWords(words, width)
}

function joinWords(words: readonly string[], width: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    if (line !== '' && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line]
}

function splitWord(word: string, width: number): string[] {
  const parts: string[] = []
  let rest = word
  while (textWidth(rest) > width) {
    const characters = [...rest]
    let length = 0
    let columns = 0
    while (length < characters.length && columns + textWidth(characters[length]!) <= width)
      columns += textWidth(characters[length++]!)
    parts.push(characters.slice(0, Math.max(1, length)).join(''))
    rest = characters.slice(Math.max(1, length)).join('')
  }
  return [...parts, rest]
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
