import { describe, expect, it } from 'vitest'
import { runInProcess } from '../support/run-in-process.ts'
import { runProfiles } from './support/profile-story.ts'
import { NOW } from './support/running-server.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: new Date(NOW).toISOString(), TZ: 'UTC' }

describe('prices', () => {
  it('are those of the command line, a page at a time', async () => {
    const server = await runProfiles()
    const printed = await runInProcess(
      ['price', 'list', '--model', 'gpt-4o*', '--provider', 'openai', '--format', 'json'],
      server.root,
      ENVIRONMENT,
      undefined,
    )
    const { rows, ...head } = JSON.parse(printed.stdout.toString())
    const heard = await server.hear('viewer', 'GET /api/v1/prices?model=gpt-4o*&provider=openai&limit=2&offset=1')
    expect(heard.json).toEqual({ ...head, rows: rows.slice(1, 3), total: rows.length, limit: 2, offset: 1 })
    expect(heard.headers.get('link')).toMatch(
      /^<\/api\/v1\/prices\?model=gpt-4o\*&provider=openai&limit=2&cursor=[\w.-]+>; rel="next"$/,
    )
  })

  it('explain a request as the command line does', async () => {
    const server = await runProfiles()
    const words = ['--input', '250000', '--cache-read', '100000', '--output', '1000', '--format', 'json']
    const printed = await runInProcess(
      ['price', 'explain', 'claude-sonnet-4-5', ...words],
      server.root,
      ENVIRONMENT,
      undefined,
    )
    const query = 'model=claude-sonnet-4-5&input=250000&cache-read=100000&output=1000'
    const heard = await server.hear('viewer', `GET /api/v1/prices/explain?${query}`)
    expect(heard.json).toEqual(JSON.parse(printed.stdout.toString()))
    expect(heard.json.costUsd).toBeGreaterThan(0)
  })

  it.each([
    ['', 'model-needed'],
    ['?model=gpt-4o&input=1&cache-read=2', 'bad-tokens'],
    ['?model=gpt-4o&input=many', 'bad-flag'],
    ['?model=gpt-4o&tokens=1', 'unknown-option'],
  ])('refuse %s', async (query, code) => {
    const server = await runProfiles()
    const heard = await server.hear('admin', `GET /api/v1/prices/explain${query}`)
    expect([heard.status, heard.json.code]).toEqual([400, code])
  })

  it.each([
    ['nobody', 401],
    ['user', 403],
    ['viewer', 200],
    ['manager', 200],
    ['admin', 200],
  ] as const)('are for readers: %s hears %d', async (who, status) => {
    const server = await runProfiles()
    const list = await server.hear(who, 'GET /api/v1/prices?limit=1')
    const one = await server.hear(who, 'GET /api/v1/prices/explain?model=gpt-4o')
    expect([list.status, one.status]).toEqual([status, status])
  })
})
