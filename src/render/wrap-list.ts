// Lists in running text, broken into lines that fit any terminal.
import { visibleText } from '../base/safe-text.ts'
import { textWidth } from '../base/text-width.ts'

const WIDTH = 80

/** "a, b, c" after a lead, in lines that are indented by four columns. */
export function wrapList(lead: string, items: readonly string[]): string[] {
  const lines: string[] = []
  let line = visibleText(lead)
  items.forEach((item, index) => {
    const text = `${visibleText(item)}${index < items.length - 1 ? ', ' : ''}`
    const isFresh = line.trim() === ''
    if (!isFresh && textWidth(line) + textWidth(text.trimEnd()) > WIDTH) {
      lines.push(line.trimEnd())
      line = '    '
    }
    line += text
  })
  return [...lines, line.trimEnd()]
}
