// Threats over HTTP: who may resolve them, one or many, once, and what everybody is told afterwards.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { openWorkspace } from '../../src/index.ts'
import { FOREIGN, runProfiles } from './support/profile-story.ts'
import { lines, NOW } from './support/running-server.ts'

const threat = (id: string | undefined, client: string, day: number, more: object = {}) => ({
  timestamp: `2026-01-${10 + day}T09:00:00Z`,
  event: 'threat',
  ...(id === undefined ? {} : { id }),
  client,
  user: `anna@${client}.com`,
  severity: 'high',
  threat_type: 'probe',
  ...more,
})
const LOGS = {
  'usage_logs/2026-01-11.jsonl': lines(threat('t1', 'diageo', 1), threat('soap', 'unilever', 1)),
  'usage_logs/2026-01-12.jsonl': lines(threat('t2', 'diageo', 2), threat(undefined, 'diageo', 2)),
}
const TODAY = 'usage_logs/2026-02-03.jsonl'
const JANUARY = 'GET /api/v1/reports/threats?period=2026-01'

it('a threat of January that is resolved in February is resolved in reports about January', async () => {
  const server = await runProfiles(LOGS)
  const summary = async (who: 'admin' | 'manager' | 'viewer' | 'user') =>
    (await server.hear(who, JANUARY)).json.summary.unresolvedThreats
  expect([await summary('admin'), await summary('viewer')]).toEqual([4, 3])
  const one = await server.hear('manager', 'POST /api/v1/threats/t1', { note: 'address blocked' })
  expect([one.status, one.json]).toEqual([
    200,
    {
      status: 'success',
      message: '1 threat resolved.',
      resolved: [{ id: 't1', client: 'diageo' }],
      alreadyResolved: [],
    },
  ])
  const again = await server.hear('admin', 'PATCH /api/v1/threats/t1', { resolved: true })
  expect(again.json).toMatchObject({ resolved: [], alreadyResolved: [{ id: 't1' }] })
  const many = await server.hear('admin', 'POST /api/v1/threats', { ids: ['t2', 'soap', 't1', 't2'] })
  expect(many.json).toMatchObject({ message: '2 threats resolved, 1 threat already resolved.' })
  expect([await summary('admin'), await summary('viewer'), await summary('user')]).toEqual([1, 1, 1])
  const written = readFileSync(join(server.root, TODAY), 'utf8').trim().split('\n')
  expect(written.map(line => JSON.parse(line).threat_id)).toEqual(['t1', 't2', 'soap'])
  const actions = server.audit().map(({ action }) => action)
  expect(actions.slice(0, 2)).toEqual(['threat.resolve.asked', 'threat.resolve'])
  const library = await openWorkspace(server.root, { now: () => new Date(NOW) })
  expect((await library.report({ name: 'threats', period: '2026-01' })).summary?.unresolvedThreats).toBe(1)
  expect(await library.threats.resolve(['t1'])).toMatchObject({ message: '1 threat already resolved.' })
})

it('who sees some clients resolves only their threats, and is told of no other', async () => {
  const server = await runProfiles(LOGS)
  const foreign = await server.hear('manager', 'POST /api/v1/threats/soap', {})
  expect([foreign.status, foreign.json.code]).toEqual([404, 'unknown-threat'])
  expect(foreign.text.replaceAll('"soap\\"', '')).not.toMatch(/unilever/)
  expect((await server.hear('manager', 'POST /api/v1/threats', { ids: ['soaps', 't1'] })).status).toBe(400)
  expect((await server.hear('manager', JANUARY)).json.summary.unresolvedThreats).toBe(3)
  for (const who of ['viewer', 'user'] as const)
    expect((await server.hear(who, 'POST /api/v1/threats/t1', {})).status).toBe(403)
  const list = await server.hear('viewer', 'GET /api/v1/threats?open=true')
  expect(list.json.threats.map(({ id }: { id: string }) => id)).toEqual([null, 't2', 't1'])
  expect(list.text).not.toMatch(FOREIGN)
})

it('a resolution stays as long as its threat is kept', async () => {
  const { keepsLine } = await import('../../src/retention/retention.ts')
  const { NATIVE_FORMAT } = await import('../../src/event/source-format.ts')
  const { UTC } = await import('../../src/base/zone.ts')
  const keeps = keepsLine(
    { daysOf: new Map([['threat', 365]]), otherDays: 10 },
    { fileDay: null, format: NATIVE_FORMAT, zone: UTC, logZone: UTC },
    UTC.dayOf(NOW),
  )
  const line = (event: string) => Buffer.from(JSON.stringify({ timestamp: '2026-01-01T00:00:00Z', event }))
  expect([keeps(line('threat')), keeps(line('threat_resolved')), keeps(line('analysis'))]).toEqual([true, true, false])
})
