// What somebody sees who may see some clients is what a workspace with their logs alone would say.
import { describe, expect, it } from 'vitest'
import { REPORT_NAMES } from '../../src/report/catalogue.ts'
import { LOGS, runServer, type Who } from './support/running-server.ts'

/** Words that stand in the logs of one client alone. */
const FOREIGN: Readonly<Record<string, RegExp>> = {
  diageo: /unilever|uwe|claude|soap/,
  unilever: /diageo|anna|dan@|gpt|brand|review|timeout/,
}

const PATHS = [
  ...REPORT_NAMES.map(name => `/api/v1/reports/${name}`),
  '/api/v1/reports/usage?group-by=client,user,model',
  '/api/v1/reports/usage?period=2026-02-02&compare=previous',
  '/api/v1/reports/usage?client=*',
  '/api/v1/reports/usage.csv',
  '/api/v1/reports/usage.txt',
  '/api/v1/reports/clients.md',
  '/api/v1/reports/usage.html',
  '/api/v1/dashboard?range=7d',
  '/api/v1/events',
  '/api/v1/events?format=csv',
  '/api/v1/events?format=md',
  '/api/v1/events?limit=1',
  '/api/v1/dashboard?range=7d&format=csv',
  '/api/v1/dashboard?range=7d&format=text',
  '/api/v1/threats',
  ...['csv', 'json', 'md', 'txt'].map(form => `/api/v1/reports/activity.${form}?by=user,client`),
]

describe.each([
  ['viewer', 'diageo'],
  ['foreign', 'unilever'],
] as const)('the token %s', (who: Who, client) => {
  it('gets the answers of a workspace of its own', async () => {
    const shared = await runServer()
    const own = await runServer(onlyOf(client))
    for (const path of PATHS) {
      const reply = await shared.ask(who, path)
      const text = await reply.text()
      expect([path, reply.status]).toEqual([path, 200])
      expect(`${path} ${text.replace(client, '')}`).not.toMatch(FOREIGN[client]!)
      const ownReply = await own.ask(who, path)
      expect([path, withoutVolume(text)]).toEqual([path, withoutVolume(await ownReply.text())])
      const tags = [reply, ownReply].map(({ headers }) => headers.get('etag'))
      expect([path, ...tags]).toEqual([path, tags[1], expect.stringMatching(/^".+"$/)])
      if (path.includes('format=') || path.includes('.')) continue
      const whole = withoutVolume(await (await own.ask('admin', path)).text())
      expect([path, withoutVolume(text)]).toEqual([path, whole])
    }
  })

  it('gets nothing of others by asking for it', async () => {
    const server = await runServer()
    const other = client === 'diageo' ? 'unilever' : 'diageo'
    for (const question of [`client=${other}`, `where=client=${other}`, 'user=*', 'client=!nobody']) {
      const text = await (await server.ask(who, `/api/v1/reports/usage?format=csv&${question}`)).text()
      expect(text.replaceAll(client, '')).not.toMatch(FOREIGN[client]!)
    }
    const session = client === 'diageo' ? 'soap-1' : 'brand-1'
    const reply = (await (await server.ask(who, `/api/v1/sessions/${session}`)).json()) as { total: number }
    expect(reply.total).toBe(0)
  })
})

it('the role user sees what it did itself, and who has no scope sees nothing', async () => {
  const server = await runServer()
  const analyses = async (who: Who) =>
    ((await (await server.ask(who, '/api/v1/reports/usage')).json()) as { summary: { analyses: number } }).summary
      .analyses
  expect([await analyses('admin'), await analyses('user'), await analyses('nothing')]).toEqual([5, 2, 0])
})

function onlyOf(client: string): Record<string, string> {
  const own = (text: string) =>
    text
      .split('\n')
      .filter(line => line.includes(`"client":"${client}"`))
      .map(line => `${line}\n`)
      .join('')
  return Object.fromEntries(Object.entries(LOGS).map(([name, text]) => [name, own(text)]))
}

// What lines were read in all is nobody's business but an admin's.
function withoutVolume(text: string): unknown {
  if (!text.startsWith('{')) return text
  const document = JSON.parse(text) as { ledger?: Record<string, unknown> }
  const { read: _read, filtered: _filtered, files: _files, bytes: _bytes, ...ledger } = document.ledger ?? {}
  return { ...document, ledger }
}
