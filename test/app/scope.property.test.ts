// Whoever may see only some clients, or one user, gets the answer of logs that hold only the lines of these: by every report and
// every list of events, however the logs are read. And nothing that is shown has a name of anybody else.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { listEvents } from '../../src/app/event/list-events.ts'
import { explainEmpty } from '../../src/app/report/explain-empty.ts'
import { runReport } from '../../src/app/report/run-report.ts'
import { parsePatterns } from '../../src/query/condition.ts'
import { rulesOfScope, type Scope } from '../../src/query/scope.ts'
import { FORMATS, renderReport } from '../../src/render/render.ts'
import { REPORTS } from '../../src/report/catalogue.ts'
import { dashboardDefinition } from '../../src/report/dashboard-report.ts'
import { buildEventsReport } from '../../src/report/event/events-report.ts'
import type { Report } from '../../src/report/model/report.ts'
import type { ReportDefinition } from '../../src/report/model/report-definition.ts'
import { type Asked, documentOf, makeFolder, reportBy, requestOf } from '../support/logs.ts'
import { runInProcess } from '../support/run-in-process.ts'
import { triesOf } from '../support/tries.ts'
import { WAYS } from '../support/ways.ts'

const reports: readonly ReportDefinition[] = [
  ...(await Promise.all(REPORTS.map(({ load }) => load()))),
  dashboardDefinition('7d'),
]
const LOOK = { width: 100, colorLevel: 0 as const, hasUnicode: true, columns: null, hasHeader: true, hasBom: false }
const FILES = ['2026-03-06.jsonl', '2026-03-07.jsonl', 'app-2026-03-09.jsonl'] as const

// The names that its lines give are told by their number: whatever has `zq1` in it is of the second.
const CLIENTS = ['zq0 client', 'zq1 client', '(none)', '*', 'a,b', '!x', undefined] as const

/** A line of a log, and whose it is. */
interface OwnedLine {
  readonly file: (typeof FILES)[number]
  /** Undefined where nobody can tell: it is no event, and says no client. */
  readonly owner: { readonly client: string | undefined; readonly user: string } | undefined
  readonly text: string
}

const few = <Value>(...values: Value[]) => fc.constantFrom(undefined, undefined, ...values)

const fields = fc.record({
  hour: fc.integer({ min: 0, max: 23 }),
  time: fc.constantFrom('instant', 'instant', 'naive', 'none'),
  isOfA: fc.boolean(),
  clientName: fc.constantFrom('client', 'client', 'tenant', 'clientId'),
  userName: fc.constantFrom('user', 'email'),
  own: fc.subarray([
    'profile',
    'model',
    'feature',
    'country',
    'session',
    'endpoint',
    'error',
    'file_name',
    'ip',
  ] as const),
  event: fc.constantFrom(
    undefined,
    'analysis',
    'request',
    'user_query',
    'session_end',
    'file_upload',
    'feedback',
    'threat',
    'threat_resolved',
    'our-own',
  ),
  threat_id: few('a', 'b'),
  // Of few values, so that one client has an id of another.
  id: few('a', 'b', 'c', 'd'),
  model: fc.constantFrom('gpt-4o', 'claude-sonnet-4-5'),
  input_tokens: fc.constantFrom<unknown>(undefined, undefined, 10, 250_000, 10, 10, -1, 'many'),
  cache_read_tokens: few(5, 5, 300_000),
  tokensIn: few(44),
  cost_usd: few<string | number>('0.123456789012345678901', 1),
  duration_ms: few(20, 3000.5),
  status: few('error'),
  status_code: few(200, 500),
  rating: few(1, 5),
  severity: few('critical', 'low'),
  file_type: few('csv'),
  size_bytes: few(900),
  rows: few(1, 250_000),
})

