// What the tools answer is what the library answers, at both revisions of the protocol.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REPORT_NAMES } from '../../src/report/catalogue.ts'
import { collect, openStory, printedJson, storyWorkspace } from '../support/library.ts'
import { makeFolder } from '../support/logs.ts'
import { openSession, REVISIONS } from './support/session.ts'

type Document = Record<string, unknown>

/** The lists of all pages, put together again. */
function joined(pages: readonly Document[]): Document {
  const { truncated: _, cursor: __, ...first } = pages[0]!
  const whole: Document = { ...first }
  for (const page of pages.slice(1))
    for (const [key, value] of Object.entries(page))
      if (isRows(value) && Array.isArray(whole[key])) whole[key] = [...(whole[key] as unknown[]), ...value]
  return whole
}

function isRows(value: unknown): value is unknown[] {
  return Array.isArray(value) && value.some(item => typeof item === 'object' && item !== null)
}

describe.each(REVISIONS)('at revision %s', (version, revision) => {
  it('speaks that revision', async () => {
    const { client } = await openSession(storyWorkspace(), { revision })
    expect(client.getNegotiatedProtocolVersion()).toBe(version)
  })

  it('lists tools that only read, with schemas', async () => {
    const { client } = await openSession(storyWorkspace(), { revision })
    const { tools } = await client.listTools()
    expect(tools.map(({ name }) => name)).toEqual([
      'report',
      'events',
      'explain_price',
      'formats',
      'budgets',
      'profiles',
    ])
    for (const { annotations, inputSchema, outputSchema } of tools) {
      expect(annotations).toMatchObject({ readOnlyHint: true, destructiveHint: false, openWorldHint: false })
      expect(inputSchema.type).toBe('object')
      expect(Object.keys(outputSchema?.properties ?? {})).toEqual(expect.arrayContaining(['truncated', 'cursor']))
    }
  })

  // All of them at one revision: a report does not know how it is asked for.
  const names = revision === 'legacy' ? REPORT_NAMES : ['usage', 'errors']
  it.each(names)('gives the report %s as the library does', async name => {
    const root = storyWorkspace()
    const session = await openSession(root, { revision, showsNames: true })
    // The client holds each page against the schema that the tool announces.
    await session.client.listTools()
    const library = await openStory(root, { timezone: 'UTC' })
    const given = { startDate: '2026-01-28', endDate: '2026-02-02' }
    const asked = name === 'usage' ? given : { name, ...given }
    const expected = hiddenTexts(await library.report(asked as never))
    expect(joined(await session.pages('report', asked))).toEqual(expected)
  })

  it('gives events as the library does', async () => {
    const root = storyWorkspace()
    const session = await openSession(root, { revision, showsNames: true })
    const library = await openStory(root, { timezone: 'UTC' })
    const given = { status: ['error'], lastDays: 30 }
    const pages = await session.pages('events', { ...given, limit: 10 })
    expect(pages.length).toBeGreaterThan(1)
    const listed = pages.flatMap(({ events }) => events as Document[])
    const expected = (await collect(library.events(given as never))) as Document[]
    expect(listed.map(({ id, timestamp, cost_usd }) => ({ id, timestamp, cost_usd }))).toEqual(
      expected.map(({ id, timestamp, cost_usd }) => ({ id, timestamp, cost_usd })),
    )
    for (const [index, { checks: _, ...event }] of listed.entries()) expect(expected[index]).toMatchObject(event)
  })

  it('explains a price as the library does', async () => {
    const root = storyWorkspace()
    const session = await openSession(root, { revision })
    const library = await openStory(root)
    const { truncated, cursor, ...explained } = await session.ask('explain_price', { model: 'gpt-4o', input: 1000 })
    expect({ truncated, cursor }).toEqual({ truncated: false, cursor: null })
    expect(explained).toEqual(await library.prices.explain('gpt-4o', { usage: { input: 1000 } }))
  })

  it('tells budgets as the command line does, one of them day by day', async () => {
    const root = budgetWorkspace()
    const session = await openSession(root, { revision, showsNames: true })
    // The client holds each answer against the schema that the tool announces.
    await session.client.listTools()
    const listed = (await printedJson(root, ['budget', 'list'])) as { readonly budgets: readonly Document[] }
    expect(listed.budgets.map(({ name }) => name)).toEqual(['everything', 'diageo', 'claude-daily'])
    const whole = { isComplete: true, truncated: false, cursor: null }
    expect(await session.ask('budgets')).toEqual({ ...listed, ...whole })
    const shown = (await printedJson(root, ['budget', 'show', 'everything'])) as Document
    expect(shown.days).not.toEqual([])
    expect(await session.ask('budgets', { name: 'everything' })).toEqual({ budgets: [shown], ...whole })
    const { forecast, isForecastOver } = (await printedJson(root, ['budget', 'forecast', 'everything'])) as Document
    const [{ days: _, ...budget }] = [shown]
    expect((await session.ask('budgets', { name: 'everything', forecast: true })).budgets[0]).toMatchObject({
      ...budget,
      forecast,
      isForecastOver,
    })
    expect(await session.refusal('budgets', { name: 'unilever' })).toEqual({
      code: 'unknown-budget',
      message: 'There is no budget "unilever".',
      hint: 'Ask without a name to see all budgets.',
    })
  })

  it('lists profiles as the library does', async () => {
    const root = storyWorkspace()
    const session = await openSession(root, { revision, showsNames: true })
    const { profiles } = await (await openStory(root)).profiles.list()
    expect((await session.ask('profiles')).profiles).toEqual(profiles)
  })

  it('tells the format of each log', async () => {
    const session = await openSession(storyWorkspace(), { revision })
    const { formats, files } = await session.ask('formats')
    expect(formats[0]).toEqual({ format: 'native', help: 'events as this tool writes them' })
    expect(files.map(({ format }: { format: string }) => format)).toEqual(files.map(() => 'native'))
  })

  it('tells what is wrong with a code and a hint', async () => {
    const session = await openSession(storyWorkspace(), { revision })
    expect(await session.refusal('report', { lastDayz: 3 })).toEqual({
      code: 'unknown-option',
      message: 'There is no option "lastDayz".',
      option: 'lastDayz',
      hint: 'Use lastDays.',
    })
    expect(await session.refusal('report', { name: 'usge' })).toMatchObject({
      code: 'unknown-report',
      hint: 'Use usage.',
    })
    expect(await session.refusal('explain_price')).toMatchObject({ code: 'model-needed' })
    expect(await session.refusal('events', { limit: 51 })).toMatchObject({ code: 'bad-flag', option: 'limit' })
    await expect(session.client.callTool({ name: 'prune', arguments: {} })).rejects.toThrow('prune')
  })
})

