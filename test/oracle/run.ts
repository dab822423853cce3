// The long hunt: npm run hunt -- --answers 100000 --seed 7 [--threads]. Prints every answer that differs.
import { parseArgs } from 'node:util'
import { hunt } from './hunt.ts'

const { values } = parseArgs({
  options: { answers: { type: 'string' }, seed: { type: 'string' }, threads: { type: 'boolean' } },
})
const wanted = Number(values.answers ?? 10_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const CHUNK = 1000
const sum = { answers: 0, questions: 0, values: 0, differences: 0 }
for (let first = seed; sum.answers < wanted && sum.differences < 5; first += CHUNK) {
  const found = await hunt(Math.min(CHUNK, wanted - sum.answers), first, values.threads === true)
  sum.answers += found.answers
  sum.questions += found.questions
  sum.values += found.values
  sum.differences += found.differences.length
  for (const difference of found.differences) process.stdout.write(`${difference}\n`)
  process.stdout.write(
    `${sum.answers} answers to ${sum.questions} questions, ${sum.values} values, from seed ${seed}\n`,
  )
}
process.exitCode = sum.differences > 0 ? 1 : 0
