// Reports over a bucket, on a server that speaks S3: the same bytes as over a folder with the same logs.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { AwsClient } from 'aws4fetch'
import S3rver from 's3rver'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { oddLogs } from '../support/odd-logs.ts'
import { runInProcess } from '../support/run-in-process.ts'

let home: string
let server: S3rver
let endpoint: string
let bucket = 0

const KEYS = { AWS_ACCESS_KEY_ID: 'S3RVER', AWS_SECRET_ACCESS_KEY: 'S3RVER' }
const owner = new AwsClient({ accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER', service: 's3', region: 'us-east-1' })

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'usagebook-s3-'))
  const port = await freePort()
  endpoint = `http://127.0.0.1:${port}`
  server = new S3rver({ address: '127.0.0.1', port, silent: true, directory: join(home, 'server') })
  await server.run()
})

afterAll(async () => {
  await server.close()
  rmSync(home, { recursive: true })
})

beforeEach(async () => {
  bucket++
  await send('PUT', '')
})

afterEach(() => {
  vi.restoreAllMocks()
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>(resolve => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise(resolve => probe.close(resolve))
  return port
}

async function send(method: string, key: string, body?: string | Uint8Array): Promise<void> {
  const path = key.split('/').map(encodeURIComponent).join('/')
  const response = await owner.fetch(`${endpoint}/logs-${bucket}/${path}`, {
    method,
    ...(body && { body: Buffer.from(body) }),
  })
  expect(response.ok, `${method} ${key}: ${response.status}`).toBe(true)
}

/** Puts logs into the bucket, and the same into a folder; returns the folder. */
async function place(logs: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = join(home, `folder-${bucket}`)
  for (const [name, content] of Object.entries(logs)) {
    await send('PUT', `app/${name}`, content)
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

async function run(words: readonly string[], environment: Readonly<Record<string, string>> = KEYS) {
  const fixed = { USAGEBOOK_NOW: '2026-04-10T08:00:00Z', TZ: 'UTC', NO_COLOR: '1', USAGEBOOK_ERRORS: 'json' }
  const place = { HOME: home, XDG_CACHE_HOME: join(home, 'cache'), AWS_ENDPOINT_URL: endpoint }
  return await runInProcess([...words, '--quiet'], home, { ...fixed, ...place, ...environment }, undefined)
}

async function report(logs: string, ...words: string[]): Promise<string> {
  const { stdout, stderr, code } = await run(['report', ...words, '--format', 'json', '--top', '0', '--logs', logs])
  expect({ stderr, code }).toEqual({ stderr: '', code: '0' })
  return stdout
}

async function codeOf(words: readonly string[], environment?: Readonly<Record<string, string>>): Promise<string> {
  const { stderr, stdout } = await run(words, environment)
  expect(stdout).toBe('')
  return (JSON.parse(stderr.trim().split('\n').at(-1)!) as { error: { code: string } }).error.code
}

/** What is asked of the server from now on: `list`, or the key and the range. */
function watchRequests(): string[] {
  const asked: string[] = []
  const real = globalThis.fetch
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const { url, headers } = input as Request
    const { search, pathname } = new URL(url)
    asked.push(
      search.includes('list-type') ? 'list' : `${pathname.split('/').at(-1)} ${headers.get('range') ?? 'whole'}`,
    )
    return await real(input, init)
  })
  return asked
}

const line = (client: string) => `${JSON.stringify({ timestamp: '2026-03-27T10:00:00Z', client, input_tokens: 5 })}\n`

test.each([[[]], [['sessions']], [['--group-by', 'client,day']], [['errors']]])(
  'report %j is the same',
  async words => {
    const logs = oddLogs(100)
    const packed = { 'old/2026-03-20.jsonl.gz': gzipSync(line('diageo')), 'ä ö+&%.jsonl': line('unilever') }
    const folder = await place({ ...logs, ...packed, 'notes.txt': 'no log', '.hidden.jsonl': line('nobody') })
    expect(await report(`s3://logs-${bucket}/app/`, ...words)).toBe(await report(folder, ...words))
  },
)

test('what is here already is not fetched again', async () => {
  await place({ '2026-03-27.jsonl': line('diageo'), '2026-03-28.jsonl': line('diageo') })
  const first = await report(`s3://logs-${bucket}/app`)
  const asked = watchRequests()
  expect(await report(`s3://logs-${bucket}/app`)).toBe(first)
  expect(asked).toEqual(['list'])
})

test('of an object that has grown only the end is fetched', async () => {
  const begun = line('diageo')
  await place({ '2026-03-27.jsonl': begun })
  await report(`s3://logs-${bucket}/app`)
  const folder = await place({ '2026-03-27.jsonl': begun + line('unilever') })
  const asked = watchRequests()
  const grown = await report(`s3://logs-${bucket}/app`)
  const size = begun.length + line('unilever').length
  expect(asked).toEqual(['list', `2026-03-27.jsonl bytes=${begun.length}-${size - 1}`])
  expect(grown).toBe(await report(folder))
})

test('an object that is longer now, and begins otherwise, is fetched whole', async () => {
  await place({ '2026-03-27.jsonl': line('diageo') })
  await report(`s3://logs-${bucket}/app`)
  const folder = await place({ '2026-03-27.jsonl': line('nestle') + line('unilever') })
  const asked = watchRequests()
  expect(await report(`s3://logs-${bucket}/app`)).toBe(await report(folder))
  expect(asked.at(-1)).toBe('2026-03-27.jsonl whole')
})

test('an object of the same size with other bytes is another one', async () => {
  await place({ '2026-03-27.jsonl': line('diageo') })
  await report(`s3://logs-${bucket}/app`)
  const folder = await place({ '2026-03-27.jsonl': line('loreal') })
  expect(await report(`s3://logs-${bucket}/app`)).toBe(await report(folder))
})

test('an object that is gone does not count any more', async () => {
  await place({ '2026-03-27.jsonl': line('diageo'), '2026-03-28.jsonl': line('unilever') })
  await report(`s3://logs-${bucket}/app`)
  await send('DELETE', 'app/2026-03-28.jsonl')
  const left = JSON.parse(await report(`s3://logs-${bucket}/app`)) as { ledger: { used: number } }
  expect(left.ledger.used).toBe(1)
})

test('a prefix may end within a name', async () => {
  await place({ '2026-03-27.jsonl': line('diageo'), '2026-04-01.jsonl': line('unilever') })
  const march = JSON.parse(await report(`s3://logs-${bucket}/app/2026-03`)) as { ledger: { used: number } }
  expect(march.ledger.used).toBe(1)
})

test('an object that changes between list and get is listed again', async () => {
  await place({ '2026-03-27.jsonl': line('diageo') })
  const real = globalThis.fetch
  let gets = 0
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const isGet = !(input as Request).url.includes('list-type')
    if (isGet && gets++ === 0) {
      vi.mocked(globalThis.fetch).mockImplementation(real)
      await send('PUT', 'app/2026-03-27.jsonl', line('diageo') + line('diageo'))
    }
    return await real(input, init)
  })
  const told = JSON.parse(await report(`s3://logs-${bucket}/app`)) as { ledger: { used: number } }
  expect(told.ledger.used).toBe(2)
})

