// Whatever is pruned, in whatever steps, and however logs are read: a report is the same before and after, or says what it lacks.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { REPORTS } from '../../src/report/catalogue.ts'
import { openLogFolder } from '../capture/log-folder.ts'
import { runInProcess } from '../support/run-in-process.ts'
import { triesOf } from '../support/tries.ts'
import { prepareCache, tuningOf, WAYS, type Way } from '../support/ways.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: '2026-03-12T08:00:00Z', TZ: 'UTC', NO_COLOR: '1' }
// Threads are started anew for every report, so only the long run has them.
const WAYS_OF_RUN = WAYS.filter(({ threads }) => threads <= triesOf(1, 1, 4))
const QUESTIONS: readonly (readonly string[])[] = [
  ['report'],
  ['report', '--family', '--user', '!ben*'],
  ['report', '--group-by', 'day,client,user'],
  ['report', '--since', '2026-03-02', '--until', '2026-03-05'],
  ['report', '--period', '2026-03-04', '--compare', 'previous'],
  ['report', '--group-by', 'client,hour'],
  ['report', '--event', 'error'],
  ...REPORTS.filter(({ name }) => name !== 'usage').map(({ name }) => ['report', name]),
  ...REPORTS.filter(({ name }) => name !== 'usage').map(({ name }) => ['report', name, '--since', '2026-03-04']),
  ['report', 'trends', '--since', '2026-03-03', '--until', '2026-03-05'],
  ['report', 'latency', '--dedupe', 'off'],
  ['report', 'clients', '--dedupe', 'all'],
  ['dashboard'],
  ['dashboard', '--start', '2026-03-03', '--end', '2026-03-05'],
  ['events', '--limit', '10'],
  ['events', '--limit', '2', '--since', '2026-03-04', '--client', 'diageo'],
  ...(['off', 'file', 'all'] as const).map(mode => ['report', '--dedupe', mode]),
]

const event = fc.record({
  // Of few values, so that ids come again in other days, kinds and files.
  file: fc.integer({ min: 1, max: 5 }),
  day: fc.integer({ min: -1, max: 1 }),
  hour: fc.integer({ min: 0, max: 23 }),
  id: fc.constantFrom('a', 'b', 'c', 'd', undefined),
  event: fc.constantFrom('analysis', 'analysis', 'error', 'request', 'feedback', 'threat', 'file_upload', 'user_query'),
  client: fc.constantFrom('diageo', 'unilever', undefined),
  user: fc.constantFrom('anna@diageo.com', 'ben@unilever.com'),
  profile: fc.constantFrom('brand_check', 'brand_check_v2', undefined),
  model: fc.constantFrom('gpt-4o', 'claude-sonnet-4-5', undefined),
  input_tokens: fc.constantFrom(undefined, 10, 250_000),
  cost_usd: fc.constantFrom(undefined, 1, '0.00000000000031'),
  hasSession: fc.boolean(),
  feature: fc.constantFrom(undefined, 'chat', 'scan'),
  endpoint: fc.constantFrom(undefined, '/api/chat'),
  status_code: fc.constantFrom(undefined, 200, 500),
  country: fc.constantFrom(undefined, 'GB', 'IN'),
  duration_ms: fc.constantFrom(undefined, 20, 3000),
  value: fc.constantFrom(1, 3, 5),
})

type LoggedEvent = typeof event extends fc.Arbitrary<infer Event> ? Event : never

const step = fc.constantFrom(
  ['--older-than', '10d'],
  ['--older-than', '9d'],
  ['--older-than', '7d'],
  ['--errors', '8d'],
  ['--errors', '1d'],
  ['--older-than', '9d', '--errors', '2d'],
)

function lineOf({ file, day, hour, value, hasSession, ...fields }: LoggedEvent): string {
  const date = new Date(Date.UTC(2026, 2, file + day, hour, 30)).toISOString()
  // From noon to noon: what began more than a day before a range is not looked for among what was pruned.
  const session = hasSession ? `night ${file + day + (hour < 12 ? -1 : 0)}` : undefined
  return `${JSON.stringify({ timestamp: date, session, ...fields, ...OF_KIND[fields.event]?.(value) })}\n`
}

const QUESTIONS_A_RUN = 8

const OF_KIND: Readonly<Record<string, (value: number) => object>> = {
  feedback: rating => ({ rating }),
  threat: value => ({ threat_type: 'injection', severity: value > 3 ? 'critical' : 'low', resolved: value === 1 }),
  file_upload: value => ({ file_type: 'csv', size_bytes: value * 1000, rows: value }),
  user_query: value => ({ query_length: value * 10, suggested: value > 1 }),
}

interface Answer {
  readonly sums: object
  /** What the report says that it lacks. */
  readonly lacking: object
}

async function ask(dir: string, way: Way, words: readonly string[]): Promise<Answer> {
  const logs = join(dir, 'usage_logs')
  const environment = { ...ENVIRONMENT, XDG_CACHE_HOME: join(dir, 'cache') }
  const reading = { tuning: tuningOf(way), threads: way.threads }
  const argv = [...words, '--format', 'json', '--logs', logs]
  const run = () => runInProcess(argv, dir, environment, undefined, reading)
  if (way.cache !== 'warm') rmSync(join(dir, 'cache'), { recursive: true, force: true })
  await prepareCache(way, logs, run)
  const { stdout } = await run()
  const { ledger, problems: _problems, ...sums } = JSON.parse(stdout)
  return { sums, lacking: { ...ledger.summarized?.unusedBy, ...ledger.compared?.unusedBy } }
}

it('every report is the same through any prunes, or says what it lacks', async () => {
  let answered = 0
  const property = fc.asyncProperty(
    fc.array(event, { minLength: 1, maxLength: 30 }),
    fc.array(step, { minLength: 1, maxLength: 3 }),
    fc.shuffledSubarray([...QUESTIONS], { minLength: QUESTIONS_A_RUN, maxLength: QUESTIONS_A_RUN }),
    fc.constantFrom(...WAYS_OF_RUN),
    async (events, steps, questions, way) => {
      const { dir } = openLogFolder()
      mkdirSync(join(dir, 'usage_logs'))
      for (const file of new Set(events.map(({ file }) => file))) {
        const own = events.filter(one => one.file === file)
        writeFileSync(join(dir, 'usage_logs', `2026-03-0${file}.jsonl`), own.map(lineOf).join(''))
      }
      const before: Answer[] = []
      for (const words of questions) before.push(await ask(dir, way, words))
      for (const words of steps) {
        const prune = ['log', 'prune', '--yes', ...words, '--logs', join(dir, 'usage_logs')]
        expect(await runInProcess(prune, dir, ENVIRONMENT, undefined)).toMatchObject({ code: '0', stderr: '' })
        for (const [index, words] of questions.entries()) {
          const { sums, lacking } = await ask(dir, way, words)
          if (Object.keys(lacking).length > 0) continue
          const name = words.join(' ')
          expect({ name, sums }).toEqual({ name, sums: before[index]!.sums })
          answered++
        }
      }
    },
  )
  await fc.assert(property, { numRuns: triesOf(4, 12, 300), ...seedOf(process.env.SEED) })
  expect(answered).toBeGreaterThan(20)
})

function seedOf(text: string | undefined): { seed?: number } {
  return text === undefined ? {} : { seed: Number(text) }
}
