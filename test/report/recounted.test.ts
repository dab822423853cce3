// What reports count, counted again line by line from what their words mean: events are all lines used, analyses are usage
// events, requests are events of the kind request.
import { beforeEach, expect, test } from 'vitest'
import { report as clients } from '../../src/report/clients-report.ts'
import { report as countries } from '../../src/report/countries-report.ts'
import { dashboardDefinition } from '../../src/report/dashboard-report.ts'
import { report as features } from '../../src/report/features-report.ts'
import { report as latency } from '../../src/report/latency-report.ts'
import type { ReportDefinition } from '../../src/report/model/report-definition.ts'
import { report as models } from '../../src/report/models-report.ts'
import { report as sessions } from '../../src/report/session/sessions-report.ts'
import { report as trends } from '../../src/report/trends-report.ts'
import { SEED } from '../fixed-seed.ts'
import { documentOf, makeFolder, reportOf } from '../support/logs.ts'

interface Line {
  readonly [field: string]: string | number | boolean | undefined
}

const DAYS = ['2026-03-01', '2026-03-02', '2026-03-03', '2026-03-04']
const NOW_DAYS = DAYS.slice(2)

let lines: Line[]
let random: () => number

beforeEach(() => {
  let state = SEED + 1
  random = () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
  lines = Array.from({ length: 120 }, randomLine)
})

function pick<T>(...values: readonly T[]): T {
  return values[Math.floor(random() * values.length)]!
}

function randomLine(): Line {
  const event = pick(undefined, 'analysis', 'request', 'custom', 'user_query')
  const hour = String(Math.floor(random() * 24)).padStart(2, '0')
  return {
    timestamp: `${pick(...DAYS)}T${hour}:${pick('05', '35')}:00Z`,
    event,
    user: pick('anna', 'ben', undefined),
    client: pick('diageo', 'unilever', undefined),
    session: pick('s1', 's2', 's3', 's4', 's5'),
    feature: pick('brand', 'copy', undefined),
    country: pick('GB', 'FR', undefined),
    model: event === 'request' ? undefined : pick('house-1', 'house-2', undefined),
    output_tokens: event === undefined || random() < 0.2 ? Math.floor(random() * 50) + 1 : undefined,
    cost_usd: random() < 0.2 ? Math.floor(random() * 9) + 1 : undefined,
    status_code: pick(undefined, 200, 429, 500),
    duration_ms: pick(undefined, 10, 20, 3000),
  }
}

async function documentOfReport(report: ReportDefinition, some = lines) {
  const folder = makeFolder({ 'all.jsonl': some.map(line => JSON.stringify(line)).join('\n') })
  const range = { startDate: NOW_DAYS[0]!, endDate: NOW_DAYS.at(-1)! }
  return documentOf(await reportOf(folder, { report, days: range }))
}

const kindOf = ({ event }: Line) => event ?? 'analysis'
const isUsage = (line: Line) =>
  kindOf(line) === 'analysis' || line.output_tokens !== undefined || line.cost_usd !== undefined
const isRequest = (line: Line) => kindOf(line) === 'request'
const isError = ({ status_code }: Line) => Number(status_code ?? 0) >= 400
const isNow = ({ timestamp }: Line) => NOW_DAYS.includes(String(timestamp).slice(0, 10))
const count = (some: readonly Line[]) => some.length
const share = (part: number, whole: number) => (whole === 0 ? null : Math.round((part / whole) * 1e4) / 1e4)

function distinct(some: readonly Line[], field: string): number {
  return new Set(some.map(line => line[field]).filter(value => value !== undefined)).size
}

/** Groups by a field, no value as null. */
function by(some: readonly Line[], field: string): [string | null, Line[]][] {
  const names = [...new Set(some.map(line => line[field] ?? null))] as (string | null)[]
  return names.map(name => [name, some.filter(line => (line[field] ?? null) === name)])
}

/** Rows in any order, of the fields that are counted here. */
function rowsOf(rows: readonly Record<string, unknown>[], ...keys: readonly string[]) {
  return new Set(rows.map(row => JSON.stringify(keys.map(key => row[key]))))
}

const seeded = (name: string) => `${name} (SEED=${SEED})`

test(seeded('models and clients count analyses, also under their old name'), async () => {
  const analyses = lines.filter(isNow).filter(isUsage)
  for (const [report, key, field] of [
    [models, 'byModel', 'model'],
    [clients, 'clients', 'client'],
  ] as const) {
    const document = await documentOfReport(report)
    const expected = by(analyses, field).map(([name, some]) =>
      JSON.stringify([
        name,
        count(some),
        count(some),
        count(some.filter(isError)),
        share(count(some), count(analyses)),
      ]),
    )
    expect(rowsOf(document[key], field, 'analyses', 'requests', 'errors', 'share')).toEqual(new Set(expected))
  }
})

test(seeded('features count analyses that name one'), async () => {
  const { features: rows } = await documentOfReport(features)
  const analyses = lines.filter(isNow).filter(isUsage)
  const named = analyses.filter(({ feature }) => feature !== undefined)
  const expected = by(named, 'feature').map(([name, some]) =>
    JSON.stringify([
      name,
      count(some),
      count(some),
      share(count(some), count(named)),
      distinct(some, 'user'),
      share(distinct(some, 'user'), distinct(analyses, 'user')),
    ]),
  )
  expect(rowsOf(rows, 'feature', 'analyses', 'uses', 'share', 'users', 'adoption')).toEqual(new Set(expected))
})

