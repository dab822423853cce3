import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { KeptRows } from '../../../src/app/log/kept-rows.ts'
import { openLogs } from '../../../src/app/log/open-logs.ts'
import { checkPricesOf } from '../../../src/app/price/check-prices.ts'
import type { LogRequest } from '../../../src/app/request/requests.ts'
import { findThreats } from '../../../src/app/threat/find-threats.ts'
import type { EngineOptions } from '../../../src/app/workspace/open-engine.ts'
import { keyOfFormat } from '../../../src/engine/cache/origin.ts'
import { buildFormat } from '../../../src/event/build-format.ts'
import { formatsIn, writeSource } from '../../source/read-source.ts'
import { requestOf } from '../../support/logs.ts'

const row = (id: number, output: number) => ({
  type: 'assistant',
  timestamp: '2026-03-01T10:00:00Z',
  cwd: '/home/anna/brands',
  sessionId: 's1',
  uuid: `u${id}`,
  requestId: `req_${id}`,
  message: { id: `msg_${id}`, model: 'claude-sonnet-4-5', usage: { input_tokens: 10, output_tokens: output } },
})

const LOG = 'a.jsonl'

class History {
  readonly folder = writeSource({ [LOG]: [row(1, 3), row(1, 50), row(2, 7), '{"broken'] })
  readonly file = join(this.folder, LOG)
  readonly cache = join(this.folder, '.cache')
  progress = 0
  machineNow = () => Date.now() + 60_000

  get engine(): EngineOptions {
    const cache = { root: this.folder, folder: this.cache, logs: [] }
    return { cache, toolVersion: '0', machineNow: this.machineNow, tuning: { leastCacheBytes: 0 } }
  }

  /** The events as text, and what became of the lines. */
  async open(engine: EngineOptions | undefined = this.engine) {
    const { logs } = requestOf(this.folder, { formatOf: await formatsIn(this.folder) })
    const onProgress = (bytes: number) => {
      this.progress += bytes
    }
    const { files } = await openLogs(logs, { onProgress }, { isScoped: false }, engine)
    return files.map(({ made }) => [Buffer.from(made!.bytes).toString(), [...made!.lines], made!.ledger])
  }

  keptFiles(): string[] {
    return readdirSync(this.cache).filter(name => name.startsWith('rows-'))
  }

  /** Whether the rows of the file, as it is now, are kept. */
  async isKept(): Promise<boolean> {
    const { logs } = requestOf(this.folder, { formatOf: await formatsIn(this.folder) })
    const file = { path: this.file, name: LOG, format: null, day: null, days: null, packing: 'none' } as const
    const rows = new KeptRows(this.engine, this.cache)
    const looked = rows.look(file, logs.formatOf(file))
    return looked !== undefined && rows.read(looked) !== undefined
  }
}

test('rows that are kept are what was read, to the line and the reason', async () => {
  const history = new History()
  const [plain, cold, warm] = [await history.open(undefined), await history.open(), await history.open()]
  expect(history.keptFiles()).toHaveLength(1)
  expect(await history.isKept()).toBe(true)
  expect(cold).toEqual(plain)
  expect(warm).toEqual(plain)
  expect(history.progress).toBe(3 * statSync(history.file).size)
})

test.each([
  ['threats', findThreats],
  ['prices', (request: LogRequest) => checkPricesOf(request, {})],
])('rows are also kept where it is %s that is asked for', async (_, ask) => {
  const history = new History()
  const request = requestOf(history.folder, { formatOf: await formatsIn(history.folder) })
  await ask({ ...request, engine: history.engine })
  expect(history.keptFiles()).toHaveLength(1)
})

test('a file that grew, or was edited in place under its old time, is read anew', async () => {
  const history = new History()
  await history.open()
  appendFileSync(history.file, `\n${JSON.stringify(row(3, 9))}\n`)
  expect(await history.isKept()).toBe(false)
  expect(JSON.stringify(await history.open())).toContain('\\"output_tokens\\":9')
  expect(await history.isKept()).toBe(true)
  const { atime, mtime } = statSync(history.file)
  writeFileSync(history.file, readFileSync(history.file, 'utf8').replace('"output_tokens":9', '"output_tokens":8'))
  utimesSync(history.file, atime, mtime)
  expect(await history.isKept()).toBe(false)
  expect(await history.open()).toEqual(await history.open(undefined))
})

test('a file that has just changed is not kept, because it may change again without a sign of it', async () => {
  const history = new History()
  history.machineNow = () => Date.now()
  await history.open()
  expect(await history.isKept()).toBe(false)
})

test('a damaged file of the cache is read anew, and kept again', async () => {
  const history = new History()
  const plain = await history.open(undefined)
  await history.open()
  const [name = ''] = history.keptFiles()
  const path = join(history.cache, name)
  const bytes = readFileSync(path)
  for (const at of [0, 40, bytes.length >> 1, bytes.length - 1]) {
    const damaged = Buffer.from(bytes)
    damaged[at]! ^= 1
    writeFileSync(path, damaged)
    expect(await history.open()).toEqual(plain)
  }
  writeFileSync(path, bytes.subarray(0, 100))
  expect(await history.open()).toEqual(plain)
  expect(await history.isKept()).toBe(true)
})

test('formats that differ in what a rule sets have other keys', () => {
  const keyOf = (tier: string) =>
    keyOfFormat(
      buildFormat('ours', {
        fields: { timestamp: 'at', input_tokens: 'in' },
        when: [{ if: ['speed=fast'], set: { service_tier: tier } }],
      }),
    )
  expect(keyOf('fast')).toBe(keyOf('fast'))
  expect(keyOf('fast')).not.toBe(keyOf('priority'))
})
