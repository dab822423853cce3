// Compares and measures. Every answer is compared with ours before any time is taken.
//     node run.mjs [--gb 1.1] [--runs 5] [--shapes native,nested] [--peers duckdb,chdb] [--growth 0.1,1,10] [--data DIR] [--write]
import { readFileSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { askedTable } from './asked.mjs'
import { compareShape } from './compare-shape.mjs'
import { measureGrowth } from './growth.mjs'
import { measureNewQuestions } from './new-questions.mjs'
import { measureOtherReports } from './other-reports.mjs'
import { PEERS } from './peers.mjs'
import { SHAPES } from './shapes.mjs'
import { measureStart } from './start-up.mjs'

const { values: asked } = parseArgs({
  options: {
    gb: { type: 'string', default: '0.1' },
    runs: { type: 'string', default: '5' },
    shapes: { type: 'string', default: Object.keys(SHAPES).join() },
    peers: { type: 'string', default: Object.keys(PEERS).join() },
    growth: { type: 'string', default: '' },
    data: { type: 'string', default: join(tmpdir(), 'usagebook-bench') },
    write: { type: 'boolean', default: false },
  },
})
const output = []
const say = line => {
  output.push(line)
  process.stdout.write(`${line}\n`)
}
const shapes = namesOf('shapes', SHAPES)
const options = {
  data: asked.data,
  gb: numberOf('gb', asked.gb),
  runs: numberOf('runs', asked.runs),
  peers: namesOf('peers', PEERS),
  say,
}
const sizes = partsOf(asked.growth).map(size => numberOf('growth', size))

const { node } = process.versions
say(`Node ${node}, ${cpus().length} cores (${cpus()[0].model}), ${options.runs} alternating runs, medians.\n`)
const times = new Map(shapes.map(shape => [shape, compareShape(shape, options)]))
const others = measureOtherReports(options)
const start = measureStart(options)
const questions = measureNewQuestions(options)
const growth = sizes.length === 0 ? [] : measureGrowth(sizes, options)
say('### What was asked\n')
say(askedTable({ shapes: times, others, start, questions, growth }))
if (asked.write) writeDocument()

function partsOf(text) {
  return text.split(',').filter(part => part !== '')
}

function namesOf(flag, known) {
  const names = partsOf(asked[flag])
  const wrong = names.filter(name => !Object.hasOwn(known, name))
  if (wrong.length > 0) stop(`--${flag} ${wrong.join()}: there is no such thing. Use ${Object.keys(known).join(', ')}.`)
  return names
}

function numberOf(flag, text) {
  const value = Number(text)
  if (!(value > 0)) stop(`--${flag} ${text}: give a number above 0.`)
  return value
}

function stop(message) {
  process.stderr.write(`${message}\n`)
  process.exit(2)
}

function writeDocument() {
  const file = join(import.meta.dirname, '..', 'docs', 'performance.md')
  const [begin, end] = ['<!-- measured -->', '<!-- /measured -->']
  const text = readFileSync(file, 'utf8')
  const [before] = text.split(begin)
  const after = text.split(end)[1]
  writeFileSync(file, `${before}${begin}\n${output.join('\n').trimEnd()}\n${end}${after}`)
}
