// The built program as assistants start it: a session over its standard input and output.
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openStory, storyWorkspace } from '../support/library.ts'
import { makeFolder } from '../support/logs.ts'
import { callsOf, makeClient, REVISIONS, type Revision } from './support/session.ts'

const PROGRAM = join(import.meta.dirname, '../../bin/usagebook.js')
const ENVIRONMENT = { PATH: process.env.PATH ?? '', TZ: 'UTC', USAGEBOOK_NOW: '2026-02-03T08:00:00Z' }

async function connect(root: string, revision: Revision, flags: readonly string[] = []) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [PROGRAM, 'mcp', ...flags],
    cwd: root,
    env: ENVIRONMENT,
    stderr: 'pipe',
  })
  const client = makeClient(revision)
  await client.connect(transport)
  return callsOf(client)
}

/** What the program prints of these lines, and how it ends. */
async function pipe(root: string, lines: readonly unknown[], flags: readonly string[] = []) {
  const child = spawn(process.execPath, [PROGRAM, 'mcp', ...flags], { cwd: root, env: ENVIRONMENT })
  onTestFinished(() => void child.kill('SIGKILL'))
  const said = { stdout: '', stderr: '' }
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', part => {
      said[stream] += part
    })
  child.stdin.end(lines.map(line => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''))
  const code = await new Promise(resolve => child.on('close', resolve))
  const messages = said.stdout
    .split('\n')
    .filter(line => line !== '')
    // biome-ignore lint/suspicious/noExplicitAny: tests look into messages as a script would
    .map(line => JSON.parse(line) as any)
  return { code, messages, stderr: said.stderr }
}

const HELLO = {
  jsonrpc: '2.0',
  id: 0,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
}
const READY = { jsonrpc: '2.0', method: 'notifications/initialized' }
const call = (id: number, name: string, given: object = {}, meta: object = {}) => ({
  jsonrpc: '2.0',
  id,
  method: 'tools/call',
  params: { name, arguments: given, ...meta },
})

describe.each(REVISIONS)('a session at revision %s', (_, revision) => {
  it('answers as the library does', async () => {
    const root = storyWorkspace()
    const { ask, client } = await connect(root, revision, ['--names'])
    await client.listTools()
    const given = { period: '2026-02', section: ['clients', 'models'] } as const
    const { truncated, cursor, ...document } = await ask('report', given)
    expect([truncated, cursor]).toEqual([false, null])
    expect(document).toEqual(await (await openStory(root, { timezone: 'UTC' })).report(given))
  })
})

describe('standard output', () => {
  it('holds nothing but messages, also where the logs are broken', async () => {
    const root = makeFolder({
      '2026-02-01.jsonl': '{"timestamp":\n\u0000\u0001{{{{\n[]\n"x"\n{"timestamp":"2026-02-01","client":"a"}\n',
      '2026-02-02.jsonl.gz': 'no gzip',
      '2026-02-03.jsonl': Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x0a]),
      'prices.json': '{"models": 5}',
    })
    const config = join(root, 'usagebook.config.json')
    writeFileSync(config, '{"logs": ["."]}')
    const asked = ['report', 'events', 'formats', 'profiles'].map((name, index) => call(index + 1, name))
    const { code, messages, stderr } = await pipe(root, [HELLO, READY, 'no json', '{"jsonrpc":"1.0"}', ...asked])
    expect(code).toBe(0)
    expect(messages.every(({ jsonrpc }) => jsonrpc === '2.0')).toBe(true)
    expect(messages.map(({ id }) => id).sort()).toEqual([0, 1, 2, 3, 4])
    expect(stderr).not.toContain('    at ')
  })

  it('has the answers to all that was asked before the input ended', async () => {
    const { code, messages } = await pipe(storyWorkspace(), [HELLO, READY, call(1, 'report'), call(2, 'events')])
    expect(code).toBe(0)
    expect(messages.map(({ id, result }) => [id, result.isError ?? false])).toEqual(
      expect.arrayContaining([
        [0, false],
        [1, false],
        [2, false],
      ]),
    )
  })

  it('ends where nothing was asked', async () => {
    expect(await pipe(makeFolder(), [])).toEqual({ code: 0, messages: [], stderr: '' })
  })
})

/** Some megabytes, in files of their own. */
function largeWorkspace(): string {
  const root = makeFolder({ 'usagebook.config.json': '{"logs": ["."]}' })
  const line = (index: number) =>
    `{"timestamp":"2026-02-01T00:00:00Z","id":"${index}","client":"c${index % 9}","model":"gpt-4o","input_tokens":${index}}`
  const text = `${Array.from({ length: 20_000 }, (_, index) => line(index)).join('\n')}\n`
  for (let file = 0; file < 12; file++) writeFileSync(join(root, `part-${file}.jsonl`), text)
  return root
}

describe.each(REVISIONS)('a question over large logs at revision %s', (_, revision) => {
  it('says how far it is', async () => {
    const { client } = await connect(largeWorkspace(), revision)
    const told: { progress: number; total?: number | undefined }[] = []
    await client.callTool({ name: 'report', arguments: {} }, { onprogress: update => void told.push(update) })
    expect(told.length).toBeGreaterThan(1)
    for (const [index, { progress }] of told.entries())
      expect(progress).toBeGreaterThan(told[index - 1]?.progress ?? -1)
    expect(told.at(-1)!.progress).toBe(told.at(-1)!.total)
  })

  it('can be cancelled, and the next is answered', async () => {
    const { client, ask } = await connect(largeWorkspace(), revision)
    const controller = new AbortController()
    const told: number[] = []
    const running = client.callTool(
      { name: 'events', arguments: {} },
      {
        signal: controller.signal,
        onprogress: ({ progress }) => {
          told.push(progress)
          controller.abort('the person has stopped it')
        },
      },
    )
    await expect(running).rejects.toThrow('the person has stopped it')
    expect((await ask('explain_price', { model: 'gpt-4o' })).entry).toBe('openai/gpt-4o')
  })
})
