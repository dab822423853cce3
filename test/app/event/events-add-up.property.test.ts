// Single events add up to the report: whoever sums the pages of a listing gets the rows of every group.
import { expect, it } from 'vitest'
import { openLogFolder } from '../../capture/log-folder.ts'
import { randomLogs, writeLogs } from '../../oracle/generate.ts'
import { Literal, type Members, readJson, type Value } from '../../oracle/json.ts'
import { type Exact, NOTHING, plus, readNumber, write } from '../../oracle/numbers.ts'
import { Random } from '../../scan/random.ts'
import { runInProcess } from '../../support/run-in-process.ts'
import { triesOf } from '../../support/tries.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: '2026-02-20T08:00:00Z', USAGEBOOK_NO_CACHE: '1' }
const PAGE = 40
const LOGS = triesOf(2, 5, 100)

/** Fields of an event and the measures of a report that they add up to. */
const SUMS = {
  checks: 'checks',
  input_tokens: 'inputTokens',
  cache_read_tokens: 'cacheReadTokens',
  cache_write_tokens: 'cacheWriteTokens',
  output_tokens: 'outputTokens',
  total_tokens: 'totalTokens',
  cost_usd: 'costUsd',
} as const
const GROUPS: Readonly<Record<string, (event: Members) => Value>> = {
  client: event => event.get('client') ?? null,
  user: event => event.get('user') ?? null,
  model: event => event.get('model') ?? null,
  day: event => (event.get('timestamp') as string).slice(0, 10),
}

it('events on all pages add up to the rows of the report, to the last digit', async () => {
  for (let seed = 1; seed <= LOGS; seed++) {
    const random = new Random(seed * 104_729 + Number(process.env.SEED ?? 0))
    const { dir } = openLogFolder()
    writeLogs(dir, randomLogs(random))
    const asked = ['--timezone', random.pick(['UTC', 'Asia/Kolkata', 'America/New_York'])]
    const events = (await listAll(dir, asked)).filter(isUsage)
    for (const [name, keyOf] of Object.entries(GROUPS)) {
      const words = ['report', ...asked, '--group-by', name, '--cost', 'logged', '--format', 'json']
      const document = readJson(await run(dir, words)) as Members
      expect({ seed, name, rows: sumsOf(events, keyOf) }).toEqual({ seed, name, rows: rowsOf(document, name) })
    }
  }
})

async function run(dir: string, words: readonly string[]): Promise<string> {
  const { stdout, stderr, code } = await runInProcess([...words, '-q'], dir, ENVIRONMENT, undefined)
  expect({ code, stderr }).toEqual({ code: '0', stderr: '' })
  return stdout
}

async function listAll(dir: string, asked: readonly string[]): Promise<Members[]> {
  const events: Members[] = []
  for (let offset = 0; ; offset += PAGE) {
    const paging = ['--limit', String(PAGE), '--offset', String(offset)]
    const page = await run(dir, ['events', ...asked, ...paging, '--format', 'jsonl'])
    const lines = page.split('\n').filter(line => line !== '')
    events.push(...lines.map(line => readJson(line) as Members))
    if (lines.length < PAGE) return events
  }
}

function isUsage(event: Members): boolean {
  return event.get('event') === 'analysis' || Object.keys(SUMS).some(name => event.has(name))
}

type Sums = Readonly<Record<string, string | null>>

function sumsOf(events: readonly Members[], keyOf: (event: Members) => Value): Readonly<Record<string, Sums>> {
  const keys = new Set(events.map(event => textOf(keyOf(event))))
  return Object.fromEntries([...keys].map(key => [key, addUp(events.filter(event => textOf(keyOf(event)) === key))]))
}

function addUp(events: readonly Members[]): Sums {
  const sums = Object.entries(SUMS).map(([name, measure]) => {
    const values = events.flatMap(event => (event.has(name) ? [amountOf(event.get(name)!)] : []))
    return [measure, measure === 'costUsd' && values.length === 0 ? null : write(values.reduce(plus, NOTHING))]
  })
  const errors = events.filter(event => event.get('status') === 'error').length
  return { analyses: String(events.length), errors: String(errors), ...Object.fromEntries(sums) }
}

// Checks may be a list, or an object.
function amountOf(value: Value): Exact {
  if (value instanceof Map) return { top: BigInt(value.size), digits: 0 }
  if (Array.isArray(value)) return { top: BigInt(value.length), digits: 0 }
  return readNumber(value instanceof Literal ? value.text : String(value))!
}

function rowsOf(document: Members, name: string): Readonly<Record<string, Sums>> {
  const measures = ['analyses', 'errors', ...Object.values(SUMS)]
  return Object.fromEntries(
    (document.get('rows') as readonly Members[])
      .filter(row => (row.get('analyses') as Literal).text !== '0')
      .map(row => {
        const sums = measures.map(key => {
          const value = row.get(key)
          return [key, value instanceof Literal ? write(readNumber(value.text)!) : (value as null)]
        })
        return [textOf(row.get(name)!), Object.fromEntries(sums) as Sums]
      }),
  )
}

// As reports read it: a number is the text of its digits.
function textOf(value: Value): string {
  return value === null ? 'none' : JSON.stringify(value instanceof Literal ? value.text : String(value))
}