test('sums of pruned events beside the logs are told as missing', async () => {
  await place({ '2026-03-27.jsonl': line('diageo'), '.summaries/2026-01-01.0123456789ab.json': '{}' })
  const { stdout, code } = await run(['report', '--format', 'json', '--logs', `s3://logs-${bucket}/app`])
  expect(code).toBe('1')
  expect(JSON.parse(stdout)).toMatchObject({ ledger: { used: 1, complete: false } })
})

test('keys come from the environment or from a file, and wrong ones are refused', async () => {
  await place({ '2026-03-27.jsonl': line('diageo') })
  const asked = ['report', '--logs', `s3://logs-${bucket}/app`]
  const credentials = join(home, 'credentials')
  writeFileSync(
    credentials,
    '[default]\naws_access_key_id = WRONG\n\n[logs]\naws_access_key_id = S3RVER\naws_secret_access_key = S3RVER\n',
  )
  const fromFile = { AWS_SHARED_CREDENTIALS_FILE: credentials, AWS_PROFILE: 'logs' }
  expect((await run(asked, fromFile)).code).toBe('0')
  expect(await codeOf(asked, { ...fromFile, AWS_PROFILE: 'default' })).toBe('no-bucket-keys')
  expect(await codeOf(asked, { ...KEYS, AWS_ACCESS_KEY_ID: 'unknown' })).toBe('bucket-unreadable')
  expect(await codeOf(['report', '--logs', 's3://no-such-bucket/app'])).toBe('bucket-unreadable')
})

test.each([
  [['log', 'prune', '--older-than', '1d', '--dry-run']],
  [['log', 'forget', '--user', 'anna', '--dry-run']],
  [['log', 'append']],
  [['events', '--follow']],
])('%j needs files of this machine', async words => {
  await place({ '2026-03-27.jsonl': line('diageo') })
  expect(await codeOf([...words, '--logs', `s3://logs-${bucket}/app`])).toBe('only-local-logs')
})
