// Names of clients and users leave only where whoever runs the server allows it, and texts of prompts and answers never.
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { REPORT_NAMES } from '../../src/report/catalogue.ts'
import { makeFolder } from '../support/logs.ts'
import { openSession } from './support/session.ts'

const SECRET = 'the quarterly figures of project heron'
const LINES = [
  {
    timestamp: '2026-02-01T09:00:00Z',
    id: 'e1',
    client: 'Diageo',
    user_email: 'anna@diageo.com',
    session: 'Diageo-anna-1',
    model: 'gpt-4o',
    input_tokens: 1000,
    output_tokens: 10,
    checks: [{ name: 'tone', found: SECRET }],
    prompt: SECRET,
    messages: [{ role: 'user', content: SECRET }],
    metadata: { answer: SECRET },
    region: 'emea',
    retries: 3,
    ip: '203.0.113.9',
  },
  {
    timestamp: '2026-02-01T10:00:00Z',
    id: 'e2',
    client: 'Unilever',
    user: 'uwe@unilever.com',
    session: 'Unilever-uwe-1',
    model: 'gpt-4o',
    status: 'error',
    error: { message: 'no quota is left for uwe@unilever.com', request: SECRET },
    endpoint: '/users/uwe@unilever.com/analyses',
    response: SECRET,
    input_tokens: 500,
  },
  { timestamp: '2026-02-01T11:00:00Z', event: 'request', client: 'Diageo', user: 'anna@diageo.com', feature: 'review' },
  { timestamp: '2026-02-01T12:00:00Z', client: 'Diageo', model: 'gpt-4o', input_tokens: SECRET },
]
const NAMES = /anna|uwe|diageo|unilever|203\.0\.113/i

const BUDGETS = [
  { name: 'everything', per: 'month', limit: '15' },
  { name: 'diageo-monthly', client: 'Diageo', per: 'month', limit: '15' },
  { name: 'others', client: ['!Diageo', '!uni*', '*'], user: 'anna@*', model: 'gpt-*', per: 'month', limit: '15' },
]

function root(): string {
  return makeFolder({
    '2026-02-01.jsonl': `${LINES.map(line => JSON.stringify(line)).join('\n')}\n`,
    'alerts.json': JSON.stringify({ budgets: BUDGETS }),
  })
}

const HERE = { environment: { USAGEBOOK_LOGS: '.' } }

async function everything(session: Awaited<ReturnType<typeof openSession>>): Promise<string> {
  const answers = [await session.pages('events'), await session.pages('profiles'), await session.pages('formats')]
  for (const name of REPORT_NAMES) answers.push(await session.pages('report', { name }))
  answers.push(await session.pages('budgets'))
  for (const groupBy of [['client'], ['user_email'], ['session'], ['ip'], ['error'], ['endpoint']])
    answers.push(await session.pages('report', { groupBy }))
  answers.push(await session.pages('report', { name: 'activity', by: ['client', 'user'] }))
  answers.push(await session.pages('events', { event: ['analysis'], status: ['error'] }))
  return JSON.stringify(answers)
}