function budgetWorkspace(): string {
  const root = storyWorkspace()
  const budgets = [
    { name: 'everything', per: 'month', limit: '15' },
    { name: 'diageo', client: 'diageo', per: 'week', limit: '0.5', hard: true },
    { name: 'claude-daily', model: 'claude-*', user: '!*@unilever.com', per: 'day', limit: '500' },
  ]
  writeFileSync(join(root, 'alerts.json'), JSON.stringify({ budgets }))
  return root
}

// What a line says that was not understood stays where it is.
function hiddenTexts(document: object): object {
  return JSON.parse(JSON.stringify(document), (key, value: unknown) =>
    typeof value === 'string' && ['value', 'firstValue', 'example'].includes(key) ? '(not shown)' : value,
  ) as object
}

describe('a long answer', () => {
  const day = (client: number) =>
    JSON.stringify({
      timestamp: '2026-02-01T09:00:00Z',
      client: `c${client}`,
      user: `u${client}`,
      model: 'gpt-4o',
      input_tokens: client,
    })
  const root = () =>
    makeFolder({ '2026-02-01.jsonl': `${Array.from({ length: 180 }, (_, index) => day(index + 1)).join('\n')}\n` })

  it('comes as pages of 50 rows, none left out and none twice', async () => {
    const session = await openSession(root(), { showsNames: true, environment: { USAGEBOOK_LOGS: '.' } })
    const pages = await session.pages('report')
    for (const { byClient, byUser, byProfile, byModel, byDate } of pages)
      expect([byClient, byUser, byProfile, byModel, byDate].flat().length).toBeLessThanOrEqual(50)
    expect(pages.map(({ truncated }) => truncated)).toEqual(pages.map((_, index) => index < pages.length - 1))
    const clients = pages.flatMap(({ byClient }) => byClient.map(({ client }: { client: string }) => client))
    expect(clients).toEqual(Array.from({ length: 180 }, (_, index) => `c${180 - index}`))
    // Every section has rows on the first page.
    expect(pages[0].byModel.length).toBe(1)
    expect(pages[0].byClient.length).toBeGreaterThan(15)
  })

  it('stays of one state of the logs while they grow', async () => {
    const folder = root()
    const session = await openSession(folder, { showsNames: true, environment: { USAGEBOOK_LOGS: '.' } })
    const given = { section: ['clients'] }
    const first = await session.ask('report', given)
    writeFileSync(join(folder, '2026-02-02.jsonl'), `${day(9_999)}\n`)
    const second = await session.ask('report', { ...given, cursor: first.cursor })
    expect(second.byClient[0].client).toBe('c130')
    const other = await openSession(folder, { showsNames: true, environment: { USAGEBOOK_LOGS: '.' } })
    expect(await other.refusal('report', { ...given, cursor: first.cursor })).toMatchObject({ code: 'answer-changed' })
  })

  it('goes on where another server of the same logs had begun', async () => {
    const folder = root()
    const options = { showsNames: true, environment: { USAGEBOOK_LOGS: '.' } }
    const given = { section: ['clients'] }
    const { cursor } = await (await openSession(folder, options)).ask('report', given)
    const next = await (await openSession(folder, options)).ask('report', { ...given, cursor })
    expect(next.byClient[0].client).toBe('c130')
  })

  it('takes no cursor of another question, and none that is made up', async () => {
    const session = await openSession(root(), { environment: { USAGEBOOK_LOGS: '.' } })
    const { cursor } = await session.ask('report')
    for (const given of [{ cursor, top: 3 }, { cursor: 'x' }, { cursor: 'x.e30' }, { cursor: 'constructor' }])
      expect(await session.refusal('report', given)).toMatchObject({ code: 'bad-cursor' })
    expect(await session.refusal('events', { cursor })).toMatchObject({ code: 'bad-cursor' })
  })
})