function lineOf(file: OwnedLine['file'], number: number, one: typeof fields extends fc.Arbitrary<infer F> ? F : never) {
  const { hour, time, isOfA, clientName, userName, own, ...more } = one
  const client = CLIENTS[number]
  const user = `zq${number} ${isOfA ? 'anna' : 'ben'}`
  const date = new Date(Date.parse(file.slice(-16, -6)) + hour * 3_600_000).toISOString()
  const timestamp = time === 'none' ? undefined : time === 'naive' ? date.slice(0, 19) : date
  const named = Object.fromEntries(own.map(field => [field, `zq${number} ${field}`]))
  const text = JSON.stringify({ timestamp, [clientName]: client, [userName]: user, ...more, ...named })
  return { file, owner: { client, user }, text }
}

const eventLine: fc.Arbitrary<OwnedLine> = fc
  .tuple(fc.constantFrom(...FILES), fc.nat(CLIENTS.length - 1), fields)
  .map(([file, number, one]) => lineOf(file, number, one))
const badLine: fc.Arbitrary<OwnedLine> = fc
  .tuple(
    fc.constantFrom(...FILES),
    fc.constantFrom(
      { text: '{"client":"zq1 client","user":"zq1 anna"', owner: undefined },
      { text: 'zq0 client', owner: undefined },
      { text: '["zq1 client"]', owner: undefined },
      { text: 'null', owner: undefined },
      { text: '{"client":{"name":"zq1 client"},"user":"zq1 anna"}', owner: { client: undefined, user: 'zq1 anna' } },
      { text: '{"client":["zq0 client"],"user":"zq0 anna"}', owner: { client: undefined, user: 'zq0 anna' } },
    ),
  )
  .map(([file, line]) => ({ file, ...line }))
const lines = fc.array(fc.oneof({ weight: 12, arbitrary: eventLine }, { weight: 1, arbitrary: badLine }), {
  minLength: 1,
  maxLength: 60,
})

const user = fc
  .tuple(fc.nat(CLIENTS.length - 1), fc.constantFrom('anna', 'ben'))
  .map(([number, name]) => `zq${number} ${name}`)
const scopes: fc.Arbitrary<Scope> = fc.oneof(
  fc.record({ clients: fc.subarray(CLIENTS.filter(client => client !== undefined)) }),
  fc.record({ clients: fc.subarray(CLIENTS.filter(client => client !== undefined)), user }),
  fc.record({ clients: fc.constant('*' as const), user }),
)

function isSeen({ clients, user }: Scope, { owner }: OwnedLine): boolean {
  if (owner === undefined) return false
  const isOfClients = clients === '*' || (owner.client !== undefined && clients.includes(owner.client))
  return isOfClients && (user === undefined || owner.user === user)
}

// That a threat was resolved is its client's to know, whoever did it: of one user alone it is no line.
function withoutForeignResolutions(all: readonly OwnedLine[], { user }: Scope): readonly OwnedLine[] {
  return user === undefined ? all : all.filter(({ text }) => !text.includes('threat_resolved'))
}

function contentOf(all: readonly OwnedLine[]): Record<string, string> {
  return Object.fromEntries(
    FILES.map(name => [
      name,
      all
        .filter(({ file }) => file === name)
        .map(({ text }) => `${text}\n`)
        .join(''),
    ]),
  )
}

// What a document of such logs says, but for what tells how many lines there are.
// biome-ignore lint/suspicious/noExplicitAny: tests look into documents as a script would
function asSeen(document: any): any {
  const { ledger, problems } = document
  Object.assign(ledger, { files: null, bytes: null, read: null, filtered: null })
  for (const place of problems ?? []) place.line = null
  if (ledger.compared !== undefined) ledger.compared.read = null
  if (ledger.differing !== undefined) ledger.differing.line = null
  for (const field of ledger.differing?.fields ?? []) Object.assign(field, { line: null, firstLine: null })
  for (const field of ledger.unread?.fields ?? []) field.line = null
  return document
}

async function textOf(report: Report): Promise<string> {
  const pages = await Promise.all(FORMATS.map(format => renderReport(report, { ...LOOK, format })))
  return pages.map(page => [...page].join('')).join('\n')
}

/** The numbers of those that somebody may not see anything of. */
function hiddenFrom(scope: Scope, all: readonly OwnedLine[]): string[] {
  const seen = new Set(all.filter(line => isSeen(scope, line)).map(({ owner }) => owner!.user.slice(0, 3)))
  return CLIENTS.map((_, number) => `zq${number}`).filter(number => !seen.has(number))
}

