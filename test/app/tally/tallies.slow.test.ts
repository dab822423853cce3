// Reports over tallies of several machines: the same bytes as over the logs of all of them, or refused by name.
import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeFolder } from '../../support/logs.ts'
import { oddLogs } from '../../support/odd-logs.ts'
import { runInProcess } from '../../support/run-in-process.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: '2026-04-10T08:00:00Z', TZ: 'UTC', NO_COLOR: '1', USAGEBOOK_ERRORS: 'json' }

async function run(folder: string, ...words: string[]) {
  return await runInProcess([...words, '--quiet'], folder, ENVIRONMENT, undefined)
}

/** Puts each of some logs on one of three hosts, and all of them in one folder beside. */
function placeOnHosts(folder: string, logs: Readonly<Record<string, string | Uint8Array>>): void {
  mkdirSync(join(folder, 'all'), { recursive: true })
  for (const [at, [name, content]] of Object.entries(logs).entries()) {
    const host = join(folder, 'hosts', `host-${at % 3}`)
    mkdirSync(join(host, 'usage_logs'), { recursive: true })
    writeFileSync(join(host, 'usage_logs', name), content)
    writeFileSync(join(folder, 'all', name), content)
  }
}

async function exportAll(folder: string, ...options: string[]): Promise<void> {
  for (const host of readdirSync(join(folder, 'hosts'))) {
    const place = join('hosts', host)
    const words = ['tally', 'export', '--logs', join(place, 'usage_logs'), '-o', join(place, 'day.tally')]
    expect(await run(folder, ...words, ...options)).toEqual({ stdout: '', stderr: '', code: '0' })
  }
}

async function bothReports(folder: string, words: readonly string[]) {
  const asked = ['report', ...words, '--format', 'json', '--top', '0']
  const local = await run(folder, ...asked, '--logs', 'all', '--no-cache')
  return { local, tallied: await run(folder, ...asked, '--from-tallies', 'hosts/*/*.tally') }
}

function codeOf({ stderr }: { readonly stderr: string }): string {
  return (JSON.parse(stderr.trim().split('\n').at(-1)!) as { error: { code: string } }).error.code
}

describe('of logs with all that is out of the ordinary', () => {
  const IN_BERLIN = ['--timezone', 'Europe/Berlin']
  let folder: string

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'usagebook-tallies-'))
    placeOnHosts(folder, oddLogs(400))
    await exportAll(folder, ...IN_BERLIN)
  })

  afterAll(() => rmSync(folder, { recursive: true }))

  test.each([
    [[]],
    [['--no-cost']],
    [['--cost', 'logged']],
    [['--cost', 'estimated']],
    [['--profile', 'brand']],
    [['--profile', 'a*b', '--client', '!plain']],
    [['--model', 'gpt*,deepseek*']],
    [['--status', 'error']],
    [['--event', 'request,error']],
    [['--since', '2026-03-28', '--until', '2026-03-29']],
    [['--since', '2026-03-29T10:00', '--until', '2026-03-29T13:00']],
    [['--group-by', 'hour,country']],
    [['--group-by', 'week,status']],
    [['--group-by', 'month,event,profile']],
    [['--group-by', 'day,client,user,model,provider,service_tier', '--family']],
    [['--group-by', 'error,error_type,status_code,endpoint,feature']],
    [['--where', 'status_code>=404']],
    [['--period', '2026-03-29', '--compare', 'previous']],
    [['errors']],
    [['activity']],
    [['features']],
    [['models']],
    [['latency']],
    [['countries']],
    [['clients']],
  ])('report %j is the same', async words => {
    const { local, tallied } = await bothReports(folder, [...words, ...IN_BERLIN])
    expect(tallied.stdout).toBe(local.stdout)
    expect({ code: tallied.code, isLong: tallied.stdout.length > 1000 }).toEqual({ code: '0', isLong: true })
  })

  test.each([
    [['sessions'], 'not-in-tallies'],
    [['requests'], 'not-in-tallies'],
    [['threats'], 'not-in-tallies'],
    [['feedback'], 'not-in-tallies'],
    [['uploads'], 'not-in-tallies'],
    [['queries'], 'not-in-tallies'],
    [['trends', '--period', '2026-03-29'], 'not-in-tallies'],
    [['--group-by', 'session'], 'not-in-tallies'],
    [['--group-by', 'ip'], 'not-in-tallies'],
    [['--where', 'duration_ms>=12.5'], 'not-in-tallies'],
    [['--where', 'metadata.region!=eu'], 'not-in-tallies'],
    [['--dedupe', 'all'], 'not-in-tallies'],
    [['--dedupe', 'off'], 'not-in-tallies'],
    [['--log-timezone', 'Asia/Kathmandu'], 'tally-of-another-zone'],
  ])('what needs lines is refused: %j', async (words, code) => {
    const { local, tallied } = await bothReports(folder, [...words, ...IN_BERLIN])
    expect(local.code).toBe('0')
    expect({ code: codeOf(tallied), stdout: tallied.stdout }).toEqual({ code, stdout: '' })
  })
})

