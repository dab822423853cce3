// The long run of the equality test: npm run fuzz -- --lines 1000000 --seed 7. Prints the smallest log that differs.
import { parseArgs } from 'node:util'
import { parseDay } from '../../src/base/calendar.ts'
import { openKernelModule } from '../../src/kernel/exports.ts'
import { answer, FORMATS, QUERIES } from './equality.ts'
import { Random } from './random.ts'
import { randomLog } from './random-lines.ts'

const { values } = parseArgs({ options: { lines: { type: 'string' }, seed: { type: 'string' } } })
const lineCount = Number(values.lines ?? 100_000)
const seed = Number(values.seed ?? Date.now() % 1_000_000)
const LINES = 200
const BLOCKS = [1, 64, 777, 4099, 65_536, 1024 * 1024]

const module = openKernelModule()
const random = new Random(seed)
let differences = 0
for (let done = 0; done < lineCount; done += LINES) {
  const log = randomLog(random, LINES, random.pick([0, 0.1, 0.5]))
  const query = QUERIES[random.pick(Object.keys(QUERIES))]!
  const format = FORMATS[random.pick(Object.keys(FORMATS))]!
  const blockBytes = random.pick(BLOCKS)
  const day = random.pick([null, parseDay('2026-02-02')!])
  const differs = (part: Buffer) =>
    dump(answer(part, query, format, undefined, 1024 * 1024, day)) !==
    dump(answer(part, query, format, module, blockBytes, day))
  if (!differs(log)) continue
  differences++
  const smallest = shrink(log, differs)
  process.stdout.write(
    `${format.name}, blocks of ${blockBytes}, dedupe ${query.dedupe}:\n${smallest.toString('latin1')}\n`,
  )
  process.stdout.write(`reference ${dump(answer(smallest, query, format, undefined, 1024 * 1024, day))}\n`)
  process.stdout.write(`kernel    ${dump(answer(smallest, query, format, module, blockBytes, day))}\n\n`)
  if (differences === 5) break
}
process.stdout.write(`${lineCount} lines, seed ${seed}: ${differences} differences\n`)
process.exitCode = differences === 0 ? 0 : 1

function dump(value: unknown): string {
  return JSON.stringify(value, (_, part) => (typeof part === 'bigint' ? `${part}n` : part))
}

// Leaves out lines as long as the rest differs.
function shrink(log: Buffer, differs: (part: Buffer) => boolean): Buffer {
  let lines = log.toString('latin1').split('\n')
  for (let size = Math.ceil(lines.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < lines.length; ) {
      const rest = [...lines.slice(0, at), ...lines.slice(at + size)]
      if (rest.length > 0 && differs(Buffer.from(rest.join('\n'), 'latin1'))) lines = rest
      else at += size
    }
  }
  return Buffer.from(lines.join('\n'), 'latin1')
}
