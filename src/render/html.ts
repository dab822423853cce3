// The report as one page in one file: cards, charts, tables. It needs no network, and can be read without its script.
import type { Report, Section } from '../report/model/report.ts'
import { chooseSections } from './cell/choose-columns.ts'
import { describeLedger, hasNothing } from './cell/describe-ledger.ts'
import { renderBarChart } from './html/bar-chart.ts'
import { renderCalendarChart } from './html/calendar-chart.ts'
import { renderNumbers, renderTop } from './html/cards.ts'
import { durationColumns, renderDurationLines, renderDurationSpans } from './html/duration-charts.ts'
import { renderHead } from './html/head.ts'
import { renderHeatChart } from './html/heat-chart.ts'
import { renderHistogramChart } from './html/histogram-chart.ts'
import { html, type Markup, name } from './html/markup.ts'
import { renderNothing } from './html/nothing.ts'
import type { PageLinks } from './html/page-links.ts'
import { renderPanel } from './html/panel.ts'
import { isWideTable, renderSectionTable } from './html/section-table.ts'
import { renderStackChart } from './html/stack-chart.ts'
import { renderWaterfallChart } from './html/waterfall-chart.ts'

/** A page of fewer tables is seen at a glance. */
const LEAST_LISTED = 3

export interface HtmlOptions {
  readonly columns: readonly string[] | null
}

export function renderHtml(report: Report, options: HtmlOptions): string {
  const sections = report.sections.filter(section => section.name !== 'summary' && section.rows.length > 0)
  const tables = chooseSections(report, options.columns).filter(section => sections.includes(section))
  const title = [report.title, report.period.label].filter(text => text !== '').join(', ')
  const { head, script } = renderHead(title)
  const page = html`<!doctype html>
<html lang="en">${head}
<body><main>
${renderTop(report)}${hasNothing(report.sections, report.ledger) ? renderNothing(report) : null}${renderContents(tables)}${renderCharts(sections)}<div class="tables">
${tables.map(section => renderSection(section, options))}</div>
</main>
<footer><p>${name(describeLedger(report))}</p><p>Made by usagebook${madeAt(report)}.</p></footer>
${script}</body></html>
`
  return page.text
}

/** What a page of a server shows of a report: all of it but what stands around it. */
export function renderFragment(report: Report, links: PageLinks): string {
  const sections = report.sections.filter(section => section.name !== 'summary' && section.rows.length > 0)
  const overTime = sections.flatMap(renderTimeCharts).map(chart => html`<section class="panel full">${chart}</section>`)
  // Their tables have bars in them.
  const panels = sections.map(section => {
    const isDrawn = [section.histogram, section.heat, section.calendar].some(drawing => drawing !== undefined)
    const chart = isDrawn ? renderGroupChart(section) : null
    const table = html`<h3>${section.title}</h3>${renderSectionTable(section, null, links)}`
    const isWide = isWideTable(section, null) || section.heat !== undefined
    return chart === null
      ? renderPanel(section, table, isWide ? 'full' : 'half', links, null)
      : renderPanel(section, chart, isWide ? 'full' : 'half', links)
  })
  return html`${renderNumbers(report, links)}${hasNothing(report.sections, report.ledger) ? renderNothing(report) : null}
<div class="panels">${overTime}${panels}</div>
<p class="ledger">${name(describeLedger(report))}</p>`.text
}

// The way to each table of a long page.
function renderContents(tables: readonly Section[]): Markup | null {
  if (tables.length < LEAST_LISTED) return null
  const links = tables.map(({ name: id, title }) => html`<li><a href="#${id}">${title}</a></li>`)
  return html`<nav class="contents" aria-label="Contents"><ul>${links}</ul></nav>`
}

// Over time first, in the width of the page; then what stands side by side.
function renderCharts(sections: readonly Section[]): Markup | null {
  const overTime = sections.flatMap(renderTimeCharts)
  const groups = sections.filter(section => section.series === null || section.calendar !== undefined)
  const bars = groups.map(renderGroupChart).filter(chart => chart !== null)
  const spans = spanned(groups).map(section => renderDurationSpans(section, durationColumns(section)!))
  if (overTime.length + bars.length + spans.length === 0) return null
  return html`<section aria-labelledby="charts"><h2 id="charts">At a glance</h2>
${overTime}<div class="grid">${bars}${spans}</div></section>
`
}

// All groups of a report about durations, but only the last, the models say, where bars show the groups already.
function spanned(groups: readonly Section[]): readonly Section[] {
  const timed = groups.filter(section => durationColumns(section) !== null)
  return timed.some(section => section.barKey !== null) ? timed.slice(-1) : timed
}

// Columns for what adds up, and lines for how long things took.
function renderTimeCharts(section: Section): Markup[] {
  const { series, waterfall } = section
  if (waterfall !== undefined) return [renderWaterfallChart(section, waterfall)]
  if (series === null || series.values.length < 2) return []
  const durations = isInOrder(section) ? durationColumns(section) : null
  const lines = durations === null ? [] : [renderDurationLines(section, durations)]
  return series.kind === 'duration' && lines.length > 0 ? lines : [renderStackChart(section, series), ...lines]
}

function renderGroupChart(section: Section): Markup | null {
  if (section.calendar !== undefined) return renderCalendarChart(section, section.calendar)
  if (section.heat !== undefined) return renderHeatChart(section, section.heat)
  return section.histogram === undefined ? renderBarChart(section) : renderHistogramChart(section, section.histogram)
}

// Whether the rows are those of the series, and have not been sorted by something else.
function isInOrder({ rows, series }: Section): boolean {
  const labels = series?.labels.slice(-rows.length)
  return [...rows].every((row, index) => row[0] === labels?.[index])
}

function renderSection(section: Section, { columns }: HtmlOptions): Markup {
  return html`<section class="${isWideTable(section, columns) ? 'wide' : 'half'}" aria-labelledby="${section.name}"><h2 id="${section.name}">${section.title}</h2>
${renderSectionTable(section, columns)}</section>
`
}

function madeAt(report: Report): string {
  const { generatedAt } = report.document
  return typeof generatedAt === 'string' ? ` on ${generatedAt.replace(/^(.{10})T(.{5}).*$/, '$1 at $2')} UTC` : ''
}
