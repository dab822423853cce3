// The HTML form as text: what it holds, and what it never holds. How a browser takes it stands in test/page.
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { html } from '../../src/render/html/markup.ts'
import { renderPanel } from '../../src/render/html/panel.ts'
import { renderFragment, renderHtml } from '../../src/render/html.ts'
import { makePageLinks } from '../../src/server/answers/page-links.ts'
import { CLIENTS, DATES, money, sampleReport, sampleSection } from './sample-report.ts'

const PAGE = renderHtml(sampleReport(), { columns: null })

describe('the HTML form', () => {
  test('names the hashes of its one style and its one script, and allows nothing else', () => {
    const style = /<style>([\s\S]*?)<\/style>/.exec(PAGE)![1]!
    const script = /<script>([\s\S]*?)<\/script>/.exec(PAGE)![1]!
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(PAGE)![1]!.replaceAll('&#39;', "'")
    expect(policy).toBe(
      `default-src 'none'; style-src '${hashOf(style)}'; script-src '${hashOf(script)}'; img-src data:; base-uri 'none'; form-action 'none'`,
    )
  })

  test('has no style in an attribute, no handler, and no address to load from', () => {
    const body = PAGE.slice(PAGE.indexOf('<body>'), PAGE.lastIndexOf('<script>'))
    expect(body).not.toMatch(/ style=| on[a-z]+=| src=| href=|url\(|@import/)
  })

  test('has every number of the report in its tables', () => {
    expect(PAGE).toContain('<th scope="row"><bdi>diageo</bdi></th><td class="n">$3.60</td>')
    expect(PAGE).toContain('<td class="n">1.20 M</td><td class="n bad">3</td><td class="n">2.5 s</td>')
  })

  test('has a title, a description and a legend for a chart of days', () => {
    expect(PAGE).toContain('<title id="dates-chart-wide-title">Cost by day, stacked by client</title>')
    expect(PAGE).toContain('From 2026-02-01 to 2026-02-03. Highest: $3.00 on 2026-02-03.')
    expect(PAGE).toMatch(/<ul class="legend">.*<bdi>diageo<\/bdi>.*<bdi>unilever<\/bdi>/)
  })

  test('draws weeks where there are more days than a chart can show', () => {
    const labels = Array.from({ length: 200 }, (_, day) =>
      new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10),
    )
    const { layers, ...series } = { ...DATES.series!, labels, values: labels.map(() => 1) }
    const page = renderHtml(sampleReport({ sections: [{ ...DATES, series }] }), { columns: null })
    expect(page).toContain('<h3>Cost by week</h3>')
    expect(page).toContain('Highest: $7.00 in the week of 2026-01-05.')
    expect(layers).toBeDefined()
  })

  test('keeps the layers beyond the seventh in one', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i']
    const layers = () => ({ title: 'client', layers: names.map(name => ({ name, values: [0.2, 0, 0.1] })) })
    const page = renderHtml(sampleReport({ sections: [{ ...DATES, series: { ...DATES.series!, layers } }] }), {
      columns: null,
    })
    expect(page).toContain('<bdi>g</bdi>')
    expect(page).not.toContain('<bdi>h</bdi>')
    expect(page).toContain('<bdi>2 more</bdi>')
  })

  test('keeps all digits of an amount in its data', () => {
    const rows = [['diageo', 1, 0, 10, money('1.234567890123456789'), 1, 1, 1]]
    const page = renderHtml(sampleReport({ sections: [sampleSection('Clients', rows)] }), { columns: null })
    expect(page).toContain('"1234567890123456789e-18"')
  })

  test('says what it left out by --top', () => {
    const rest = { count: 7, row: [null, 5, 0, 10, money('0.1'), 0.1, null, null], isEarlier: false }
    const page = renderHtml(sampleReport({ sections: [{ ...CLIENTS, rest }] }), { columns: null })
    expect(page).toContain('<tfoot><tr><th scope="row">7 more</th><td class="n">$0.10</td>')
  })

  test('draws what failed in the colour of errors', () => {
    const layers = () => ({
      title: 'outcome',
      layers: [
        { name: 'Ok', values: [2, 0, 1] },
        { name: 'Errors', values: [1, 0, 0], isBad: true },
      ],
    })
    const series = { ...DATES.series!, values: [3, 0, 1], layers }
    const page = renderHtml(sampleReport({ sections: [{ ...DATES, series }] }), { columns: null })
    expect(page).toMatch(/<rect class="c-bad"[^>]*\/><\/svg><bdi>Errors</)
    expect(page).toContain('<path class="c-bad"')
  })

  test('names the bars of several fields by all of them, and hours short', () => {
    const columns = CLIENTS.columns.toSpliced(1, 0, { key: 'hour', title: 'hour', kind: 'text' })
    const rows = CLIENTS.rows.map(row => row.toSpliced(1, 0, '2026-02-01T07:00:00+00:00'))
    const page = renderHtml(sampleReport({ sections: [{ ...CLIENTS, columns, rows }] }), { columns: null })
    expect(page).toContain('<span class="name"><bdi>unilever, 1 Feb 07:00</bdi></span>')
  })

  test('draws the cost of ranked rows, not their ranks', () => {
    const columns = [...CLIENTS.columns, { key: 'rank', title: 'Rank', kind: 'count' as const }]
    const rows = CLIENTS.rows.map((row, index) => [...row, index + 1])
    const section = { ...CLIENTS, columns, rows, shown: ['name', 'rank', 'cost_usd'] }
    expect(renderHtml(sampleReport({ sections: [section] }), { columns: null })).toContain('<h3>Cost by client</h3>')
  })

  test('says why there is nothing to show', () => {
    const page = renderHtml(sampleReport({ sections: [] }), { columns: null })
    expect(page).toContain('Of 81 lines read, none is in this range, passes these filters and counts in this report.')
  })

  test('holds the first 20,000 rows of a table, and says so', () => {
    const rows = Array.from({ length: 20_001 }, (_, row) => [`user${row}`, 1, 0, 1, null, 0, null, null])
    const page = renderHtml(sampleReport({ sections: [sampleSection('Users', rows)] }), { columns: null })
    expect(page).toContain('This file holds the first 20,000 of 20,001 rows; the CSV form has all of them.')
    expect(page).not.toContain('"user20000"')
  })

  test('holds fewer of them in a page that is asked for again and again, and fewest behind a chart', () => {
    const rows = Array.from({ length: 2001 }, (_, row) => [`user${row}`, 1, 0, 1, null, 0, null, null])
    const place = {
      path: '/users',
      drillPath: '/',
      basePath: '/',
      search: '',
      fileSearch: '',
      defaults: {},
      report: 'usage',
    }
    const users = sampleSection('Users', rows)
    const page = renderFragment(sampleReport({ sections: [users] }), makePageLinks(place))
    expect(page).toContain('This page holds the first 2,000 of 2,001 rows; the CSV form has all of them.')
    expect([page.includes('"user1999"'), page.includes('"user2000"')]).toEqual([true, false])
    const panel = renderPanel(users, html`<p></p>`, 'half', makePageLinks(place)).text
    expect([panel.includes('"user199"'), panel.includes('"user200"')]).toEqual([true, false])
  })

  test('escapes the texts of a template, and joins its lists', () => {
    const items = ['<b>', '"&\''].map(text => html`<li>${text}</li>`)
    expect(html`<ul>${items}${null}${2}</ul>`.text).toBe('<ul><li>&#60;b&#62;</li><li>&#34;&#38;&#39;</li>2</ul>')
  })
})

function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text).digest('base64')}`
}
