// A panel of a page: a chart, the table behind it, and the same numbers as files.
import type { Section } from '../../report/model/report.ts'
import { html, type Markup } from './markup.ts'
import type { PageLinks } from './page-links.ts'
import { renderSectionTable } from './section-table.ts'

/** Behind a chart. The page of the report has more, and the CSV form all. */
const ROWS_BEHIND = 200

/** How many of the six columns of a page it takes. */
export type PanelWidth = 'full' | 'half' | 'third'

export function renderPanel(
  section: Section,
  chart: Markup,
  width: PanelWidth,
  links: PageLinks,
  table: Section | null = section,
): Markup {
  const files = (['csv', 'json', 'html'] as const).map(
    form =>
      html`<a href="${links.file(section.name, form)}"${form === 'html' ? html` title="As one file, to send to somebody"` : null}>${form === 'html' ? 'Page to send' : form.toUpperCase()}<span class="unseen"> of ${section.title.toLowerCase()}</span></a>`,
  )
  const behind =
    table === null
      ? null
      : html`<details class="behind"><summary>Table<span class="unseen"> of ${table.title.toLowerCase()}</span></summary>${renderSectionTable(table, null, links, ROWS_BEHIND)}</details>`
  return html`<section class="panel ${width}" id="panel-${section.name}">${chart}<div class="panel-foot">${behind}<p class="files">${files}</p></div></section>
`
}
