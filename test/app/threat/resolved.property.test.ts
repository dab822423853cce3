// Threats that were resolved later count as resolved in every report, however logs are read, whoever asks. The lines
// themselves, looked at one by one, say how many there are.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listEvents } from '../../../src/app/event/list-events.ts'
import { findThreats } from '../../../src/app/threat/find-threats.ts'
import { rulesOfScope, type Scope } from '../../../src/query/scope.ts'
import { dashboardDefinition } from '../../../src/report/dashboard-report.ts'
import { report as threatsReport } from '../../../src/report/threats-report.ts'
import { documentOf, makeFolder, reportBy, requestOf } from '../../support/logs.ts'
import { triesOf } from '../../support/tries.ts'
import { WAYS } from '../../support/ways.ts'

const DAYS = [6, 7, 8, 9] as const
const clients = fc.constantFrom('diageo', 'unilever', undefined)
const ids = fc.constantFrom('t1', 't2', 't3', '1e3')

const threat = fc.record({
  event: fc.constant('threat'),
  day: fc.constantFrom(...DAYS),
  hour: fc.integer({ min: 0, max: 23 }),
  client: clients,
  user: fc.constantFrom('anna@diageo.com', 'ben@unilever.com'),
  idName: fc.constantFrom('id', 'eventId', 'interaction_id'),
  id: fc.oneof(ids, fc.constantFrom(undefined, 1000, 'a"b')),
  severity: fc.constantFrom('low', 'critical', undefined),
  threat_type: fc.constantFrom('probe', undefined),
  resolved: fc.constantFrom(undefined, undefined, false, true),
})
const resolution = fc.record({
  event: fc.constant('threat_resolved'),
  day: fc.constantFrom(...DAYS),
  hour: fc.integer({ min: 0, max: 23 }),
  client: clients,
  threat_id: fc.oneof(ids, fc.constantFrom(1000, 'a"b')),
})
const other = fc.record({
  event: fc.constantFrom('analysis', 'feedback'),
  day: fc.constantFrom(...DAYS),
  hour: fc.integer({ min: 0, max: 23 }),
  client: clients,
  user: fc.constantFrom('anna@diageo.com', 'ben@unilever.com'),
  id: ids,
  rating: fc.constantFrom(undefined, 4),
})
type Line = {
  readonly event: string
  readonly day: number
  readonly hour: number
  readonly client: string | undefined
  readonly user?: string
  readonly idName?: string
  readonly id?: string | number | undefined
  readonly severity?: string | undefined
  readonly resolved?: boolean | undefined
  readonly threat_id?: string | number
}

const scopes = fc.constantFrom<Scope>(
  { clients: '*' },
  { clients: ['diageo'] },
  { clients: ['unilever', 'diageo'] },
  { clients: '*', user: 'anna@diageo.com' },
  { clients: ['diageo'], user: 'anna@diageo.com' },
)
const DAYS_ASKED = { startDate: '2026-03-07', endDate: '2026-03-08' }

function textOf({ day, hour, idName = 'id', id, ...fields }: Line): string {
  const timestamp = new Date(Date.UTC(2026, 2, day, hour)).toISOString()
  return `${JSON.stringify({ timestamp, [idName]: id, ...fields })}\n`
}

function filesOf(lines: readonly Line[]): Record<string, string> {
  return Object.fromEntries(
    DAYS.map(day => [
      `2026-03-0${day}.jsonl`,
      lines
        .filter(line => line.day === day)
        .map(textOf)
        .join(''),
    ]),
  )
}

interface Count {
  readonly total: number
  readonly open: number
}

// A line counts that is in scope, whose id did not stand in an earlier line of its file that is in scope, and on the days asked.
function countLines(lines: readonly Line[], scope: Scope): Count {
  const resolved = new Set(
    lines
      .filter(({ event, day }) => event === 'threat_resolved' && day >= 6)
      .map(({ client, threat_id }) => `${client} ${threat_id}`),
  )
  const seen = new Set<string>()
  const counting = lines.filter(({ event, client, user, day, id }) => {
    if (scope.clients !== '*' && !scope.clients.some(one => one === client)) return false
    if (scope.user !== undefined && user !== scope.user) return false
    const isRepeated = id !== undefined && seen.has(`${day} ${id}`)
    seen.add(`${day} ${id}`)
    return !isRepeated && event === 'threat' && (day === 7 || day === 8)
  })
  const open = counting.filter(line => line.resolved !== true && !resolved.has(`${line.client} ${line.id}`))
  return { total: counting.length, open: open.length }
}

test('resolved threats are counted as such by every report and list', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...WAYS),
      fc.array(fc.oneof(threat, threat, resolution, other), { minLength: 1, maxLength: 40 }),
      scopes,
      async (way, drawn, scope) => {
        const lines: readonly Line[] = drawn
        const { total, open } = countLines(lines, scope)
        const folder = makeFolder(filesOf(lines))
        const asked = { days: DAYS_ASKED, scope: rulesOfScope(scope) }
        const report = documentOf(await reportBy(way, folder, { ...asked, report: threatsReport }))
        const { summary, bySeverity, recent } = report
        expect(summary).toMatchObject({ totalThreats: total, unresolvedThreats: open })
        const sum = (rows: { count: number; unresolved: number }[], key: 'count' | 'unresolved') =>
          rows.reduce((all, row) => all + row[key], 0)
        expect([sum(bySeverity, 'count'), sum(bySeverity, 'unresolved')]).toEqual([total, open])
        const openRows = recent.filter((row: { resolved: string | null }) => row.resolved !== 'true')
        expect(sum(openRows, 'count')).toBe(open)
        expect(recent.every((row: { firstSeen: string; lastSeen: string }) => row.firstSeen <= row.lastSeen)).toBe(true)
        const dashboard = documentOf(await reportBy(way, folder, { ...asked, report: dashboardDefinition('custom') }))
        expect(dashboard.threats).toMatchObject({ totalThreats: total, unresolvedThreats: open })
        const request = requestOf(folder, asked)
        const { threats } = await findThreats(request)
        const counted = (isResolved: boolean) =>
          threats.filter(one => one.resolved === isResolved).reduce((all, one) => all + one.count, 0)
        expect([counted(true) + counted(false), counted(false)]).toEqual([total, open])
        const page = { limit: 1000, offset: 0, order: 'newest' as const }
        const { events } = await listEvents({ ...request, page }, {})
        const listed = events.filter(({ object }) => object.event === 'threat')
        expect(listed.filter(({ object }) => object.resolved !== true)).toHaveLength(open)
      },
    ),
    { numRuns: triesOf(8, 40, 1500) },
  )
})
