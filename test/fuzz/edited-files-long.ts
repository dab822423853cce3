// The long run: npm run fuzz:files -- --rounds 20000 --seed 7
import { parseArgs } from 'node:util'
import { Random } from '../scan/random.ts'
import { fuzzEditedFiles } from './edited-files.ts'

const { values } = parseArgs({ options: { rounds: { type: 'string' }, seed: { type: 'string' } } })
const rounds = Number(values.rounds ?? 2_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const fault = await fuzzEditedFiles(new Random(seed), rounds)
process.stdout.write(
  fault === undefined
    ? `${rounds} rounds, seed ${seed}: no fault\n`
    : `seed ${seed}: usagebook ${fault.command} with this ${fault.file}:\n${fault.text}\n${fault.why}\n`,
)
process.exitCode = fault === undefined ? 0 : 1