const LINE = { timestamp: '2026-03-27T10:00:00Z', client: 'diageo', model: 'house-model', input_tokens: 100 }

function linesOf(count: number, more: object = {}): string {
  return Array.from({ length: count }, (_, at) => `${JSON.stringify({ ...LINE, user: `u${at}`, ...more })}\n`).join('')
}

async function reportsOf(logs: Readonly<Record<string, string>>, words: readonly string[] = []) {
  const folder = makeFolder()
  placeOnHosts(folder, logs)
  await exportAll(folder)
  return await bothReports(folder, words)
}

test('where no id repeats, it does not matter where ids count', async () => {
  const { local, tallied } = await reportsOf({ '2026-03-27.jsonl': linesOf(3) }, ['--dedupe', 'off'])
  expect(tallied.stdout).toBe(local.stdout)
})

test.each([
  ['2026-03-27T10:30', 'not-in-tallies'],
  ['2026-03-27T11:00', '0'],
])('a range from %s of an hour that has events before and after ends with %s', async (since, outcome) => {
  const text = ['10:15', '10:45', '11:15'].map(time => linesOf(1, { timestamp: `2026-03-27T${time}:00Z` })).join('')
  const { local, tallied } = await reportsOf({ '2026-03-27.jsonl': text }, ['--since', since])
  expect(local.code).toBe('0')
  expect(tallied.code === '0' ? tallied.code : codeOf(tallied)).toBe(outcome)
})

test('logs of one name on two machines are told apart', async () => {
  const folder = makeFolder()
  placeOnHosts(folder, { 'a.jsonl': `${linesOf(2)}{}\n`, 'b.jsonl': `${linesOf(3, { user: 'other' })}{}\n` })
  renameSync(join(folder, 'hosts/host-1/usage_logs/b.jsonl'), join(folder, 'hosts/host-1/usage_logs/a.jsonl'))
  await exportAll(folder)
  const { stdout } = await run(folder, 'report', '--format', 'json', '--from-tallies', 'hosts/*/*.tally')
  const problems = [
    { file: 'host-0/day.tally/a.jsonl', line: 3 },
    { file: 'host-1/day.tally/a.jsonl', line: 4 },
  ]
  expect(JSON.parse(stdout)).toMatchObject({ ledger: { used: 5, rejected: 2 }, problems })
})

test('of one kind, events with usage are told from those without', async () => {
  const lines = [
    { ...LINE, event: 'request' },
    { timestamp: LINE.timestamp, client: 'diageo', model: 'house-model', event: 'request' },
  ]
  const text = lines.map(line => `${JSON.stringify(line)}\n`).join('')
  for (const words of [[], ['latency'], ['--event', 'request'], ['countries']]) {
    const { local, tallied } = await reportsOf({ '2026-03-27.jsonl': text }, words)
    expect(tallied.stdout).toBe(local.stdout)
  }
})

test('logs without any usage are told as they are from the lines', async () => {
  const silent = linesOf(3, { input_tokens: undefined, model: 'gpt-4o' })
  const logs = { '2026-03-27.jsonl': linesOf(3, { model: 'gpt-4o' }), '2026-03-28.jsonl': silent }
  const { local, tallied } = await reportsOf(logs)
  expect(tallied.stdout).toBe(local.stdout)
  expect(JSON.parse(tallied.stdout)).toMatchObject({ ledger: { unread: { analyses: 3, files: ['2026-03-28.jsonl'] } } })
})

describe('an event counts once', () => {
  async function reported(folder: string): Promise<string> {
    await exportAll(folder)
    const ran = await run(folder, 'report', '--format', 'json', '--from-tallies', 'hosts/*/*.tally')
    return ran.code === '0'
      ? `used ${(JSON.parse(ran.stdout) as { ledger: { used: number } }).ledger.used}`
      : codeOf(ran)
  }

  test.each([
    ['a copy', linesOf(5)],
    ['one that has grown', linesOf(5) + linesOf(40, { user: 'later' })],
    ['one that ends in the middle of a line', `${linesOf(5)}{"time`],
  ])('a log is refused beside %s', async (_, other) => {
    const folder = makeFolder()
    placeOnHosts(folder, { '2026-03-27.jsonl': linesOf(5), '2026-03-28.jsonl': other })
    expect(await reported(folder)).toBe('tallies-overlap')
  })

  test('a log is refused beside itself packed', async () => {
    const folder = makeFolder()
    placeOnHosts(folder, { '2026-03-27.jsonl': linesOf(5), '2026-03-28.jsonl.gz': gzipSync(linesOf(9)) })
    expect(await reported(folder)).toBe('tallies-overlap')
  })

  test('logs that only begin alike both count', async () => {
    const folder = makeFolder()
    const logs = { 'a.jsonl': linesOf(5), 'b.jsonl': linesOf(3) + linesOf(4, { user: 'other' }) }
    placeOnHosts(folder, logs)
    expect(await reported(folder)).toBe('used 12')
  })

  test('a tally is refused beside its copy', async () => {
    const folder = makeFolder()
    placeOnHosts(folder, { '2026-03-27.jsonl': linesOf(5) })
    await exportAll(folder)
    copyFileSync(join(folder, 'hosts/host-0/day.tally'), join(folder, 'hosts/host-0/copy.tally'))
    const ran = await run(folder, 'report', '--from-tallies', 'hosts/*/*.tally')
    expect({ code: codeOf(ran), stdout: ran.stdout }).toEqual({ code: 'tallies-overlap', stdout: '' })
  })

  test('a tally that is named twice counts once', async () => {
    const folder = makeFolder()
    placeOnHosts(folder, { '2026-03-27.jsonl': linesOf(5) })
    await exportAll(folder)
    const twice = ['--from-tallies', 'hosts/host-0/day.tally', '--from-tallies', 'hosts/*/*.tally']
    const ran = await run(folder, 'report', '--format', 'json', ...twice)
    expect(JSON.parse(ran.stdout)).toMatchObject({ ledger: { used: 5 } })
  })
})

