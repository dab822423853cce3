// The long hunt: npm run hunt -- --answers 100000 --seed 7. Prints every answer that differs.
import { parseArgs } from 'node:util'
import { hunt } from './hunt.ts'

const { values } = parseArgs({
  options: { answers: { type: 'string' }, seed: { type: 'string' }, threads: { type: 'boolean' } },
})
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const found = await hunt(Number(values.answers ?? 10_000), seed, values.threads === true)
process.stdout.write(`seed ${seed}: ${found.answers} answers to ${found.questions} questions, ${found.values} values\n`)
for (const difference of found.differences) process.stdout.write(`${difference}\n`)
process.exitCode = found.differences.length > 0 ? 1 : 0