describe('names', () => {
  it('are in no answer, of whatever report', async () => {
    expect((await everything(await openSession(root(), HERE))).match(NAMES)).toBeNull()
  })

  it('are shown where they are allowed', async () => {
    const session = await openSession(root(), { ...HERE, showsNames: true })
    const { byClient, byUser } = await session.ask('report')
    expect(byClient.map(({ client }: { client: string }) => client).sort()).toEqual(['Diageo', 'Unilever'])
    expect(byUser.map(({ user }: { user: string }) => user).sort()).toEqual(['anna@diageo.com', 'uwe@unilever.com'])
    expect(existsSync(join(session.client.getServerVersion()!.name, '.usagebook'))).toBe(false)
  })

  it('have the same pseudonyms in every answer of every server of the workspace', async () => {
    const folder = root()
    const first = await openSession(folder, HERE)
    const { byClient } = await first.ask('report')
    const { events } = await (await openSession(folder, HERE)).ask('events')
    expect(new Set(events.map(({ client }: { client: string }) => client))).toEqual(
      new Set(byClient.map(({ client }: { client: string }) => client)),
    )
    expect(byClient[0].client).toMatch(/^client_[\w-]{12}$/)
    const key = join(folder, '.usagebook/pseudonym.key')
    expect(readFileSync(key, 'utf8').trim().length).toBeGreaterThan(16)
    expect(statSync(key).mode & 0o077).toBe(0)
    const elsewhere = await (await openSession(root(), HERE)).ask('report')
    expect(elsewhere.byClient[0].client).not.toBe(byClient[0].client)
  })

  it('can be asked for by their pseudonyms, in filters and conditions', async () => {
    const session = await openSession(root(), HERE)
    const { byClient, byUser } = await session.ask('report')
    const { client } = byClient.find(({ inputTokens }: { inputTokens: number }) => inputTokens === 1000)
    const { user } = byUser.find(({ inputTokens }: { inputTokens: number }) => inputTokens === 500)
    expect((await session.ask('report', { client: [client] })).summary.inputTokens).toBe(1000)
    expect((await session.ask('report', { client: `!${client}` })).summary.inputTokens).toBe(500)
    expect((await session.ask('report', { where: [`user=${user}`] })).summary.inputTokens).toBe(500)
    expect((await session.ask('report', { client: 'Diageo' })).summary.inputTokens).toBe(1000)
    expect((await session.ask('events', { client: [client] })).filters).toEqual({ client: [client] })
    const { events } = await session.ask('events', { user: [user] })
    expect((await session.ask('events', { session: events[0].session })).total).toBe(1)
  })

  it('cannot be spelt out by wildcards or by their order', async () => {
    const session = await openSession(root(), HERE)
    const given = [
      { client: ['dia*'] },
      { user: '!a*' },
      { where: ['client~Dia*'] },
      { where: ['user>b'] },
      { where: ['user_email~*'] },
      { where: ['ip~203*'] },
    ]
    for (const filter of given)
      for (const tool of ['report', 'events'])
        expect(await session.refusal(tool, filter)).toMatchObject({ code: 'hidden-name' })
    const open = await openSession(root(), { ...HERE, showsNames: true })
    expect((await open.ask('report', { client: ['Dia*'] })).summary.inputTokens).toBe(1000)
  })

  it('are hidden in budgets: who they are about, and what those are called', async () => {
    const session = await openSession(root(), HERE)
    const { byClient } = await session.ask('report')
    const { client } = byClient.find(({ inputTokens }: { inputTokens: number }) => inputTokens === 1000)
    const { budgets } = await session.ask('budgets')
    const [everything, one, others] = budgets
    expect(everything).toMatchObject({ name: 'everything', scope: {} })
    expect(one).toMatchObject({ name: expect.stringMatching(/^budget_[\w-]{12}$/), scope: { client: [client] } })
    expect(others.scope).toEqual({
      client: [`!${client}`, '!(not shown)', '*'],
      user: ['(not shown)'],
      model: ['gpt-*'],
    })
    expect(one.usedUsd).toBeGreaterThan(0)
    const asked = await session.ask('budgets', { name: one.name })
    expect(asked.budgets).toEqual([{ ...one, days: [expect.objectContaining({ costUsd: one.usedUsd })] }])
    const refusal = await session.refusal('budgets', { name: 'others-monthly' })
    expect(JSON.stringify(refusal).match(NAMES)).toBeNull()
  })

  it('are not found by a pseudonym that nobody was given', async () => {
    const session = await openSession(root(), HERE)
    expect(await session.refusal('report', { client: 'client_AAAAAAAAAAAA' })).toMatchObject({
      code: 'unknown-pseudonym',
    })
  })
})

describe('texts of prompts and answers', () => {
  it('leave in no answer, whatever is shown', async () => {
    const session = await openSession(root(), { ...HERE, showsNames: true, fields: ['region'] })
    expect(await everything(session)).not.toContain('heron')
  })

  it('can be neither grouped by nor guessed by a filter', async () => {
    const session = await openSession(root(), HERE)
    const given = [
      { groupBy: ['prompt'] },
      { groupBy: ['model', 'messages.0.content'] },
      { where: ['prompt~*heron*'] },
      { where: ['metadata.answer=x'] },
    ]
    for (const one of given) expect(await session.refusal('report', one)).toMatchObject({ code: 'hidden-field' })
    expect(await session.refusal('events', { where: ['response~*heron*'] })).toMatchObject({ code: 'hidden-field' })
  })

  it('stay, while a field that is named and numbers go', async () => {
    const shown = await openSession(root(), { ...HERE, fields: ['region'] })
    const { events } = await shown.ask('events', { where: ['region=emea'] })
    expect(events).toHaveLength(1)
    expect(events[0]).toMatchObject({ region: 'emea', retries: 3, checks: 1 })
    expect((await shown.ask('report', { groupBy: ['region'] })).rows[0].region).toBe('emea')
    const { events: hidden } = await (await openSession(root(), HERE)).ask('events')
    expect(JSON.stringify(hidden)).not.toContain('emea')
  })
})
