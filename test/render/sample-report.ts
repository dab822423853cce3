// A small report for tests of renderers: two clients over three days, and whatever a test puts in its place.

import { parseDay } from '../../src/base/calendar.ts'
import { parseDecimal } from '../../src/base/decimal.ts'
import { emptyLedger } from '../../src/query/ledger.ts'
import type { Cell, Column, Report, Section } from '../../src/report/model/report.ts'

export const money = (text: string) => parseDecimal(text)!

const MEASURES: readonly Column[] = [
  { key: 'analyses', title: 'Analyses', kind: 'count' },
  { key: 'errors', title: 'Errors', kind: 'count' },
  { key: 'total_tokens', title: 'Tokens', kind: 'tokens' },
  { key: 'cost_usd', title: 'Cost', kind: 'money' },
  { key: 'share', title: 'Share', kind: 'share' },
  { key: 'mean_duration_ms', title: 'Mean', kind: 'duration' },
  { key: 'p95_duration_ms', title: 'p95', kind: 'duration' },
]

/** Rows: name, analyses, errors, tokens, cost, share, mean, p95. */
export function sampleSection(title: string, rows: readonly (readonly Cell[])[], more: Partial<Section> = {}): Section {
  const name = title.toLowerCase()
  return {
    name,
    rowName: name.replace(/s$/, ''),
    title,
    columns: [{ key: 'name', title, kind: 'text' }, ...MEASURES],
    rows,
    objects: rows.map(row => ({ name: row[0] as string, analyses: row[1] as number })),
    shown: ['name', 'cost_usd', 'share', 'analyses', 'total_tokens', 'errors', 'p95_duration_ms', 'mean_duration_ms'],
    optional: [],
    barKey: 'share',
    series: null,
    rest: null,
    ...more,
  }
}

export const CLIENTS = sampleSection('Clients', [
  ['diageo', 60, 3, 1_200_000, money('3.6'), 0.75, 900, 2500],
  ['unilever', 20, 0, 400_000, money('1.2'), 0.25, 700, 1800],
])

export const DATES = sampleSection(
  'Dates',
  [
    ['2026-02-01', 30, 1, 600_000, money('1.8'), 0.375, 800, 2400],
    ['2026-02-02', 0, 0, 0, money('0'), 0, null, null],
    ['2026-02-03', 50, 2, 1_000_000, money('3'), 0.625, 850, 2500],
  ],
  {
    series: {
      title: 'Cost',
      kind: 'money',
      labels: ['2026-02-01', '2026-02-02', '2026-02-03'],
      values: [1.8, 0, 3],
      layers: () => ({
        title: 'client',
        layers: [
          { name: 'diageo', values: [1.2, 0, 2.4] },
          { name: 'unilever', values: [0.6, 0, 0.6] },
        ],
      }),
    },
  },
)

export function sampleReport(more: Partial<Report> = {}): Report {
  return {
    title: 'Usage',
    period: {
      from: null,
      to: null,
      timezone: 'UTC',
      label: 'all, 1 to 3 February 2026',
      firstDay: parseDay('2026-02-01')!,
      lastDay: parseDay('2026-02-03')!,
    },
    compared: null,
    filters: [],
    headlines: [
      { label: 'cost', value: money('4.8'), kind: 'money' },
      { label: 'analyses', value: 80, kind: 'count' },
      { label: 'errors', value: 0.0375, kind: 'share' },
    ],
    facts: ['2 clients', '3 users'],
    sections: [CLIENTS, DATES],
    ledger: { ...emptyLedger(), files: 3, read: 81, used: 80, rejected: 1, rejectedBy: { 'not-json': 1 } },
    unpricedAnalyses: 0,
    notes: [{ kind: 'warning', text: '1 line was rejected of 81 read.', hint: 'See it with --rejects FILE.' }],
    currency: 'USD',
    priceSource: 'built-in',
    document: { generatedAt: '2026-02-03T08:00:00Z' },
    ...more,
  }
}
