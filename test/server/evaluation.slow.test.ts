// What the server does every minute: the same check as from cron, which tells nothing twice, and the jobs that are due.
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it, onTestFinished, vi } from 'vitest'
import type { Instant } from '../../src/base/zone.ts'
import { type Evaluation, startEvaluation } from '../../src/server/evaluation/evaluation.ts'
import { makeFolder } from '../support/logs.ts'
import { PROGRAM, runProgram } from '../support/program.ts'
import { runServer, writeInto } from './support/running-server.ts'

const FAILED = Array.from({ length: 6 }, (_, index) => ({
  ...{ timestamp: `2026-03-10T07:0${index}:00Z`, client: 'diageo', user: 'anna', status: 'error' },
}))
/** Writes each message into a file of its own line. */
const TARGET = { command: ['sh', '-c', 'cat >> told.jsonl'] }
const ALERTS = { builtIn: { 'error-rate': false, unpriced: false }, targets: { ops: TARGET } }

function workspace(alerts = JSON.stringify(ALERTS), more: Readonly<Record<string, string>> = {}): string {
  const log = FAILED.map(event => `${JSON.stringify(event)}\n`).join('')
  const root = makeFolder()
  const files = { 'usage_logs/2026-03-10.jsonl': log, 'alerts.json': alerts, ...more }
  for (const [name, text] of Object.entries(files)) writeInto(root, name, text)
  return root
}

function evaluate(root: string, said: string[] = [], more: object = {}): Evaluation {
  const evaluation = startEvaluation({
    ...{ root, callWords: [process.execPath, PROGRAM], cwd: root, flags: [], hasCheck: true, hasJobs: true },
    environment: {
      PATH: process.env.PATH,
      USAGEBOOK_NOW: '2026-03-10T08:00:00Z',
      TZ: 'UTC',
      XDG_CACHE_HOME: join(root, 'c'),
    },
    ...{ everyMs: 50, host: { now: () => Date.now() as Instant }, say: (text: string) => said.push(text) },
    ...more,
  })
  onTestFinished(() => evaluation.stop())
  return evaluation
}

const patience = { timeout: 60_000, interval: 50 }

it('tells what fires, once, also where cron checks at the same time', async () => {
  const root = workspace()
  const evaluation = evaluate(root)
  const told = () =>
    existsSync(join(root, 'told.jsonl')) ? readFileSync(join(root, 'told.jsonl'), 'utf8').trim().split('\n') : []
  runProgram(root, ['check'])
  await vi.waitFor(() => expect(evaluation.status()[0]!.lastAt).not.toBeNull(), patience)
  runProgram(root, ['check'])
  expect(told().map(line => JSON.parse(line).data.rule)).toEqual(['user-errors'])
  expect(evaluation.status().map(({ problem }) => problem)).toEqual([null, null])
})

it('a check that cannot be made is told once, shown, and told to work again', async () => {
  const root = workspace('{"rule": []}')
  const said: string[] = []
  const evaluation = evaluate(root, said)
  await vi.waitFor(() => expect(evaluation.status()[0]!.problem).toMatch(/alerts\.json has a mistake/), patience)
  const server = await runServer(undefined, {}, {}, undefined, () => evaluation)
  const ready = async () => (await (await server.ask('nobody', '/readyz')).json()) as object
  expect(await ready()).toEqual({ status: 'ok', evaluation: 'failing' })
  const page = async (who: 'admin' | 'manager') => await (await server.ask(who, '/health')).text()
  expect(await page('admin')).toMatch(/The check of rules and budgets failed.*alerts\.json has a mistake/s)
  expect(await page('manager')).not.toContain('has a mistake')
  writeFileSync(join(root, 'alerts.json'), JSON.stringify(ALERTS))
  await vi.waitFor(() => expect(evaluation.status()[0]!.problem).toBeNull(), patience)
  expect(await ready()).toEqual({ status: 'ok', evaluation: 'ok' })
  expect(said).toEqual([
    expect.stringMatching(/^the check of rules and budgets failed: .*alerts\.json/s),
    'the check of rules and budgets works again',
  ])
})

it('runs the jobs that are due, and nothing where it is told not to', async () => {
  const job = { name: 'metrics', cron: '* * * * *', run: 'export metrics -o metrics.prom' }
  const schedule = JSON.stringify({ version: 1, jobs: [job] })
  const root = workspace(JSON.stringify(ALERTS), { 'schedule.json': schedule })
  const evaluation = evaluate(root, [], { hasCheck: false })
  expect(evaluation.status().map(({ what }) => what)).toEqual(['running the jobs that are due'])
  await vi.waitFor(() => expect(evaluation.status()[0]!.lastAt).not.toBeNull(), patience)
  expect(existsSync(join(root, '.usagebook', 'schedule'))).toBe(true)
  expect(existsSync(join(root, 'told.jsonl'))).toBe(false)
  expect((await (await (await runServer()).ask('nobody', '/readyz')).json()) as object).toMatchObject({
    evaluation: 'off',
  })
})

it('ends while a check goes on', async () => {
  const root = workspace()
  const evaluation = evaluate(root)
  await evaluation.stop()
  expect(runProgram(root, ['check']).code).toBe(5)
})
