// The metrics of the story of this project: the numbers of its reports, which never fall.
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lines, writeInto } from '../../server/support/running-server.ts'
import { storyWorkspace } from '../../support/library.ts'
import { makeFolder } from '../../support/logs.ts'
import { runProgram } from '../../support/program.ts'

/** The samples of a text, by name; labels as they are written. */
function samplesOf(text: string): { name: string; labels: string; value: number }[] {
  return text
    .split('\n')
    .filter(line => line !== '' && !line.startsWith('#'))
    .map(line => {
      const [, name = '', labels = '', value = ''] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)!
      return { name, labels, value: Number(value) }
    })
}

function sumOf(text: string, name: string, part = ''): number {
  const found = samplesOf(text).filter(one => one.name === name && one.labels.includes(part))
  return found.reduce((sum, { value }) => sum + value, 0)
}

function metrics(root: string, ...flags: string[]): string {
  const { code, stdout, stderr } = runProgram(root, ['export', 'metrics', ...flags])
  expect([code, stderr]).toEqual([0, ''])
  return stdout
}

function reportOf(root: string, ...words: string[]) {
  return JSON.parse(runProgram(root, ['report', ...words, '--json', '--top', '0']).stdout)
}

test('the numbers are those of the reports', () => {
  const root = storyWorkspace()
  const text = metrics(root)
  const { summary, ledger } = reportOf(root, 'usage')
  expect(sumOf(text, 'usagebook_cost_usd_total')).toBeCloseTo(summary.costUsd, 9)
  expect(sumOf(text, 'usagebook_analyses_total')).toBe(summary.analyses)
  expect(sumOf(text, 'usagebook_tokens_total')).toBe(summary.inputTokens + summary.outputTokens)
  expect(sumOf(text, 'usagebook_tokens_total', 'type="cache_read"')).toBe(summary.cacheReadTokens)
  expect(sumOf(text, 'usagebook_rejected_lines_total')).toBe(ledger.rejected)
  const requests = reportOf(root, 'requests')
  expect(sumOf(text, 'usagebook_requests_total')).toBe(requests.totalRequests)
  expect(sumOf(text, 'usagebook_errors_total')).toBe(reportOf(root, 'errors').summary.errors)
  const latency = reportOf(root, 'latency')
  expect(sumOf(text, 'usagebook_duration_seconds_count')).toBe(latency.summary.events)
  expect(sumOf(text, 'usagebook_duration_seconds_bucket', 'le="+Inf"')).toBe(latency.summary.events)
  expect(sumOf(text, 'usagebook_sessions_total')).toBe(reportOf(root, 'sessions').summary.sessions)
  expect(text).not.toContain('@')
  expect(metrics(root, '--by-user')).toContain('user="')
})

test('no counter falls when logs are pruned or vanish', () => {
  const root = storyWorkspace()
  const before = samplesOf(metrics(root))
  expect(runProgram(root, ['log', 'prune', '--older-than', '7d', '--yes']).code).toBe(0)
  const pruned = new Map(samplesOf(metrics(root)).map(one => [`${one.name} ${one.labels}`, one.value]))
  const fell = before.filter(({ name, labels, value }) => (pruned.get(`${name} ${labels}`) ?? 0) < value)
  expect(fell.slice(0, 3)).toEqual([])
  rmSync(join(root, 'usage_logs/2026-02-02.jsonl'), { force: true })
  const left = metrics(root)
  expect(sumOf(left, 'usagebook_requests_total')).toBe(
    before.filter(({ name }) => name === 'usagebook_requests_total').reduce((sum, { value }) => sum + value, 0),
  )
})

test('of many series some keep their names, and the rest is together', () => {
  const root = makeFolder()
  const event = (client: string, count: number) =>
    Array.from({ length: count }, (_, index) => ({ timestamp: `2026-02-01T09:00:0${index}Z`, client, input_tokens: 1 }))
  const write = (...events: object[]) => writeInto(root, 'usage_logs/2026-02-01.jsonl', lines(...events))
  write(...event('diageo', 3), ...event('unilever', 2), ...event('bayer', 1))
  const first = metrics(root, '--max-series', '2')
  expect(sumOf(first, 'usagebook_analyses_total', 'client="other",profile="other"')).toBe(1)
  write(...event('diageo', 3), ...event('unilever', 2), ...event('bayer', 9))
  const later = metrics(root, '--max-series', '2')
  expect(sumOf(later, 'usagebook_analyses_total', 'client="other"')).toBe(9)
  expect(sumOf(later, 'usagebook_analyses_total', 'client="unilever"')).toBe(2)
  expect(sumOf(later, 'usagebook_analyses_total')).toBe(14)
})

test('what is used of a budget is a gauge, and a file is replaced as a whole', () => {
  const root = storyWorkspace()
  writeInto(
    root,
    'alerts.json',
    JSON.stringify({ budgets: [{ name: 'all', per: 'month', limit: '100' }], builtIn: {} }),
  )
  const text = metrics(root)
  expect(samplesOf(text).find(({ name }) => name === 'usagebook_budget_used_ratio')).toMatchObject({
    labels: 'budget="all"',
  })
  const { code, stdout } = runProgram(root, ['export', 'metrics', '-o', 'usagebook.prom'])
  expect([code, stdout]).toEqual([0, ''])
})

test('alerts that fire are a gauge, by rule and severity, and users are no label unless asked for', () => {
  const root = makeFolder()
  const at = (minute: number) => new Date(Date.parse('2026-03-10T07:50:00Z') + minute * 1000).toISOString()
  const failed = (user: string) =>
    Array.from({ length: 6 }, (_, index) => ({ timestamp: at(index), user, client: 'diageo', status: 'error' }))
  writeInto(root, 'usage_logs/today.jsonl', lines(...failed('anna'), ...failed('ben')))
  const own = { name: 'many-errors', when: 'errors >= 5', by: ['client'], severity: 'critical' }
  writeInto(root, 'alerts.json', JSON.stringify({ rules: [own], builtIn: { unpriced: false } }))
  const firing = (...flags: string[]) =>
    samplesOf(metrics(root, ...flags)).filter(({ name, value }) => name === 'usagebook_alert_firing' && value > 0)
  expect(firing()).toEqual([])
  runProgram(root, ['check'])
  expect(firing().map(({ labels, value }) => `${labels} ${value}`)).toEqual([
    'rule="error-rate",severity="high" 1',
    'rule="user-errors",severity="medium" 2',
    'rule="many-errors",severity="critical",client="diageo" 1',
  ])
  expect(firing('--by-user').map(({ labels }) => labels)).toContain('rule="user-errors",severity="medium",user="anna"')
})
