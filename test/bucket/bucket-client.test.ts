// What a client makes of answers that a real bucket gives rarely.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { bringLogs } from '../../src/bucket/bring-logs.ts'
import { BucketClient } from '../../src/bucket/bucket-client.ts'

const KEYS = { AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_ENDPOINT_URL: 'http://bucket.test' }
const ACCESS = {
  endpoint: 'http://bucket.test',
  region: 'eu',
  accessKeyId: 'id',
  secretAccessKey: 'secret',
  sessionToken: undefined,
}
const CONTENTS = (key: string, etag: string, size: number) =>
  `<Contents><Key>${key}</Key><ETag>&quot;${etag}&quot;</ETag><Size>${size}</Size></Contents>`

afterEach(() => {
  vi.restoreAllMocks()
})

/** Answers all requests by their address. */
function answer(respond: (url: URL) => Response): void {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async input => respond(new URL((input as Request).url)))
}

function bring(cacheRoot = makeFolder()) {
  return bringLogs('s3://logs/a', null, { environment: KEYS, cacheRoot, nowMs: 0 })
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-bucket-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  return folder
}

/** A body whose connection breaks off after some bytes. */
function brokenOff(bytes: string): ReadableStream {
  const cause = Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' })
  let isSent = false
  return new ReadableStream({
    pull: controller => {
      if (isSent) controller.error(new TypeError('terminated', { cause }))
      else controller.enqueue(Buffer.from(bytes))
      isSent = true
    },
  })
}

test('a listing goes on for as many pages as there are', async () => {
  answer(({ searchParams }) => {
    const token = searchParams.get('continuation-token')
    if (token === null) {
      const next = '<IsTruncated>true</IsTruncated><NextContinuationToken>a+b/=</NextContinuationToken>'
      return new Response(
        `<ListBucketResult><EncodingType>url</EncodingType>${next}${CONTENTS('a%20%26b', 'x', 3)}</ListBucketResult>`,
      )
    }
    expect(token).toBe('a+b/=')
    return new Response(
      `<ListBucketResult><IsTruncated>false</IsTruncated>${CONTENTS('a&amp;%20&#xe4;', 'y', 4)}</ListBucketResult>`,
    )
  })
  expect(await new BucketClient(ACCESS, 'logs').list('a')).toEqual([
    { key: 'a &b', etag: '"x"', sizeBytes: 3 },
    { key: 'a&%20ä', etag: '"y"', sizeBytes: 4 },
  ])
})

test('an answer that is no listing is an error, and not an empty bucket', async () => {
  answer(() => new Response('<html>Please log in</html>'))
  await expect(bring()).rejects.toMatchObject({ code: 'bucket-unreadable' })
})

test('a listing that is cut off, and does not say where it goes on, is an error', async () => {
  let asked = 0
  answer(() => {
    asked++
    const isCut = asked === 1
    return new Response(`<ListBucketResult><IsTruncated>${isCut}</IsTruncated></ListBucketResult>`)
  })
  await expect(bring()).rejects.toMatchObject({ code: 'bucket-unreadable' })
})

test('a connection that breaks off is an error that says so', async () => {
  const listing = `<ListBucketResult>${CONTENTS('a.jsonl', 'x', 9)}</ListBucketResult>`
  answer(({ search }) =>
    search === '' ? new Response(brokenOff('{}\n'), { headers: { etag: '"x"' } }) : new Response(listing),
  )
  const message = 's3://logs/a.jsonl cannot be read: other side closed.'
  await expect(bring()).rejects.toMatchObject({ code: 'bucket-unreadable', message })
  answer(() => new Response(brokenOff('<ListBucketResult>')))
  await expect(bring()).rejects.toMatchObject({ message: 's3://logs/a cannot be read: other side closed.' })
})

test('where no copies can be written, the error says why', async () => {
  const listing = `<ListBucketResult>${CONTENTS('a.jsonl', 'x', 3)}</ListBucketResult>`
  answer(({ search }) => (search === '' ? new Response('{}\n', { headers: { etag: '"x"' } }) : new Response(listing)))
  const file = join(makeFolder(), 'no-folder')
  writeFileSync(file, '')
  await expect(bring(file)).rejects.toMatchObject({
    code: 'copy-unwritable',
    message: 'The copy of a.jsonl cannot be written: a part of its path is not a folder.',
  })
})

test('an object that comes cut short is an error, and not a shorter log', async () => {
  const listing = `<ListBucketResult>${CONTENTS('a.jsonl', 'not-of-bytes-3', 9)}</ListBucketResult>`
  answer(({ search }) =>
    search === '' ? new Response('{}\n', { headers: { etag: '"not-of-bytes-3"' } }) : new Response(listing),
  )
  await expect(bring()).rejects.toMatchObject({ code: 'object-damaged' })
})

test('an object whose bytes are not those of its ETag is an error', async () => {
  const etag = '0123456789abcdef0123456789abcdef'
  const listing = `<ListBucketResult>${CONTENTS('a.jsonl', etag, 3)}</ListBucketResult>`
  answer(({ search }) =>
    search === '' ? new Response('{}\n', { headers: { etag: `"${etag}"` } }) : new Response(listing),
  )
  await expect(bring()).rejects.toMatchObject({ code: 'object-damaged' })
})

test('the ETag of an object that is encrypted with a key of its owner says nothing about its bytes', async () => {
  const etag = '0123456789abcdef0123456789abcdef'
  const listing = `<ListBucketResult>${CONTENTS('a.jsonl', etag, 3)}</ListBucketResult>`
  const headers = { etag: `"${etag}"`, 'x-amz-server-side-encryption': 'aws:kms' }
  answer(({ search }) => (search === '' ? new Response('{}\n', { headers }) : new Response(listing)))
  expect((await bring()).files.map(({ name }) => name)).toEqual(['a.jsonl'])
})

test('a bucket that changes with every look is given up on', async () => {
  const listing = `<ListBucketResult>${CONTENTS('a.jsonl', 'x', 3)}</ListBucketResult>`
  answer(({ search }) =>
    search === '' ? new Response('{}\n', { headers: { etag: '"other"' } }) : new Response(listing),
  )
  await expect(bring()).rejects.toMatchObject({ code: 'bucket-changes' })
})

test('keys that would leave the folder of copies are no logs', async () => {
  const keys = ['a/../../b.jsonl', 'a//b.jsonl', 'a/./b.jsonl', 'a/.b.jsonl']
  const listing = `<ListBucketResult>${keys.map(key => CONTENTS(key, 'x', 3)).join('')}</ListBucketResult>`
  answer(() => new Response(listing))
  expect((await bring()).files).toEqual([])
})
