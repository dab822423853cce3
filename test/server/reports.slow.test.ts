import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runInProcess } from '../support/run-in-process.ts'
import { lines, NOW, runServer } from './support/running-server.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: new Date(NOW).toISOString(), TZ: 'UTC' }

describe('reports', () => {
  it.each([
    ['/api/v1/reports/usage', ['--format', 'json']],
    [
      '/api/v1/reports/usage?period=2026-02&group-by=client,day&format=csv',
      ['--period', '2026-02', '--group-by', 'client,day', '--csv'],
    ],
    ['/api/v1/reports/errors.md?last-days=2', ['errors', '--last-days', '2', '--format', 'md']],
    ['/api/v1/reports/usage.html?client=diageo', ['--client', 'diageo', '--format', 'html']],
    [
      '/api/v1/reports/requests?where=model=gpt-4o&where=feature!=soap',
      ['requests', '--where', 'model=gpt-4o', '--where', 'feature!=soap', '--json'],
    ],
    ['/api/v1/dashboard?range=7d', ['dashboard', '--range', '7d']],
    ['/api/v1/events?limit=2&offset=1', ['events', '--limit', '2', '--offset', '1', '--json']],
    ['/api/v1/sessions/brand-1', ['events', '--session', 'brand-1', '--json']],
  ])('%s is what the command line says', async (path, words) => {
    const server = await runServer()
    const reply = await server.ask('admin', path)
    const ran = await runInProcess(words, server.root, ENVIRONMENT, undefined)
    expect(await reply.text()).toBe(ran.stdout.toString())
    expect(reply.status).toBe(200)
  })

  it('shows a line that was just appended', async () => {
    const server = await runServer()
    const analyses = async () =>
      ((await (await server.ask('admin', '/api/v1/reports/usage')).json()) as { summary: { analyses: number } }).summary
        .analyses
    const before = await analyses()
    const event = { timestamp: '2026-02-03T11:59:59Z', client: 'diageo', model: 'gpt-4o', input_tokens: 1 }
    appendFileSync(join(server.root, 'usage_logs/2026-02-03.jsonl'), lines(event))
    expect([before, await analyses()]).toEqual([5, 6])
  })

  it('says by its tag that nothing changed', async () => {
    const server = await runServer()
    const first = await server.ask('admin', '/api/v1/reports/usage')
    const etag = first.headers.get('etag')!
    const again = await server.ask('admin', '/api/v1/reports/usage', { headers: { 'If-None-Match': etag } })
    expect([etag.startsWith('"'), again.status, await again.text()]).toEqual([true, 304, ''])
  })

  it('computes a question once, however many ask it at once', async () => {
    const server = await runServer()
    const replies = await Promise.all(Array.from({ length: 64 }, () => server.ask('admin', '/api/v1/reports/usage')))
    const took = new Set(replies.map(reply => reply.headers.get('server-timing')))
    expect([replies.every(reply => reply.status === 200), took.size]).toEqual([true, 1])
  })

  it.each([
    ['/api/v1/reports/nope', 404, 'unknown-report'],
    ['/api/v1/reports/usage.xlsx', 404, 'unknown-form'],
    ['/api/v1/reports/usage?clinet=diageo', 400, 'unknown-option'],
    ['/api/v1/reports/usage?last-days=x', 400, 'bad-flag'],
    ['/api/v1/reports/usage?period=2026-01&period=2026-02', 400, 'flag-twice'],
    ['/api/v1/reports/usage?client=', 400, 'flag-needs-value'],
    ['/api/v1/reports/usage?logs=/etc/passwd', 400, 'unknown-option'],
    ['/api/v1/reports/usage?output=x', 400, 'unknown-option'],
    ['/api/v1/reports/usage?max-rejects=0', 422, 'check-failed'],
    ['/api/v1/reports/usage?group-by=client&section=users', 400, 'section-with-group-by'],
    ['/api/v1/nothing', 404, 'not-found'],
  ])('refuses %s', async (path, status, code) => {
    const server = await runServer()
    const reply = await server.ask('admin', path)
    const problem = (await reply.json()) as Record<string, unknown>
    expect(problem).toMatchObject({ status, code })
    expect(reply.headers.get('content-type')).toBe('application/problem+json; charset=utf-8')
    expect(reply.status).toBe(status)
    expect(server.said).toEqual([])
  })

  it('names the parameter that is wrong as who asked knows it', async () => {
    const server = await runServer()
    const problem = await (await server.ask('admin', '/api/v1/reports/usage?start-date=nope')).json()
    expect(problem).toMatchObject({ parameter: 'start-date', detail: expect.stringContaining('start-date "nope"') })
  })

  it('tells of the next page', async () => {
    const server = await runServer()
    const reply = await server.ask('admin', '/api/v1/events?limit=2&client=diageo')
    expect(reply.headers.get('link')).toMatch(/^<\/api\/v1\/events\?limit=2&client=diageo&cursor=[\w.-]+>; rel="next"$/)
    const last = await server.ask('admin', '/api/v1/events?limit=2&client=diageo&offset=2')
    expect(last.headers.get('link')).toBeNull()
  })

  it.each([
    ['text/csv', 'text/csv; charset=utf-8'],
    ['text/html;q=0.5, text/markdown', 'text/markdown; charset=utf-8'],
    ['application/pdf', 'application/json; charset=utf-8'],
    ['*/*', 'application/json; charset=utf-8'],
  ])('answers Accept: %s with %s', async (accept, type) => {
    const server = await runServer()
    const reply = await server.ask('admin', '/api/v1/reports/usage', { headers: { Accept: accept } })
    expect(reply.headers.get('content-type')).toBe(type)
  })
})
