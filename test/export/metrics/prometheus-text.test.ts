import { expect, test } from 'vitest'
import { makeDecimal } from '../../../src/base/decimal.ts'
import { carryOn } from '../../../src/export/metrics/carried-counters.ts'
import { embeddedMetrics } from '../../../src/export/metrics/embedded-metrics.ts'
import type { MetricFamily } from '../../../src/export/metrics/metric.ts'
import { formOfAccept, prometheusText } from '../../../src/export/metrics/prometheus-text.ts'

const FAMILIES: readonly MetricFamily[] = [
  {
    name: 'usagebook_cost_usd',
    help: 'Cost\nin \\ dollars.',
    type: 'counter',
    samples: [
      {
        labels: [
          ['client', 'a "b"\\\n'],
          ['model', ''],
        ],
        value: makeDecimal(1230000000001n, 12),
      },
      {
        labels: [
          ['client', 'unilever'],
          ['model', 'gpt-5'],
        ],
        value: 12345678901234567890n,
      },
    ],
  },
  {
    name: 'usagebook_duration_seconds',
    help: 'How long.',
    type: 'histogram',
    unit: 'seconds',
    bounds: [0.5, 1],
    samples: [{ labels: [['client', 'diageo']], counts: [1n, 2n], sum: makeDecimal(15n, 1), count: 3n }],
  },
  { name: 'usagebook_alert_firing', help: 'Nothing.', type: 'gauge', samples: [] },
]

test('the classic text', () => {
  expect(prometheusText(FAMILIES, 'classic')).toBe(`# HELP usagebook_cost_usd_total Cost\\nin \\\\ dollars.
# TYPE usagebook_cost_usd_total counter
usagebook_cost_usd_total{client="a \\"b\\"\\\\\\n"} 1.230000000001
usagebook_cost_usd_total{client="unilever",model="gpt-5"} 12345678901234567890
# HELP usagebook_duration_seconds How long.
# TYPE usagebook_duration_seconds histogram
usagebook_duration_seconds_bucket{client="diageo",le="0.5"} 1
usagebook_duration_seconds_bucket{client="diageo",le="1.0"} 2
usagebook_duration_seconds_bucket{client="diageo",le="+Inf"} 3
usagebook_duration_seconds_sum{client="diageo"} 1.5
usagebook_duration_seconds_count{client="diageo"} 3
`)
})

test('OpenMetrics names the family without its ending, and ends with EOF', () => {
  const lines = prometheusText(FAMILIES, 'openmetrics').split('\n')
  expect(lines.slice(0, 2)).toEqual([
    '# HELP usagebook_cost_usd Cost\\nin \\\\ dollars.',
    '# TYPE usagebook_cost_usd counter',
  ])
  expect(lines).toContain('# UNIT usagebook_duration_seconds seconds')
  expect(lines.slice(-2)).toEqual(['# EOF', ''])
})

test.each([
  [undefined, 'classic'],
  ['*/*', 'classic'],
  ['text/plain;version=0.0.4', 'classic'],
  ['application/openmetrics-text;version=1.0.0,text/plain;q=0.5', 'openmetrics'],
])('who accepts %s gets %s', (accept, form) => {
  expect(formOfAccept(accept)).toBe(form)
})

test('a line of the embedded format holds all numbers of its labels', () => {
  const lines = embeddedMetrics(FAMILIES, 1000).trimEnd().split('\n')
  expect(lines.length).toBe(3)
  expect(JSON.parse(lines[0]!)).toEqual({
    _aws: {
      Timestamp: 1000,
      CloudWatchMetrics: [
        {
          Namespace: 'usagebook',
          Dimensions: [['client', 'model']],
          Metrics: [{ Name: 'usagebook_cost_usd', Unit: 'None' }],
        },
      ],
    },
    client: 'a "b"\\\n',
    model: 'none',
    usagebook_cost_usd: 1.230000000001,
  })
})

test('a counter goes on where what it counted was removed, and stands still where something was not read', () => {
  const step = (value: bigint, before: Parameters<typeof carryOn>[1], isWhole = true) =>
    carryOn(new Map([['a', value]]), before, isWhole)
  const first = step(10n, {})
  const pruned = step(4n, first.counters)
  const more = step(6n, pruned.counters)
  const unread = step(1n, more.counters, false)
  const again = step(7n, unread.counters)
  const gone = carryOn(new Map(), again.counters, true)
  expect([first, pruned, more, unread, again, gone].map(one => one.valueOf('a'))).toEqual([
    10n,
    10n,
    12n,
    12n,
    13n,
    13n,
  ])
})
