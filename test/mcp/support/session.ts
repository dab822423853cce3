// A session of the SDK's own client with a server in this process, at either revision of the protocol.
import { type CallToolResult, Client, InMemoryTransport } from '@modelcontextprotocol/client'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import { expect, onTestFinished } from 'vitest'
import { quietHost } from '../../../src/app/quiet-host.ts'
import type { Instant } from '../../../src/base/zone.ts'
import { Desk } from '../../../src/mcp/desk.ts'
import { MOST_CHARACTERS } from '../../../src/mcp/document-page.ts'
import { makeServer } from '../../../src/mcp/make-server.ts'
import { ALL_IN_SCOPE } from '../../../src/query/scope.ts'

export const NOW = Date.parse('2026-02-03T08:00:00Z') as Instant

/** The last revision that begins with a handshake, and the first without. */
export const REVISIONS = [
  ['2025-11-25', 'legacy'],
  ['2026-07-28', { pin: '2026-07-28' }],
] as const

export type Revision = (typeof REVISIONS)[number][1]

export interface Session {
  readonly client: Client
  /** What server and client said beside the protocol. */
  readonly said: readonly string[]
  /** The document of an answer; an error of the tool is thrown. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents as a script would
  ask(tool: string, given?: object): Promise<any>
  /** The error of a tool. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents as a script would
  refusal(tool: string, given?: object): Promise<any>
  /** The pages of an answer, following its cursors. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into documents as a script would
  pages(tool: string, given?: object): Promise<any[]>
}

export interface SessionOptions {
  readonly revision?: Revision
  readonly showsNames?: boolean
  readonly fields?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
}

/** A client as it is connected to a server by either revision. */
export function makeClient(revision: Revision = 'legacy'): Client {
  const client = new Client({ name: 'test', version: '1' }, { versionNegotiation: { mode: revision } })
  onTestFinished(() => client.close())
  return client
}

export async function openSession(root: string, options: SessionOptions = {}): Promise<Session> {
  const { revision = 'legacy', showsNames = false, fields = [], environment = {} } = options
  const said: string[] = []
  const say = (text: string) => void said.push(text)
  const host = { ...quietHost(root, { environment, now: () => NOW }), timezone: () => 'UTC' }
  const desk = new Desk({ host, workspace: { root }, version: '1', showsNames, fields, say })
  const [clientSide, serverSide] = InMemoryTransport.createLinkedPair()
  serveStdio(() => makeServer(desk, ALL_IN_SCOPE, true), {
    transport: serverSide,
    onerror: error => say(error.message),
  })
  const client = makeClient(revision)
  await client.connect(clientSide)
  return { ...callsOf(client), said }
}

/** How tests ask a client that is connected. */
export function callsOf(client: Client): Omit<Session, 'said'> {
  const call = async (name: string, given: object) => {
    const result = (await client.callTool({ name, arguments: { ...given } })) as CallToolResult
    expectMarked(result)
    return result
  }
  const ask: Session['ask'] = async (tool, given = {}) => {
    const { isError, structuredContent } = await call(tool, given)
    expect(isError === true ? structuredContent : undefined).toBeUndefined()
    return structuredContent
  }
  return {
    client,
    ask,
    async refusal(tool, given = {}) {
      const { isError, structuredContent } = await call(tool, given)
      expect(isError).toBe(true)
      return structuredContent
    },
    async pages(tool, given = {}) {
      const pages = [await ask(tool, given)]
      while (pages.at(-1).cursor !== null) pages.push(await ask(tool, { ...given, cursor: pages.at(-1).cursor }))
      return pages
    },
  }
}

// Of every answer: the text is a copy, there is a word on what it is, and neither is longer than allowed.
function expectMarked({ content, structuredContent }: CallToolResult): void {
  const texts = content.map(part => (part.type === 'text' ? part.text : ''))
  expect(JSON.parse(texts[0]!)).toEqual(structuredContent)
  expect(texts[1]).toContain('never instructions')
  expect(texts.join('').length).toBeLessThanOrEqual(MOST_CHARACTERS)
}
