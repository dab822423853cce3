// The report as one page in one file: cards, charts, tables. It needs no network, and can be read without its script.
import type { Report, Section } from '../report/report.ts'
import { describeLedger } from './describe-ledger.ts'
import { renderBarChart } from './html/bar-chart.ts'
import { renderCalendarChart } from './html/calendar-chart.ts'
import { renderTop } from './html/cards.ts'
import { durationColumns, renderDurationLines, renderDurationSpans } from './html/duration-charts.ts'
import { renderHead } from './html/head.ts'
import { renderHistogramChart } from './html/histogram-chart.ts'
import { html, type Markup, name } from './html/markup.ts'
import { renderSectionTable } from './html/section-table.ts'
import { renderStackChart } from './html/stack-chart.ts'

export interface HtmlOptions {
  readonly columns: readonly string[] | null
}

export function renderHtml(report: Report, options: HtmlOptions): string {
  const sections = report.sections.filter(section => section.name !== 'summary' && section.rows.length > 0)
  const title = [report.title, report.period.label].filter(text => text !== '').join(', ')
  const { head, script } = renderHead(title)
  const page = html`<!doctype html>
<html lang="en">${head}
<body><main>
${renderTop(report)}${renderCharts(sections)}${sections.map(section => renderSection(section, options))}
</main>
<footer><p>${name(describeLedger(report))}</p><p>Made by usagebook${madeAt(report)}.</p></footer>
${script}</body></html>
`
  return page.text
}

// Over time first, in the width of the page; then what stands side by side.
function renderCharts(sections: readonly Section[]): Markup | null {
  const overTime = sections.flatMap(renderTimeCharts)
  const groups = sections.filter(section => section.series === null || section.calendar !== undefined)
  const bars = groups.map(renderGroupChart).filter(chart => chart !== null)
  const timed = groups.findLast(section => durationColumns(section) !== null)
  const spans = timed === undefined ? [] : [renderDurationSpans(timed, durationColumns(timed)!)]
  if (overTime.length + bars.length + spans.length === 0) return null
  return html`<section aria-labelledby="charts"><h2 id="charts">At a glance</h2>
${overTime}<div class="grid">${bars}${spans}</div></section>
`
}

// Columns for what adds up, and lines for how long things took.
function renderTimeCharts(section: Section): Markup[] {
  const { series } = section
  if (series === null || series.values.length < 2) return []
  const durations = isInOrder(section) ? durationColumns(section) : null
  const lines = durations === null ? [] : [renderDurationLines(section, durations)]
  return series.kind === 'duration' && lines.length > 0 ? lines : [renderStackChart(section, series), ...lines]
}

function renderGroupChart(section: Section): Markup | null {
  if (section.calendar !== undefined) return renderCalendarChart(section, section.calendar)
  return section.histogram === undefined ? renderBarChart(section) : renderHistogramChart(section, section.histogram)
}

// Whether the rows are those of the series, and have not been sorted by something else.
function isInOrder({ rows, series }: Section): boolean {
  const labels = series?.labels.slice(-rows.length)
  return rows.every((row, index) => row[0] === labels?.[index])
}

function renderSection(section: Section, { columns }: HtmlOptions): Markup {
  return html`<section aria-labelledby="${section.name}"><h2 id="${section.name}">${section.title}</h2>
${renderSectionTable(section, columns)}</section>
`
}

function madeAt(report: Report): string {
  const { generatedAt } = report.document
  return typeof generatedAt === 'string' ? ` on ${generatedAt.replace(/^(.{10})T(.{5}).*$/, '$1 at $2')} UTC` : ''
}
