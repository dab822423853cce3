// Golden cases that read logs, each in a way that a seed draws: in `npm test` half of those that the built program leaves
// out, in CI all. WAYS=all (npm run check:ways) tries them in all ways.
import { expect, test } from 'vitest'
import { SEED } from './fixed-seed.ts'
import {
  formatOutcome,
  isForProgram,
  type Outcome,
  type Run,
  readCaseNames,
  readExpected,
  runCase,
  VERSION_CASE,
} from './golden-case.ts'
import { Random } from './scan/random.ts'
import { runInProcess } from './support/run-in-process.ts'
import { triesMore, triesOf } from './support/tries.ts'
import { prepareCache, tuningOf, WAYS, type Way } from './support/ways.ts'

/** These read no logs, or show the state of the cache. */
const WITHOUT_LOGS = /^(?:errors|help|profile|client|init|cache)\/|^reports\/doctor/

const names = await readCaseNames()
const random = new Random(SEED)
const ours = names.filter(
  (name, index) => name !== VERSION_CASE && (triesMore || !isForProgram(name, index)) && isDrawn(),
)
const drawn = ours.filter(name => !WITHOUT_LOGS.test(name)).flatMap(name => waysOf().map(way => ({ name, ...way })))

test.each(drawn)(
  `$name: $reader, $threads threads, blocks of $blockBytes, cache $cache (seed ${SEED})`,
  async ({ name, ...way }) => {
    const expected = await readExpected(name)
    expect(formatOutcome(await runCase(name, runBy(way, expected)))).toBe(formatOutcome(expected))
  },
)

test.each(ours.filter(name => WITHOUT_LOGS.test(name)))('%s', async name => {
  const expected = await readExpected(name)
  expect(formatOutcome(await runCase(name, runInProcess))).toBe(formatOutcome(expected))
})

test.each(names.filter(name => name.startsWith('errors/') && isDrawn()))(
  '%s ends with the error of that name',
  async name => {
    const { stderr } = await runCase(name, (words, cwd, environment, stdin) =>
      runInProcess(words, cwd, { ...environment, USAGEBOOK_ERRORS: 'json' }, stdin),
    )
    const lastLine = stderr.trim().split('\n').at(-1) ?? ''
    // Several cases of one error are told apart after a dot: errors/bad-flag.top
    expect(JSON.parse(lastLine)).toMatchObject({ error: { code: name.split('/')[1]!.split('.')[0] } })
  },
)

function isDrawn(): boolean {
  return triesMore || process.env.WAYS === 'all' || random.chance(0.5)
}

function waysOf(): readonly Way[] {
  if (process.env.WAYS === 'all') return WAYS
  return Array.from({ length: triesOf(1, 1, 4) }, () => random.pick(WAYS))
}

/** Lines that change their workspace cannot be run twice, so what they read is not cached before. */
function runBy(way: Way, { files, deleted, stdout }: Outcome): Run {
  const canRepeat = files.size === 0 && deleted.length === 0 && !stdout.startsWith('$ ')
  return async (words, cwd, environment, stdin) => {
    const reading = { tuning: tuningOf(way), threads: way.threads }
    const run = () => runInProcess(words, cwd, environment, stdin, reading)
    if (canRepeat) await prepareCache(way, cwd, run)
    return await run()
  }
}
