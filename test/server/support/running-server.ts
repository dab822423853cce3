// A server over a workspace of its own, in this process, with a token for each role.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { accessHome } from '../../../src/app/access/home.ts'
import { createToken } from '../../../src/app/access/tokens.ts'
import { quietHost } from '../../../src/app/quiet-host.ts'
import type { Settings } from '../../../src/app/workspace/configuration.ts'
import type { Instant } from '../../../src/base/zone.ts'
import { serveSettings } from '../../../src/server/serve-settings.ts'
import { type Patience, type StartedServer, type StartOptions, startServer } from '../../../src/server/start-server.ts'

export const NOW = Date.parse('2026-02-03T12:00:00Z') as Instant

/** Two clients over three days, and a line that nobody can read. */
export const LOGS: Readonly<Record<string, string>> = {
  'usage_logs/2026-02-01.jsonl': lines(
    {
      timestamp: '2026-02-01T09:00:00Z',
      client: 'diageo',
      user: 'anna@diageo.com',
      model: 'gpt-4o',
      profile: 'brand_check',
      input_tokens: 1000,
      output_tokens: 200,
      feature: 'review',
    },
    {
      timestamp: '2026-02-01T10:00:00Z',
      client: 'unilever',
      user: 'uwe@unilever.com',
      model: 'claude-sonnet-4-5',
      profile: 'soap_check',
      input_tokens: 3000,
      output_tokens: 100,
      feature: 'soap',
    },
  ),
  'usage_logs/2026-02-02.jsonl': lines(
    {
      timestamp: '2026-02-02T09:00:00Z',
      client: 'diageo',
      user: 'dan@diageo.com',
      model: 'gpt-4o',
      profile: 'brand_check',
      input_tokens: 500,
      output_tokens: 50,
      status: 'error',
      error: 'timeout',
    },
    {
      timestamp: '2026-02-02T11:00:00Z',
      client: 'unilever',
      user: 'uwe@unilever.com',
      model: 'claude-sonnet-4-5',
      profile: 'soap_check',
      input_tokens: 700,
      output_tokens: 70,
      session: 'soap-1',
    },
    'no json',
  ),
  'usage_logs/2026-02-03.jsonl': lines({
    timestamp: '2026-02-03T08:00:00Z',
    client: 'diageo',
    user: 'anna@diageo.com',
    model: 'gpt-4o',
    profile: 'brand_check',
    input_tokens: 900,
    output_tokens: 90,
    session: 'brand-1',
  }),
}

/** Who has a token in each test: their role, clients and user. */
export const TOKENS = {
  admin: { role: 'admin' },
  manager: { role: 'manager', clients: ['diageo'] },
  viewer: { role: 'viewer', clients: ['diageo'] },
  foreign: { role: 'viewer', clients: ['unilever'] },
  nothing: { role: 'viewer' },
  user: { role: 'user', user: 'anna@diageo.com' },
} as const

export type Who = keyof typeof TOKENS | 'nobody'

export interface RunningServer extends StartedServer {
  readonly root: string
  readonly tokens: Readonly<Record<keyof typeof TOKENS, string>>
  /** What it wrote into its own log. */
  readonly said: readonly string[]
  /** Asks as somebody; `path` begins with a slash. */
  ask(who: Who, path: string, init?: RequestInit): Promise<Response>
}

export async function runServer(
  files: Readonly<Record<string, string>> = LOGS,
  serve: Settings['serve'] = {},
  environment: Readonly<Record<string, string>> = {},
  patience?: Patience,
  evaluate?: StartOptions['evaluate'],
): Promise<RunningServer> {
  const root = mkdtempSync(join(tmpdir(), 'usagebook-server-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [name, text] of Object.entries(files)) writeInto(root, name, text)
  const host = {
    ...quietHost(root, { environment: { XDG_CACHE_HOME: join(root, 'cache'), ...environment }, now: () => NOW }),
    timezone: () => 'UTC',
  }
  const home = accessHome(root, host)
  const tokens: Record<string, string> = {}
  for (const [who, grant] of Object.entries(TOKENS)) {
    tokens[who] = (await createToken({ ...grant, name: who, by: 'test' }, home)).token
  }
  const said: string[] = []
  const started = await startServer({
    settings: serveSettings({ port: 0 }, { serve }),
    host,
    workspace: { root },
    version: '0.0.0-test',
    say: text => said.push(text),
    ...(patience === undefined ? {} : { patience }),
    ...(evaluate === undefined ? {} : { evaluate }),
  })
  onTestFinished(() => started.stop(100))
  return {
    ...started,
    root,
    said,
    tokens: tokens as RunningServer['tokens'],
    ask: (who, path, init = {}) => {
      const headers = new Headers(init.headers)
      if (who !== 'nobody') headers.set('Authorization', `Bearer ${tokens[who]}`)
      return fetch(`${started.address.replace(/\/$/, '')}${path}`, { redirect: 'manual', ...init, headers })
    },
  }
}

export function writeInto(root: string, name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true })
  writeFileSync(join(root, name), text)
}

export function lines(...events: (object | string)[]): string {
  return events.map(event => `${typeof event === 'string' ? event : JSON.stringify(event)}\n`).join('')
}
