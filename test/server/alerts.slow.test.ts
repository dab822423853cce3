// Alerts, budgets, silences and messages over HTTP: who sees what, and who may change it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { readAccessLog } from '../../src/app/access/audit.ts'
import { ALERTS, runAlerts } from './support/alert-story.ts'
import type { Who } from './support/running-server.ts'

type Named = { readonly name: string; readonly rule: string; readonly labels: Readonly<Record<string, string>> }

const named = (list: readonly Named[]) =>
  list.map(({ rule, labels }) => [rule, ...Object.values(labels)].join(' ')).toSorted()

it('who sees some clients sees what is about these alone', async () => {
  const server = await runAlerts()
  const firing = async (who: Who) => named((await server.hear(who, 'GET /api/v1/alerts?firing')).json.alerts)
  const own = ['client-errors diageo', 'own-errors anna@diageo.com']
  const soap = ['client-errors unilever', 'soap-errors']
  expect(await firing('admin')).toEqual(['all-errors', ...own, ...soap].toSorted())
  expect(await firing('viewer')).toEqual(own)
  expect(await firing('manager')).toEqual(own)
  expect(await firing('foreign')).toEqual(soap)
  expect(await firing('nothing')).toEqual([])
  const budgets = async (who: Who) =>
    (await server.hear(who, 'GET /api/v1/budgets')).json.budgets.map(({ name }: Named) => name)
  expect(await budgets('admin')).toEqual(['diageo', 'soap', 'like-diageo', 'whole'])
  expect(await budgets('viewer')).toEqual(['diageo'])
  expect(await budgets('foreign')).toEqual(['soap'])
  for (const list of ['alerts', 'alerts/rules', 'alerts/episodes', 'budgets?forecast', 'silences']) {
    const { text } = await server.hear('viewer', `GET /api/v1/${list}`)
    expect([list, text]).not.toEqual([list, expect.stringMatching(/unilever|uwe|soap|whole|all-errors|like-/)])
  }
  expect((await server.hear('viewer', 'GET /api/v1/budgets/soap')).json).toMatchObject({
    code: 'unknown-rule',
    hint: 'Use one of diageo.',
  })
  expect((await server.hear('user', 'GET /api/v1/alerts')).status).toBe(403)
})

it('an alert says what there was when it fired, and where to look', async () => {
  const server = await runAlerts()
  const { json } = await server.hear('viewer', 'GET /api/v1/alerts?limit=1')
  expect(json).toEqual({
    alerts: [
      {
        rule: 'client-errors',
        severity: 'critical',
        labels: { client: 'diageo' },
        state: 'firing',
        since: '2026-02-03T11:02:00Z',
        began: '2026-02-03T11:02:00Z',
        firedAt: '2026-02-03T11:02:00Z',
        told: ['ops'],
        value: '3',
        limit: 'above 2',
        window: 'the hour to 2026-02-03 11:02',
        causes: [{ name: 'feature diageo-chat', value: '3 errors' }],
        next: 'usagebook report errors --since 2026-02-03T10:02Z --until 2026-02-03T11:03Z --client diageo',
        page: '/errors?since=2026-02-03T10%3A02Z&until=2026-02-03T11%3A03Z&client=diageo',
        silencedUntil: null,
        when: 'errors > 2',
      },
    ],
    ...{ total: 2, limit: 1, offset: 0 },
  })
  const { json: all } = await server.hear('admin', 'GET /api/v1/alerts/episodes')
  const marks = all.episodes.filter(({ mark }: { mark: string | null }) => mark !== null)
  expect(marks.map(({ rule, mark }: { rule: string; mark: string }) => `${rule} ${mark}`).toSorted()).toEqual([
    'diageo 100 %',
    'diageo 80 %',
  ])
})

it('a budget has what is used, digit for digit, and its days and forecast', async () => {
  const server = await runAlerts()
  const { text, json } = await server.hear('viewer', 'GET /api/v1/budgets/diageo')
  expect(json).toMatchObject({ name: 'diageo', limitUsd: 10, state: 'over', forecast: null, isComplete: true })
  expect(json.days.map(({ day }: { day: string }) => day)).toEqual(['2026-02-01', '2026-02-02', '2026-02-03'])
  const usage = await (await server.ask('admin', '/api/v1/reports/usage?client=diageo&period=2026-02')).text()
  const cost = /"costUsd": ?(\d+\.\d+)/.exec(usage)![1]
  expect(text).toContain(`"usedUsd":${cost},`)
  const { headers } = await server.hear('viewer', 'GET /api/v1/budgets')
  const again = await server.ask('viewer', '/api/v1/budgets', { headers: { 'If-None-Match': headers.get('etag')! } })
  expect(again.status).toBe(304)
})

