// Lists a page at a time by cursors: nothing is left out and nothing comes twice, whatever is appended meanwhile.
import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runProfiles } from './support/profile-story.ts'
import { lines, type RunningServer, runServer } from './support/running-server.ts'

// Days without a time are all of one instant.
const event = (id: string, timestamp: string) => ({ timestamp, id, client: 'diageo', session: 's', input_tokens: 1 })
const LOG = 'usage_logs/2026-02-02.jsonl'
const FIRST = ['a', 'b', 'c', 'd', 'e'].map(id => event(id, '2026-02-02'))
const LATER = event('f', '2026-02-02T09:00:00Z')

async function pageAt(server: RunningServer, path: string) {
  const reply = await server.ask('admin', path)
  expect([path, reply.status]).toEqual([path, 200])
  const document = (await reply.json()) as { events: { id: string }[]; total: number; offset: number }
  const [, next] = /^<(.*)>; rel="next"$/.exec(reply.headers.get('link') ?? '') ?? []
  return { ids: document.events.map(({ id }) => id), next, document }
}

describe('pages of events', () => {
  it.each([
    ['/api/v1/events?limit=2', ['f', 'e', 'd', 'c', 'b', 'a']],
    ['/api/v1/analytics/user-activity?limit=2', ['f', 'e', 'd', 'c', 'b', 'a']],
  ])('%s gives each event once while others are appended', async (path, expected) => {
    const server = await runServer({ [LOG]: lines(...FIRST, LATER) })
    const seen: string[] = []
    let more = 0
    for (let next: string | undefined = path; next !== undefined; ) {
      const page = await pageAt(server, next)
      expect(page.document.offset).toBe(seen.length + 2 * more)
      seen.push(...page.ids)
      next = page.next
      // One at the instant where the page ends, and one that is newer than all.
      const added = [event(`g${more}`, '2026-02-02'), event(`h${more}`, '2026-02-02T10:00:00Z')]
      appendFileSync(join(server.root, LOG), lines(...added))
      more++
    }
    expect(seen).toEqual(expected)
  })

  it('follow a session from its beginning', async () => {
    const server = await runServer({ [LOG]: lines(...FIRST, LATER) })
    const first = await pageAt(server, '/api/v1/sessions/s?limit=4')
    appendFileSync(join(server.root, LOG), lines(event('g', '2026-02-02T11:00:00Z')))
    const second = await pageAt(server, first.next!)
    expect([first.ids, second.ids, second.next]).toEqual([['a', 'b', 'c', 'd'], ['e', 'f', 'g'], undefined])
  })

  it('refuse a cursor that is none, or of another list', async () => {
    const server = await runServer({ [LOG]: lines(...FIRST) })
    const { next } = await pageAt(server, '/api/v1/events?limit=2')
    const codeOf = async (path: string) => {
      const reply = await server.ask('admin', path)
      return [reply.status, ((await reply.json()) as { code: string }).code]
    }
    expect(await codeOf(`${next}&client=diageo`)).toEqual([400, 'bad-cursor'])
    expect(await codeOf(next!.replace('/events', '/sessions/s'))).toEqual([400, 'bad-cursor'])
    expect(await codeOf(next!.slice(0, -1))).toEqual([400, 'bad-cursor'])
    expect(await codeOf('/api/v1/events?cursor=x.y')).toEqual([400, 'bad-cursor'])
    expect(await codeOf('/api/v1/events?cursor=')).toEqual([400, expect.any(String)])
    expect(await codeOf(`${next}&offset=1`)).toEqual([400, 'cursor-and-offset'])
  })
})

it('a list goes on where it was, also when an entry has gone', async () => {
  const server = await runProfiles()
  const linkOf = (headers: Headers) => /^<(.*)>/.exec(headers.get('link') ?? '')?.[1]
  const names = ({ json }: { json: { tokens: { name: string }[] } }) => json.tokens.map(({ name }) => name)
  const whole = names(await server.hear('admin', 'GET /api/v1/access/tokens'))
  const first = await server.hear('admin', 'GET /api/v1/access/tokens?limit=2')
  const second = await server.hear('admin', `GET ${linkOf(first.headers)}`)
  const third = await server.hear('admin', `GET ${linkOf(second.headers)}`)
  expect([...names(first), ...names(second), ...names(third)]).toEqual(whole)
  expect(linkOf(third.headers)).toBeUndefined()
})
