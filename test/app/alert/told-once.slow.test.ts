// A check that ends at any step, and checks at the same time, lose no message and tell none twice.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { readAlertState } from '../../../src/alert/alert-store.ts'
import { outboxOf } from '../../../src/app/alert/outbox-of.ts'
import { readAlertPlan } from '../../../src/app/alert/read-plan.ts'
import { type CheckRequest, exitCodeOf, runCheck } from '../../../src/app/alert/run-check.ts'
import { quietHost } from '../../../src/app/quiet-host.ts'
import { type Instant, UTC } from '../../../src/base/zone.ts'
import { SEED } from '../../fixed-seed.ts'
import { makeFolder } from '../../support/logs.ts'
import { triesOf } from '../../support/tries.ts'

const NOW = Date.UTC(2026, 2, 10, 8) as Instant
const ALERTS = {
  budgets: [{ name: 'month', per: 'month', limit: '5', warnAt: [50, 80, 100] }],
  targets: { ops: { command: ['true'] }, finance: { command: ['true'] } },
}
const LOG = [
  ...Array.from({ length: 6 }, (_, index) => ({ user: 'anna', status: 'error', minute: index })),
  ...Array.from({ length: 6 }, (_, index) => ({ user: 'ben', status: 'error', minute: 10 + index })),
].map(({ user, status, minute }) => ({
  timestamp: new Date(NOW - 3_600_000 + minute * 60_000).toISOString(),
  ...{ client: 'diageo', user, status, feature: 'chat', cost_usd: '0.4' },
}))

function workspace(log: readonly object[] = LOG): string {
  const root = makeFolder({ 'alerts.json': JSON.stringify(ALERTS) })
  mkdirSync(join(root, 'usage_logs'))
  writeLog(root, log)
  return root
}

function writeLog(root: string, log: readonly object[]): void {
  writeFileSync(join(root, 'usage_logs', '2026-03-10.jsonl'), log.map(line => `${JSON.stringify(line)}\n`).join(''))
}

function check(root: string, more: Partial<CheckRequest> = {}, now: number = NOW) {
  const host = quietHost(root, { environment: {}, now: () => now as Instant })
  return runCheck({
    ...{ plan: readAlertPlan(root, UTC), names: [], isDryRun: false, checks: {} },
    asking: {
      options: { timezone: 'UTC', cache: false },
      host,
      workspace: { root, settings: {}, configFile: undefined },
    },
    ...more,
  })
}

function outboxIn(root: string): string[] {
  const outbox = outboxOf(root)
  return [...outbox.ids()].sort()
}

class Ended extends Error {}

test('a check that ends before any of its steps is made up for by the next, with the same ids', async () => {
  const whole = workspace()
  const steps: string[] = []
  const answer = await check(whole, { step: name => steps.push(name) })
  expect(answer.letters.map(({ message }) => `${message.rule} ${message.period}`)).toEqual([
    'error-rate ',
    'user-errors ',
    'user-errors ',
    'user-errors ',
    'month 2026-03/50',
    'month 2026-03/80',
  ])
  expect(outboxIn(whole)).toHaveLength(12)
  expect(steps.length).toBeGreaterThan(12)
  const every = triesOf(5, 1, 1)
  for (let end = SEED % every; end < steps.length; end += every) {
    const root = workspace()
    let step = 0
    const dies = () => {
      if (step++ === end) throw new Ended()
    }
    await expect(check(root, { step: dies })).rejects.toThrow(Ended)
    await check(root)
    expect(outboxIn(root)).toEqual(outboxIn(whole))
    expect(readAlertState(root).toTell).toEqual([])
    expect(exitCodeOf(await check(root))).toBe(0)
    const lines = readFileSync(join(root, '.usagebook', 'alert-transitions.jsonl'), 'utf8').split('\n')
    expect(new Set(lines).size).toBe(lines.length)
  }
})

test('of sixteen checks at once one tells', async () => {
  const root = workspace()
  const answers = await Promise.all(Array.from({ length: 16 }, () => check(root)))
  expect(answers.map(exitCodeOf).sort()).toEqual([...Array(15).fill(0), 5])
  expect(outboxIn(root)).toHaveLength(12)
})

test('logs that vanish end nothing, and are said to be missing', async () => {
  const root = workspace()
  await check(root)
  writeLog(root, LOG.slice(0, 5))
  const later = NOW + 3_600_000
  const answer = await check(root, {}, later)
  expect(exitCodeOf(answer)).toBe(1)
  expect(answer.letters).toEqual([])
  expect(answer.rules.find(({ rule }) => rule.name === 'error-rate')!.vanished).toEqual({ before: 11, now: 4 })
  rmSync(join(root, 'usage_logs', '2026-03-10.jsonl'))
  expect(exitCodeOf(await check(root, {}, later))).toBe(1)
  expect(readAlertState(root).rules['user-errors']!.groups.map(({ labels }) => labels)).toEqual([{ user: 'ben' }])
  writeLog(root, LOG)
  expect(exitCodeOf(await check(root, {}, later))).toBe(0)
})

test('an end is told to those who were told of the beginning', async () => {
  const root = workspace()
  await check(root)
  writeFileSync(join(root, 'alerts.json'), JSON.stringify({ targets: { other: { command: ['true'] } } }))
  writeLog(root, [...LOG, { timestamp: new Date(NOW + 5_400_000).toISOString(), user: 'carla', cost_usd: '0' }])
  const { letters } = await check(root, {}, NOW + 7_200_000)
  expect(letters.map(({ message, targets }) => [message.kind, message.rule, message.labels, targets])).toEqual([
    ['resolve', 'error-rate', {}, ['ops', 'finance']],
    ['resolve', 'user-errors', { user: 'ben' }, ['ops', 'finance']],
  ])
})

test('a limit that is raised arms a budget again, and one that is lowered does not', async () => {
  const root = workspace()
  const periods = async (limit: string) => {
    const budgets = [{ ...ALERTS.budgets[0], limit }]
    writeFileSync(join(root, 'alerts.json'), JSON.stringify({ ...ALERTS, budgets }))
    return (await check(root, { names: ['month'] })).letters.map(({ message }) => message.period)
  }
  expect(await periods('5')).toEqual(['2026-03/50', '2026-03/80'])
  expect(await periods('5')).toEqual([])
  expect(await periods('100')).toEqual([])
  expect(await periods('6')).toEqual(['2026-03/50/6', '2026-03/80/6'])
  expect(await periods('4.8')).toEqual(['2026-03/100'])
})

test('what could not be delivered outranks what fired', async () => {
  const root = workspace()
  writeFileSync(join(root, 'alerts.json'), JSON.stringify({ targets: { ops: { command: ['false'] } } }))
  const answer = await check(root)
  expect(answer.undelivered.map(({ target }) => target)).toContain('ops')
  expect(exitCodeOf(answer)).toBe(1)
})
