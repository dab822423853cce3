// The dashboard as a page of a server: what matters most is largest, everything leads on.
import type { Report, Section, Series } from '../../report/model/report.ts'
import { describeLedger, hasNothing } from '../cell/describe-ledger.ts'
import { renderBarChart } from './bar-chart.ts'
import { renderNumbers } from './cards.ts'
import { durationColumns, renderDurationLines } from './duration-charts.ts'
import { renderHeatChart } from './heat-chart.ts'
import { renderHistogramChart } from './histogram-chart.ts'
import { html, type Markup, name } from './markup.ts'
import { renderNothing } from './nothing.ts'
import type { PageLinks } from './page-links.ts'
import { type PanelWidth, renderPanel } from './panel.ts'
import { renderStackChart } from './stack-chart.ts'

const METRICS = ['cost', 'requests', 'tokens', 'errors', 'latency']
const STACKS = ['client', 'model', 'profile', 'user']

export function renderDashboard(report: Report, links: PageLinks): string {
  const { sections } = report
  const find = (wanted: string) => sections.find(section => section.name === wanted && section.rows.length > 0)
  const bars = (wanted: string, width: PanelWidth = 'third') => {
    const section = find(wanted)
    const chart = section && renderBarChart(section, { links, leastRows: 1 })
    return section === undefined || !chart ? null : renderPanel(section, chart, width, links)
  }
  const buckets = find('buckets')
  const ratings = find('ratings')
  const hours = find('hours')
  return html`${renderNumbers(report, links)}
${
  hasNothing(sections, report.ledger)
    ? renderNothing(report)
    : html`<div class="panels">${buckets === undefined ? null : [renderMain(buckets, links), renderOutcome(buckets), renderLatency(buckets)]}
${['clients', 'models', 'features', 'users', 'profiles', 'countries', 'codes', 'severities'].map(one => bars(one))}
${ratings?.histogram === undefined ? null : renderPanel(ratings, renderHistogramChart(ratings, ratings.histogram), 'third', links, null)}
${hours?.heat === undefined ? null : renderPanel(hours, renderHeatChart(hours, hours.heat), 'full', links)}</div>`
}
<p class="ledger">${name(describeLedger(report))}</p>`.text
}

function renderMain(section: Section, links: PageLinks): Markup {
  const durations = links.metric === 'latency' ? durationColumns(section) : null
  const chart =
    durations !== null
      ? renderDurationLines(section, durations)
      : section.series === null
        ? html``
        : renderStackChart(section, section.series)
  const choice = (label: string, parameter: string, values: readonly string[], current: string) => {
    const items = values.map(value => {
      const mark = value === current ? html` aria-current="true"` : null
      const word = `${value[0]!.toUpperCase()}${value.slice(1)}`
      return html`<li><a href="${links.view({ [parameter]: value })}"${mark}>${word}</a></li>`
    })
    return html`<nav class="choice" aria-label="${label}"><span aria-hidden="true">${label}</span><ul>${items}</ul></nav>`
  }
  const stack = links.metric === 'latency' ? null : choice('Stacked by', 'stack-by', STACKS, links.stackBy)
  const head = html`<div class="panel-head">${choice('Metric', 'metric', METRICS, links.metric)}${stack}</div>`
  return renderPanel(section, html`${head}${chart}`, 'full', links)
}

// Requests that went well and those that did not, one above the other.
function renderOutcome(section: Section): Markup | null {
  const at = section.columns.findIndex(({ key }) => key === 'requests' || key === 'analyses')
  const layers = ['ok', 'errors'].map(key => columnOf(section, key))
  const { title, kind } = section.columns[at]!
  const series: Series = {
    title,
    kind,
    labels: section.rows.map(row => String(row[0])),
    values: valuesAt(section, at),
    layers: () => ({ title: 'outcome', layers }),
  }
  return html`<section class="panel half">${renderStackChart({ ...section, name: 'outcome' }, series, 'half')}</section>
`
}

function columnOf(section: Section, key: string) {
  const at = section.columns.findIndex(column => column.key === key)
  const label = key === 'errors' ? 'Failed' : section.columns[at]!.title
  return { name: label, values: valuesAt(section, at), isBad: key === 'errors' }
}

function valuesAt({ rows }: Section, at: number): number[] {
  return Array.from(rows, row => Number(row[at] ?? 0))
}

function renderLatency(section: Section): Markup | null {
  const durations = durationColumns(section)
  return durations === null
    ? null
    : html`<section class="panel half">${renderDurationLines({ ...section, name: 'latency' }, durations, 'half')}</section>
`
}
