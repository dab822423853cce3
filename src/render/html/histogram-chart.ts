// Counts by value as bars, one below the other.
import { largestOf } from '../../base/lists.ts'
import { withThousands } from '../../base/thousands.ts'
import type { HistogramBar, Section } from '../../report/model/report.ts'
import { formatCell } from '../cell/format-cell.ts'
import { html, type Markup, name } from './markup.ts'

const NO_MONEY = { currency: '', moneyDigits: 0 }
const MOST_STARS = 5

function renderStars(stars: number): Markup {
  return html`<span class="stars" role="img" aria-label="${stars} of ${MOST_STARS} stars">${'★'.repeat(stars)}<span>${'★'.repeat(MOST_STARS - stars)}</span></span>`
}

export function renderHistogramChart(section: Section, bars: readonly HistogramBar[]): Markup {
  const total = bars.reduce((sum, { count }) => sum + count, 0)
  const most = largestOf(
    bars.map(({ count }) => count),
    1,
  )
  const items = bars.map(
    ({
      label,
      count,
      stars,
    }) => html`<li><span class="name">${stars === undefined ? name(label) : renderStars(stars)}</span>
<svg aria-hidden="true"><rect class="c0" width="${((count / most) * 100).toFixed(1)}%" height="100%" rx="3"/></svg>
<span class="value">${withThousands(String(count))}</span><span class="share">${total === 0 ? '' : formatCell(count / total, 'share', NO_MONEY)}</span></li>`,
  )
  return html`<figure class="bars shared"><figcaption><h3>${section.title}</h3><p>${withThousands(String(total))} in all.</p></figcaption>
<ol>${items}</ol></figure>
`
}
