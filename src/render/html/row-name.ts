// What a bar or a span of a chart is called: all names of its row, times short.
import type { Cell, Section } from '../../report/model/report.ts'
import { NO_NAME } from '../cell/format-cell.ts'
import { type Markup, name } from './markup.ts'
import { shortLabel } from './time-buckets.ts'

export function rowName({ columns }: Section, row: readonly Cell[]): Markup {
  const end = columns.findIndex(({ kind }) => kind !== 'text')
  return name(
    row
      .slice(0, end)
      .map(cell => (cell === null ? NO_NAME : labelOf(String(cell))))
      .join(', '),
  )
}

// A day stays as it is: the year may matter.
function labelOf(text: string): string {
  return text.includes('T') ? shortLabel(text) : text
}