describe('prices that have changed since the export', () => {
  const price = (more: string) => `{"prices": [{"model": "house-model", ${more} "input": "1", "output": "2"}]}`
  const laterPrice = (from: string) =>
    `{"prices": [{"model": "house-model", "to": "${from}", "input": "1", "output": "2"}, {"model": "house-model", "from": "${from}", "input": "3", "output": "4"}]}`

  async function reportsWith(before: string, after: string) {
    const folder = makeFolder({ 'prices.json': before })
    placeOnHosts(folder, {
      '2026-03-27.jsonl': linesOf(5),
      '2026-03-30.jsonl': linesOf(5, { timestamp: '2026-03-30T10:00:00Z' }),
    })
    await exportAll(folder)
    writeFileSync(join(folder, 'prices.json'), after)
    return await bothReports(folder, [])
  }

  test('are used, where they change between the sums', async () => {
    const { local, tallied } = await reportsWith(price(''), laterPrice('2026-03-28T22:00:00Z'))
    expect(tallied.stdout).toBe(local.stdout)
    expect(tallied.code).toBe('0')
  })

  test('are refused, where they change within them', async () => {
    const { local, tallied } = await reportsWith(price(''), laterPrice('2026-03-27T10:00:00Z'))
    expect(local.code).toBe('0')
    expect(codeOf(tallied)).toBe('not-in-tallies')
  })
})

test('what was pruned is added as it is beside the logs', async () => {
  const folder = makeFolder()
  const old = linesOf(6, { timestamp: '2026-03-01T10:00:00Z' })
  mkdirSync(join(folder, 'hosts/host-0/usage_logs'), { recursive: true })
  const log = join(folder, 'hosts/host-0/usage_logs/2026-03-01_2026-03-27.jsonl')
  writeFileSync(log, old + linesOf(4))
  const pruned = await run(folder, 'log', 'prune', '--logs', 'hosts/host-0/usage_logs', '--older-than', '20d', '--yes')
  expect(pruned.code).toBe('0')
  await exportAll(folder)
  const asked = ['report', '--format', 'json']
  const local = await run(folder, ...asked, '--logs', 'hosts/host-0/usage_logs')
  const tallied = await run(folder, ...asked, '--from-tallies', 'hosts/*/*.tally')
  expect(tallied.stdout).toBe(local.stdout)
  expect(JSON.parse(tallied.stdout)).toMatchObject({ ledger: { used: 4, summarized: { events: 6 } } })
})

test('a tally that was cut off or changed is none', async () => {
  const folder = makeFolder()
  placeOnHosts(folder, { '2026-03-27.jsonl': linesOf(5) })
  await exportAll(folder)
  const tally = join(folder, 'hosts/host-0/day.tally')
  const whole = readFileSync(tally)
  for (const bytes of [whole.subarray(0, -9), gzipSync('{}'), Buffer.from('no tally')]) {
    writeFileSync(tally, bytes)
    expect(codeOf(await run(folder, 'report', '--from-tallies', tally))).toBe('bad-tally')
  }
})

test('a log that is written to meanwhile is known again by the lines that were added up', async () => {
  const folder = makeFolder()
  placeOnHosts(folder, { '2026-03-27.jsonl': linesOf(5) })
  await exportAll(folder)
  const log = join(folder, 'hosts/host-0/usage_logs/2026-03-27.jsonl')
  appendFileSync(log, linesOf(7, { user: 'later' }))
  const later = ['tally', 'export', '--logs', 'hosts/host-0/usage_logs', '-o', 'hosts/host-0/later.tally']
  expect((await run(folder, ...later)).code).toBe('0')
  expect(codeOf(await run(folder, 'report', '--from-tallies', 'hosts/*/*.tally'))).toBe('tallies-overlap')
})
