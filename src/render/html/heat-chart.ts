// Counts by two things as a field of squares, darker for more.
import { largestOf } from '../../base/lists.ts'
import { withThousands } from '../../base/thousands.ts'
import type { Section } from '../../report/model/report.ts'
import { html, type Markup } from './markup.ts'

const WIDTH = 46
const HEIGHT = 22
const GAP = 2
const LEFT = 84
const TOP = 18
const LEVELS = 4
/** Columns between two names above them. */
const NAMED = 3

export function renderHeatChart({ name, title }: Section, heat: NonNullable<Section['heat']>): Markup {
  const { rows, columns, counts } = heat
  const most = largestOf(counts.flat(), 0)
  const at = counts.findIndex(row => row.includes(most))
  const words =
    most === 0
      ? 'Nothing.'
      : `Darker for more. The most: ${withThousands(String(most))} on ${rows[at]}, ${columns[counts[at]!.indexOf(most)]}.`
  const cells = counts.flatMap((row, y) =>
    row.map((count, x) => {
      const level = most === 0 ? 0 : Math.ceil((count / most) * LEVELS)
      return html`<rect class="d${level}" x="${LEFT + x * WIDTH}" y="${TOP + y * HEIGHT}" width="${WIDTH - GAP}" height="${HEIGHT - GAP}" rx="3"><title>${rows[y]!}, ${columns[x]!}: ${withThousands(String(count))}</title></rect>`
    }),
  )
  const names = rows.map((row, y) => html`<text x="0" y="${TOP + y * HEIGHT + 14}">${row}</text>`)
  const heads = columns.map((column, x) =>
    x % NAMED === 0 ? html`<text x="${LEFT + x * WIDTH}" y="11">${column}</text>` : null,
  )
  const id = `${name}-heat`
  const [width, height] = [LEFT + columns.length * WIDTH, TOP + rows.length * HEIGHT]
  return html`<figure class="heat"><figcaption><h3 id="${id}-title">${title}</h3><p>${words}</p></figcaption>
<div class="strip" role="region" aria-labelledby="${id}-title" tabindex="0"><svg viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${words}"><g class="axis">${names}${heads}</g><g class="cells">${cells}</g></svg></div></figure>
`
}