test(seeded('latency and countries count events: analyses and requests'), async () => {
  const events = lines.filter(isNow).filter(line => isUsage(line) || isRequest(line))
  const timed = events.filter(line => line.duration_ms !== undefined)
  const { byClient, summary } = await documentOfReport(latency)
  expect([summary.events, summary.requests]).toEqual([count(timed), count(timed)])
  expect(rowsOf(byClient, 'client', 'events', 'requests')).toEqual(
    new Set(by(timed, 'client').map(([name, some]) => JSON.stringify([name, count(some), count(some)]))),
  )
  const { countries: rows } = await documentOfReport(countries)
  expect(rowsOf(rows, 'country', 'events', 'requests', 'users', 'share')).toEqual(
    new Set(
      by(events, 'country').map(([name, some]) =>
        JSON.stringify([name, count(some), count(some), distinct(some, 'user'), share(count(some), count(events))]),
      ),
    ),
  )
})

test(seeded('trends have analyses, requests and events, of both ranges and over time'), async () => {
  const { metrics, series } = await documentOfReport(trends)
  const rowOf = (name: string) => metrics.find(({ metric }: { metric: string }) => metric === name)
  const [now, before] = [lines.filter(isNow), lines.filter(line => !isNow(line))]
  for (const [name, passes] of [
    ['analyses', isUsage],
    ['requests', isRequest],
    ['events', () => true],
    ['errors', (line: Line) => isUsage(line) && isError(line)],
  ] as const) {
    const [value, earlier] = [count(now.filter(passes)), count(before.filter(passes))]
    expect(rowOf(name)).toMatchObject({ value, before: earlier, change: value - earlier, unit: 'count' })
  }
  const rate = (some: readonly Line[]) =>
    share(count(some.filter(isUsage).filter(isError)), count(some.filter(isUsage)))!
  const { changePercent, changePoints, unit } = rowOf('errorRate')
  expect([changePercent, unit]).toEqual([null, 'share'])
  expect(changePoints).toBeCloseTo((rate(now) - rate(before)) * 100, 6)
  const sum = (key: string) => series.reduce((total: number, row: Record<string, number>) => total + row[key]!, 0)
  expect([sum('analyses'), sum('requests')]).toEqual([rowOf('analyses').value, rowOf('requests').value])
})

test(seeded('sessions tell requests and analyses apart'), async () => {
  const { sessions: rows } = await documentOfReport(sessions)
  const starting = by(lines, 'session').filter(([, some]) => {
    const [first] = [...some].sort((a, b) => (String(a.timestamp) < String(b.timestamp) ? -1 : 1))
    return isNow(first!)
  })
  expect(rowsOf(rows, 'session', 'events', 'requests', 'analyses')).toEqual(
    new Set(
      starting.map(([name, some]) =>
        JSON.stringify([
          name,
          count(some),
          count(some.filter(isRequest)),
          count(some.filter(line => kindOf(line) === 'analysis')),
        ]),
      ),
    ),
  )
})

test.each([true, false])(
  seeded('a dashboard counts requests, or where there are none, analyses: %s'),
  async hasRequests => {
    const some = hasRequests ? lines : lines.filter(line => !isRequest(line))
    const document = await documentOfReport(dashboardDefinition('custom'), some)
    const counted = some.filter(isNow).filter(hasRequests ? isRequest : isUsage)
    const failed = counted.filter(isError)
    expect(document.requestsAre).toBe(hasRequests ? 'requests' : 'analyses')
    const { totalRequests, successfulRequests, totalTokens, avgTokensPerRequest } = document.summary
    expect([totalRequests, successfulRequests]).toEqual([count(counted), count(counted) - count(failed)])
    // Of a number that ends in 5, either neighbour is right.
    expect(Math.abs(avgTokensPerRequest - totalTokens / count(counted))).toBeLessThan(0.0050001)
    const sum = (key: 'success' | 'error') =>
      document.requests.reduce((total: number, row: Record<typeof key, number>) => total + row[key], 0)
    expect([sum('success'), sum('error')]).toEqual([successfulRequests, count(failed)])
    expect(document.requests).toHaveLength(48)
    const labels = by(failed, 'status_code').map(([code, these]) => JSON.stringify([String(code), count(these)]))
    expect(rowsOf(document.errorsBreakdown, 'label', 'value')).toEqual(new Set(labels))
    const byCountry = by(
      counted.filter(({ country }) => country !== undefined),
      'country',
    )
    expect(rowsOf(document.topCountries, 'name', 'requests')).toEqual(
      new Set(byCountry.map(([name, these]) => JSON.stringify([name, count(these)]))),
    )
    const named = some.filter(isNow).filter(line => isUsage(line) && line.model !== undefined)
    expect(rowsOf(document.topModels, 'name', 'requests')).toEqual(
      new Set(by(named, 'model').map(([name, these]) => JSON.stringify([name, count(these)]))),
    )
  },
)
