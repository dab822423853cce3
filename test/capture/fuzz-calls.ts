// The long run of hostile calls: npm run fuzz:capture-calls -- --calls 1000000 --seed 7. Prints what was thrown.
import { parseArgs } from 'node:util'
import { makeHostileCalls } from './hostile-calls.ts'

const { values } = parseArgs({ options: { calls: { type: 'string' }, seed: { type: 'string' } } })
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const calls = Number(values.calls ?? 50_000)
const { problems, brokenLines, lines, logged } = await makeHostileCalls(calls, seed)
for (const problem of problems.slice(0, 20)) process.stdout.write(`${problem}\n`)
process.stdout.write(
  `${calls} calls, ${lines} lines of ${logged} events, seed ${seed}: ${problems.length} problems, ${brokenLines} broken lines\n`,
)
process.exitCode = problems.length === 0 && brokenLines === 0 && lines === logged ? 0 : 1
