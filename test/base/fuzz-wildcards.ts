// The long run of the wildcards against their oracle: npm run fuzz:wildcards -- --runs 1000000 --seed 7. Prints the smallest
// pattern that differs.
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { WILDCARD_PROPERTIES } from './wildcard-properties.ts'

const { values } = parseArgs({ options: { runs: { type: 'string' }, seed: { type: 'string' } } })
const runs = Number(values.runs ?? 200_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000)

for (const [name, property] of Object.entries(WILDCARD_PROPERTIES)) {
  const result = await fc.check(property, { numRuns: runs, seed })
  process.stdout.write(`${name}: ${result.numRuns} runs, seed ${seed}${result.failed ? ', FAILED' : ''}\n`)
  if (!result.failed) continue
  process.stdout.write(`${fc.defaultReportMessage(result) ?? ''}\n`)
  process.exitCode = 1
}
