import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FOREIGN, PROFILES, runProfiles } from './support/profile-story.ts'
import { LOGS, type RunningServer, type Who } from './support/running-server.ts'

const FILES = { ...PROFILES, ...LOGS, 'reports/usage_report.json': '{"total": 1}\n', 'reports/.part.json': '{' }

describe('health', () => {
  it('is what the doctor says', async () => {
    const server = await runProfiles(FILES)
    const { status, json } = await server.hear('admin', 'GET /api/v1/health')
    expect([status, json.schema, json.workspace]).toEqual([200, 'usagebook/doctor@1', server.root])
    const names = json.checks.map(({ name }: { name: string }) => name)
    expect(names).toContain('profiles and clients')
    expect(json.checks.some(({ hint }: { hint: string | null }) => hint?.includes('usagebook'))).toBe(true)
  })

  it('names nothing to who sees some clients only', async () => {
    const server = await runProfiles(FILES)
    const { status, json, text } = await server.hear('manager', 'GET /api/v1/health')
    expect([status, json.schema]).toEqual([200, 'usagebook/doctor@1'])
    expect([FOREIGN.test(text), text.includes(server.root), text.includes('.jsonl')]).toEqual([false, false, false])
  })
})

describe('the cache', () => {
  it('is told of and removed', async () => {
    const server = await runProfiles(FILES)
    const { folder } = (await server.hear('admin', 'GET /api/v1/cache')).json.cache
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'sums'), 'kept')
    const before = await server.hear('admin', 'GET /api/v1/cache')
    expect(before.json.cache).toMatchObject({ files: 1, sizeBytes: 4, logs: [join(server.root, 'usage_logs')] })
    expect(before.json).toMatchObject({ root: join(server.root, 'cache/usagebook'), others: [] })
    const cleared = await server.hear('admin', 'DELETE /api/v1/cache')
    expect(cleared.json.cleared).toMatchObject([{ folder, files: 1 }])
    expect((await server.hear('admin', 'GET /api/v1/cache')).json.cache.files).toBe(0)
    expect(server.audit().map(({ action }) => action)).toEqual(['cache.clear.asked', 'cache.clear'])
  })
})

describe('files of reports', () => {
  it('are listed and downloaded', async () => {
    const server = await runProfiles(FILES)
    writeFileSync(join(server.root, 'reports', 'a "b".csv'), 'a,b\n')
    const list = await server.hear('admin', 'GET /api/v1/generated-reports')
    expect(list.json.total).toBe(2)
    const { id, href } = list.json.reports.find(({ id }: { id: string }) => id.endsWith('.csv'))
    const file = await server.hear('admin', `GET ${href}`)
    expect([id, file.status, file.text]).toEqual(['a "b".csv', 200, 'a,b\n'])
    expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    expect(file.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''a%20%22b%22.csv")
    const etag = file.headers.get('etag')!
    expect((await server.hear('admin', `GET ${href}`, undefined, { 'If-None-Match': etag })).status).toBe(304)
  })

  it('are regular files of that folder and nothing else', async () => {
    const server = await runProfiles(FILES)
    mkdirSync(join(server.root, 'reports/old'))
    symlinkSync(join(server.root, 'clients.json'), join(server.root, 'reports/link.json'))
    const list = await server.hear('admin', 'GET /api/v1/generated-reports')
    expect(list.json.reports.map(({ id }: { id: string }) => id)).toEqual(['usage_report.json'])
    for (const id of [
      'old',
      'link.json',
      '.part.json',
      'none.json',
      '..%2Fclients.json',
      '%2e%2e%2fclients.json',
      '..%5Cclients.json',
      'usage_report.json%00',
      './usage_report.json%2F..%2F..%2Fclients.json',
      `${encodeURIComponent('/etc/passwd')}`,
    ]) {
      const heard = await server.hear('admin', `GET /api/v1/generated-reports/${id}`)
      expect([id, heard.status]).toEqual([id, 404])
    }
  })

  it('are for who sees all clients', async () => {
    const server = await runProfiles(FILES)
    expect((await server.hear('manager', 'GET /api/v1/generated-reports')).json).toMatchObject({ total: 0 })
    const path = 'GET /api/v1/generated-reports/usage_report.json'
    expect((await server.hear('manager', path)).status).toBe(404)
  })
})

describe('roles', () => {
  const ROUTES: readonly [string, Readonly<Partial<Record<Who, number>>>][] = [
    ['GET /api/v1/health', { admin: 200, manager: 200 }],
    ['GET /api/v1/cache', { admin: 200 }],
    ['DELETE /api/v1/cache', { admin: 200 }],
    ['GET /api/v1/generated-reports', { admin: 200, manager: 200 }],
    ['GET /api/v1/generated-reports/usage_report.json', { admin: 200, manager: 404 }],
  ]

  it('may do what they may do, and nothing else', async () => {
    const server: RunningServer & Awaited<ReturnType<typeof runProfiles>> = await runProfiles(FILES)
    for (const [request, allowed] of ROUTES) {
      const refused = { nobody: 401, manager: 403, viewer: 403, foreign: 403, nothing: 403, user: 403 }
      for (const [who, status] of Object.entries({ ...refused, ...allowed })) {
        const heard = await server.hear(who as Who, request)
        expect([request, who, heard.status]).toEqual([request, who, status])
      }
    }
  })
})
