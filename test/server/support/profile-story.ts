// A workspace of profiles: diageo's own, unilever's own, one for all, and some that both see. What is unilever's has "soap"
// or "unilever" in its name, so that a text can be searched for it.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import * as z from 'zod'
import type { Route } from '../../../src/server/route.ts'
import { ROUTES } from '../../../src/server/routes/all-routes.ts'
import { type RunningServer, runServer, type Who } from './running-server.ts'

export const FOREIGN = /unilever|soap/i

const AT = '2026-02-01T10:00:00Z'

function version(number: number, name: string, clients: readonly string[] | 'all', more: object = {}): string {
  const seen =
    clients === 'all' ? { visibility: 'all' } : { visibility: 'client_specific', visible_to_clients: clients }
  const kept = { version: number, created_at: AT, created_by: 'ben@example.com' }
  return `${JSON.stringify({ name, ...kept, ...seen, ...more }, null, 2)}\n`
}

export const PROFILES: Readonly<Record<string, string>> = {
  'clients.json': JSON.stringify({
    clients: {
      diageo: { name: 'Diageo', profiles: ['brand_check_v2', 'house_rules', 'shared_check_v3'] },
      unilever: { name: 'Unilever', profiles: ['soap_check', 'house_rules', 'shared_check_v3'] },
    },
  }),
  'profiles/brand_check.json': version(1, 'Brand check', ['diageo'], { pass_threshold: 80 }),
  'profiles/brand_check_v2.json': version(2, 'Brand check', ['diageo'], {
    pass_threshold: 85,
    modified_by: 'anna@diageo.com',
    modified_at: AT,
    exact: 'EXACT',
  }).replace('"EXACT"', '0.12345678901234567891'),
  'profiles/house_rules.json': version(1, 'House rules', 'all'),
  'profiles/soap_check.json': version(1, 'Soap check', ['unilever'], { description: 'for unilever alone' }),
  'profiles/shared_check.json': version(1, 'Shared check', ['diageo'], { pass_threshold: 50 }),
  'profiles/shared_check_v2.json': version(2, 'Shared check', ['diageo', 'unilever'], { pass_threshold: 50 }),
  'profiles/shared_check_v3.json': version(3, 'Shared check', ['diageo', 'unilever'], { pass_threshold: 60 }),
  // What it was before was not for diageo.
  'profiles/late_check.json': version(1, 'Late check', ['unilever'], { description: 'made for soap' }),
  'profiles/late_check_v2.json': version(2, 'Late check', ['diageo']),
}

export interface Heard {
  readonly status: number
  readonly headers: Headers
  readonly text: string
  // biome-ignore lint/suspicious/noExplicitAny: the tests say what they expect in it
  readonly json: any
}

export interface ProfileServer extends RunningServer {
  hear(who: Who, request: string, body?: unknown, headers?: Record<string, string>): Promise<Heard>
  /** The audit of the server, oldest first, without what made the tokens. */
  audit(): { readonly action: string; readonly actor: string; readonly requestId: string; readonly detail: object }[]
}

/** The route of a request: what it answers is held against the shape that it declares. */
function routeOf(method: string, path: string): Route | undefined {
  const parts = path.replace(/\/?(\?.*)?$/, '').split('/')
  const fits = (own: string, index: number) => own.startsWith(':') || own === parts[index]
  const all = ROUTES.filter(route => {
    const own = route.path.split('/')
    return route.method === method && own.length === parts.length && own.every(fits)
  })
  return all.find(({ path: own }) => !own.includes(':')) ?? all[0]
}

/** `hear` takes "PUT /path". */
export async function runProfiles(files: Readonly<Record<string, string>> = PROFILES): Promise<ProfileServer> {
  const server = await runServer(files)
  return {
    ...server,
    async hear(who, request, body, headers = {}) {
      const [method = '', path = ''] = request.split(' ')
      const sent =
        body === undefined
          ? { method, headers }
          : { method, headers: { 'Content-Type': 'application/json', ...headers }, body: JSON.stringify(body) }
      const reply = await server.ask(who, path, sent)
      const text = await reply.text()
      const isJson = reply.headers.get('content-type')?.includes('json') === true
      const json = isJson && text !== '' ? JSON.parse(text) : undefined
      const shape = routeOf(method, path)?.answer
      if (reply.ok && shape instanceof z.ZodType) shape.parse(json)
      return { status: reply.status, headers: reply.headers, text, json }
    },
    audit: () =>
      readFileSync(join(server.root, '.usagebook/audit.jsonl'), 'utf8')
        .trim()
        .split('\n')
        .map(line => JSON.parse(line))
        .filter(({ action }) => action !== 'token.create'),
  }
}

/** Two refusals that differ in nothing but the request they are of. */
export function expectAlike(one: Heard, other: Heard): void {
  const bare = ({ status, json: { requestId: _, ...json } }: Heard) => ({ status, json })
  expect(bare(one)).toEqual(bare(other))
}