function expectNothingOf(hidden: readonly string[], text: string, { clients, user = '' }: Scope): void {
  // What somebody was told may be told them again.
  const known = [...clients, user].join()
  for (const name of hidden.filter(name => !known.includes(name))) expect(text).not.toContain(name)
}

async function eventsOf(folder: string, asked: Asked, page = { limit: 10, offset: 0 }): Promise<Report> {
  const request = { ...requestOf(folder, asked), page: { ...page, order: 'newest' as const } }
  const { filter, now } = request
  const answer = await listEvents(request, {})
  return buildEventsReport({ ...answer, ...page, range: filter.range, zone: filter.zone, now, filters: filter.asGiven })
}

const questions: fc.Arbitrary<Asked> = fc.record(
  {
    timezone: fc.constantFrom('UTC', 'America/New_York'),
    days: fc.constant({ startDate: '2026-03-07', endDate: '2026-03-09' }),
    dedupe: fc.constantFrom('off' as const, 'all' as const),
    conditions: fc.constantFrom(
      [{ column: 'client', test: parsePatterns(['*q*', '(none)']) }],
      [{ column: 'model', test: parsePatterns(['gpt*']) }],
    ),
    joinsVersions: fc.constant(true),
  },
  { requiredKeys: [] },
)

test('every report of a scope is that of logs which hold nothing else', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...WAYS),
      fc.constantFrom(...reports),
      lines,
      scopes,
      questions,
      async (way, report, drawn, scope, asked) => {
        const all = withoutForeignResolutions(drawn, scope)
        const seen = all.filter(line => isSeen(scope, line))
        const rules = rulesOfScope(scope)
        const built = await reportBy(way, makeFolder(contentOf(all)), { ...asked, report, scope: rules })
        const { report: expected } = await runReport(requestOf(makeFolder(contentOf(seen)), { ...asked, report }), {})
        expect(documentOf(built)).toEqual(asSeen(documentOf(expected)))
        expectNothingOf(hiddenFrom(scope, all), await textOf(built), scope)
      },
    ),
    { numRuns: triesOf(30, 90, 1500) },
  )
})

test('scopes that share a cache have nothing of each other', async () => {
  const way = { reader: 'kernel', threads: 1, blockBytes: 4099, cache: 'cold' } as const
  await fc.assert(
    fc.asyncProperty(lines, scopes, scopes, async (all, one, other) => {
      const folder = makeFolder(contentOf(all))
      const everything = documentOf(await reportBy(way, folder, {}))
      for (const scope of [one, other, one]) {
        const seen = makeFolder(contentOf(all.filter(line => isSeen(scope, line))))
        const built = await reportBy(way, folder, { scope: rulesOfScope(scope) })
        expect(documentOf(built)).toEqual(asSeen(documentOf(await reportBy(way, seen, {}))))
      }
      expect(documentOf(await reportBy(way, folder, {}))).toEqual(everything)
    }),
    { numRuns: triesOf(3, 10, 200) },
  )
})

test('events of a scope are those of logs which hold nothing else', async () => {
  const pages = fc.record({ limit: fc.integer({ min: 1, max: 8 }), offset: fc.nat(5) })
  await fc.assert(
    fc.asyncProperty(lines, scopes, questions, pages, async (drawn, scope, asked, page) => {
      const all = withoutForeignResolutions(drawn, scope)
      const seen = all.filter(line => isSeen(scope, line))
      const built = await eventsOf(makeFolder(contentOf(all)), { ...asked, scope: rulesOfScope(scope) }, page)
      const expected = await eventsOf(makeFolder(contentOf(seen)), asked, page)
      expect(documentOf(built)).toEqual(asSeen(documentOf(expected)))
      expectNothingOf(hiddenFrom(scope, all), await textOf(built), scope)
    }),
    { numRuns: triesOf(13, 40, 600) },
  )
})

