// Whatever is pruned, in whatever steps: a report that summaries can answer is the same before and after.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { openLogFolder } from '../capture/log-folder.ts'
import { runInProcess } from '../support/run-in-process.ts'
import { triesOf } from '../support/tries.ts'

const ENVIRONMENT = { USAGEBOOK_NOW: '2026-03-12T08:00:00Z', TZ: 'UTC', NO_COLOR: '1', USAGEBOOK_NO_CACHE: '1' }
const REPORTS: readonly (readonly string[])[] = [
  [],
  ['--family', '--user', '!ben*'],
  ['--group-by', 'day,client,user'],
  ['--since', '2026-03-02', '--until', '2026-03-05'],
  ['--dedupe', 'off'],
]

const event = fc.record({
  // Of few values, so that ids come again in other days, kinds and files.
  file: fc.integer({ min: 1, max: 5 }),
  day: fc.integer({ min: -1, max: 1 }),
  hour: fc.integer({ min: 0, max: 23 }),
  id: fc.constantFrom('a', 'b', 'c', 'd', undefined),
  event: fc.constantFrom('analysis', 'error', 'request'),
  client: fc.constantFrom('diageo', 'unilever', undefined),
  user: fc.constantFrom('anna@diageo.com', 'ben@unilever.com'),
  profile: fc.constantFrom('brand_check', 'brand_check_v2', undefined),
  model: fc.constantFrom('gpt-4o', 'claude-sonnet-4-5', undefined),
  input_tokens: fc.constantFrom(undefined, 10, 250_000),
  cost_usd: fc.constantFrom(undefined, 1, '0.00000000000031'),
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

function lineOf({ file, day, hour, ...fields }: LoggedEvent): string {
  const date = new Date(Date.UTC(2026, 2, file + day, hour, 30)).toISOString()
  return `${JSON.stringify({ timestamp: date, ...fields })}\n`
}

interface Answer {
  readonly sums: object
  readonly unused: object
}

async function ask(dir: string, words: readonly string[]): Promise<Answer> {
  const argv = ['report', '--format', 'json', '--logs', join(dir, 'usage_logs'), ...words]
  const { stdout } = await runInProcess(argv, dir, ENVIRONMENT, undefined)
  const { ledger, problems: _problems, ...sums } = JSON.parse(stdout)
  return { sums, unused: ledger.summarized?.unusedBy ?? {} }
}

it('reports are the same through any prunes that summaries can answer for', async () => {
  let answered = 0
  const property = fc.asyncProperty(
    fc.array(event, { minLength: 1, maxLength: 30 }),
    fc.array(step, { minLength: 1, maxLength: 3 }),
    async (events, steps) => {
      const { dir } = openLogFolder()
      mkdirSync(join(dir, 'usage_logs'))
      for (const file of new Set(events.map(({ file }) => file))) {
        const own = events.filter(one => one.file === file)
        writeFileSync(join(dir, 'usage_logs', `2026-03-0${file}.jsonl`), own.map(lineOf).join(''))
      }
      const before: Answer[] = []
      for (const words of REPORTS) before.push(await ask(dir, words))
      for (const words of steps) {
        const prune = ['log', 'prune', '--yes', ...words, '--logs', join(dir, 'usage_logs')]
        expect(await runInProcess(prune, dir, ENVIRONMENT, undefined)).toMatchObject({ code: '0', stderr: '' })
        for (const [index, words] of REPORTS.entries()) {
          const { sums, unused } = await ask(dir, words)
          if (Object.keys(unused).length > 0) continue
          expect(sums).toEqual(before[index]!.sums)
          answered++
        }
      }
    },
  )
  await fc.assert(property, { numRuns: triesOf(12, 100), ...seedOf(process.env.SEED) })
  expect(answered).toBeGreaterThan(20)
})

function seedOf(text: string | undefined): { seed?: number } {
  return text === undefined ? {} : { seed: Number(text) }
}
