// Counts by value as bars, one below the other.
import { largestOf } from '../../base/lists.ts'
import { withThousands } from '../../base/thousands.ts'
import type { HistogramBar, Section } from '../../report/model/report.ts'
import { html, type Markup, name } from './markup.ts'

export function renderHistogramChart(section: Section, bars: readonly HistogramBar[]): Markup {
  const total = bars.reduce((sum, { count }) => sum + count, 0)
  const most = largestOf(
    bars.map(({ count }) => count),
    1,
  )
  const items = bars.map(
    ({ label, count }) => html`<li><span class="name">${name(label)}</span>
<svg aria-hidden="true"><rect class="c0" width="${((count / most) * 100).toFixed(1)}%" height="100%" rx="3"/></svg>
<span class="value">${withThousands(String(count))}</span></li>`,
  )
  return html`<figure class="bars"><figcaption><h3>${section.title}</h3><p>${withThousands(String(total))} in all.</p></figcaption>
<ol>${items}</ol></figure>
`
}