test('why nothing matched is told of what is in scope alone', async () => {
  const condition = fc
    .tuple(fc.constantFrom('client', 'user', 'model', 'feature', 'event'), fc.constantFrom('client', 'zq', 'nothing'))
    .map(([column, value]) => ({ column, test: parsePatterns([value]) }))
  await fc.assert(
    fc.asyncProperty(
      lines,
      scopes,
      condition,
      fc.constantFrom('all' as const, 'usage' as const),
      async (all, scope, one, kinds) => {
        const folder = makeFolder(contentOf(all))
        const request = requestOf(folder, { scope: rulesOfScope(scope), conditions: [one] })
        const { report, files } = await runReport(request, {})
        const text = (await explainEmpty(request, { files, ledger: report.ledger, kinds })).join('\n')
        expectNothingOf(hiddenFrom(scope, all), text, scope)
        expect(text).not.toContain('2026-03')
      },
    ),
    { numRuns: triesOf(13, 40, 400) },
  )
})

test('who has no client sees nothing, and who has all sees all', async () => {
  const all = CLIENTS.map((_, number) => lineOf(FILES[0], number, { ...NOTHING, input_tokens: 10 }))
  const folder = makeFolder(contentOf(all))
  const none = await eventsOf(folder, { scope: rulesOfScope({ clients: [] }) })
  const everything = await eventsOf(folder, { scope: rulesOfScope({ clients: '*' }) })
  expect(documentOf(none)).toMatchObject({ total: 0, events: [], ledger: { read: null, used: 0, rejected: 0 } })
  expect(documentOf(everything)).toMatchObject({ total: 7, ledger: { read: 7, used: 7 } })
})

test('pruned events of a scope are those of logs which hold nothing else', async () => {
  const unique = lines.map(all =>
    all.map((line, index) => ({ ...line, text: line.text.replace(/"id":"."/, `"id":"i${index}"`) })),
  )
  let summarized = 0
  await fc.assert(
    fc.asyncProperty(unique, scopes, fc.constantFrom(...reports), async (drawn, scope, report) => {
      const all = withoutForeignResolutions(drawn, scope)
      const seen = all.filter(line => isSeen(scope, line))
      const built = await prunedReport(all, { report, scope: rulesOfScope(scope) })
      const expected = await prunedReport(seen, { report })
      const [ours, theirs] = [documentOf(built), asSeen(documentOf(expected))]
      if (ours.ledger.summarized !== undefined) summarized++
      // Of events that are no analyses, a summary does not say whose they were, so that it is not said that they lack.
      for (const { ledger } of [ours, theirs]) {
        if (Object.keys(theirs.ledger.summarized?.unusedBy ?? {}).length > 0) delete ledger.summarized
        delete ledger.compared
      }
      expect(ours).toEqual(theirs)
      expectNothingOf(hiddenFrom(scope, all), await textOf(built), scope)
    }),
    { numRuns: triesOf(25, 25, 300) },
  )
  expect(summarized).toBeGreaterThan(0)
})

async function prunedReport(all: readonly OwnedLine[], asked: Asked): Promise<Report> {
  const folder = makeFolder()
  const logs = join(folder, 'usage_logs')
  mkdirSync(logs)
  for (const [name, content] of Object.entries(contentOf(all))) writeFileSync(join(logs, name), content)
  const environment = { USAGEBOOK_NOW: '2026-03-10T08:00:00Z', TZ: 'UTC', NO_COLOR: '1', USAGEBOOK_NO_CACHE: '1' }
  const prune = ['log', 'prune', '--yes', '--older-than', '2d', '--logs', logs]
  expect(await runInProcess(prune, folder, environment, undefined)).toMatchObject({ code: '0' })
  return (await runReport(requestOf(folder, { ...asked, places: [{ path: logs, format: null }] }), {})).report
}

const NOTHING = {
  hour: 1,
  time: 'instant',
  isOfA: true,
  clientName: 'client',
  userName: 'user',
  own: [] as never[],
  event: undefined,
  id: undefined,
  model: 'gpt-4o',
  cache_read_tokens: undefined,
  tokensIn: undefined,
  cost_usd: undefined,
  duration_ms: undefined,
  status: undefined,
  status_code: undefined,
  rating: undefined,
  severity: undefined,
  threat_id: undefined,
  file_type: undefined,
  size_bytes: undefined,
  rows: undefined,
} as const