it('silences are made, listed and ended by those who keep the clients, and audited', async () => {
  const server = await runAlerts()
  const silence = { match: { client: 'diageo' }, until: '2h', why: 'load test' }
  expect((await server.hear('viewer', 'POST /api/v1/silences', silence)).status).toBe(403)
  for (const match of [{ client: 'unilever' }, { client: '*' }, { rule: 'error-rate' }, { client: 'dia*' }]) {
    const { status, json } = await server.hear('manager', 'POST /api/v1/silences', { ...silence, match })
    expect([match, status, json.code]).toEqual([match, 400, 'bad-match'])
  }
  const made = await server.hear('manager', 'POST /api/v1/silences', silence)
  expect([made.status, made.headers.get('location')]).toEqual([201, `/api/v1/silences/${made.json.silence.id}`])
  expect(made.json.silence).toMatchObject({ until: '2026-02-03T14:00:00Z', why: 'load test', state: 'active' })
  const { json } = await server.hear('viewer', 'GET /api/v1/silences')
  expect(json.total).toBe(2)
  const alerts = (await server.hear('viewer', 'GET /api/v1/alerts')).json.alerts
  expect(alerts.map(({ silencedUntil }: { silencedUntil: string }) => silencedUntil)).toEqual([
    '2026-02-03T14:00:00Z',
    null,
  ])
  const all = (await server.hear('admin', 'GET /api/v1/silences')).json.silences
  const ofSoap = all.find(({ why }: { why: string }) => why === 'soap launch')
  expect((await server.hear('manager', `DELETE /api/v1/silences/${ofSoap.id}`)).json.code).toBe('unknown-silence')
  const ended = await server.hear('manager', `DELETE /api/v1/silences/${made.json.silence.id}`)
  expect(ended.json.silence).toMatchObject({ until: '2026-02-03T12:00:00Z', state: 'over' })
  const file = JSON.parse(readFileSync(join(server.root, 'alerts.json'), 'utf8'))
  expect(file.silences).toEqual([...ALERTS.silences, { ...silence, until: '2026-02-03T12:00:00Z' }])
  const { entries } = readAccessLog(100, { root: server.root })
  expect(entries.map(({ action }) => action).filter(action => !/asked|token/.test(action))).toEqual([
    ...Array.from({ length: 4 }, () => 'silence.add.failed'),
    ...['silence.add', 'silence.end.failed', 'silence.end'],
  ])
})

it('messages that have not arrived are listed, sent again, and given up', async () => {
  const server = await runAlerts()
  expect((await server.hear('viewer', 'GET /api/v1/outbox')).status).toBe(403)
  const { json } = await server.hear('admin', 'GET /api/v1/outbox')
  expect(json.messages.length).toBeGreaterThan(4)
  const own = (await server.hear('manager', 'GET /api/v1/outbox')).json.messages
  expect(named(own)).toEqual(['client-errors diageo', 'diageo diageo', 'diageo diageo', 'own-errors anna@diageo.com'])
  const foreign = json.messages.find(({ rule }: Named) => rule === 'soap-errors').id
  for (const what of [`POST /api/v1/outbox/${foreign}/retry`, `DELETE /api/v1/outbox/${foreign}`]) {
    const { status, json: refused } = await server.hear('manager', what)
    expect([what, status, refused.code]).toEqual([what, 404, 'unknown-message'])
  }
  const all = await server.hear('manager', 'POST /api/v1/outbox/retry')
  expect(all.json).toMatchObject({
    delivered: 0,
    messages: own.map(({ id }: { id: string }) => ({ id, state: 'waiting' })),
  })
  const { id } = own[0]
  expect((await server.hear('manager', `DELETE /api/v1/outbox/${id}`)).json).toEqual({ dropped: [id] })
  expect((await server.hear('manager', 'GET /api/v1/outbox')).json.total).toBe(3)
  expect((await server.hear('manager', 'GET /api/v1/outbox?all')).json.total).toBe(4)
})
