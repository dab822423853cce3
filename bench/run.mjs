// Compares and measures. Every answer is compared with ours before any time is taken.
//     node run.mjs [--gb 1.1] [--runs 5] [--shapes native,nested] [--peers duckdb,chdb] [--growth 0.1,1,10] [--data DIR] [--write]
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { generate } from './generate.mjs'
import { measure, runOnce } from './measure.mjs'
import { inOrder } from './peers/answer.mjs'
import { answerOf, ours, PEERS, PROGRAM } from './peers.mjs'
import { SHAPES } from './shapes.mjs'

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
const runs = Number(asked.runs)
const list = text => text.split(',').filter(part => part !== '')
const output = []
const say = line => {
  output.push(line)
  process.stdout.write(`${line}\n`)
}

say(
  `Node ${process.versions.node}, ${cpus().length} cores (${cpus()[0].model}), ${asked.runs} alternating runs, medians.`,
)
say('')
for (const shape of list(asked.shapes)) compareShape(shape)
measureStart()
if (asked.growth !== '') measureGrowth(list(asked.growth).map(Number))
if (asked.write) writeDocument()

function compareShape(shape) {
  const folder = logsOf(shape, Number(asked.gb))
  const peers = list(asked.peers).filter(name => PEERS[name].isThere() && PEERS[name].reads(shape))
  const report = runOnce({ command: ours(shape, folder, '--no-cache', '--dedupe', 'off', '--format', 'json') }).stdout
  const reference = JSON.stringify(inOrder(answerOf(report)))
  for (const peer of peers) {
    const answer = JSON.stringify(inOrder(JSON.parse(runOnce({ command: PEERS[peer].call(shape, folder) }).stdout)))
    if (answer !== reference) throw new Error(`${peer} gives another answer than usagebook for ${shape}`)
  }
  const times = measure(
    [
      { name: 'usagebook', command: ours(shape, folder, '--no-cache', '--dedupe', 'off') },
      { name: 'usagebook, counting ids once', command: ours(shape, folder, '--no-cache') },
      ...peers.map(peer => ({ name: peer, command: PEERS[peer].call(shape, folder) })),
      ...(SHAPES[shape].ending === 'jsonl'
        ? [{ name: 'wc -l', command: ['sh', '-c', `cat ${folder}/*.jsonl | wc -l`] }]
        : []),
    ],
    runs,
  )
  say(`### ${shape}: ${SHAPES[shape].about}, ${gigabytes(bytesOf(folder))} GB`)
  say('')
  table(times, 'usagebook')
}

function measureStart() {
  const small = join(asked.data, 'small')
  if (!existsSync(small)) generate('native', 7, 100, small)
  const month = logsOf('native', Number(asked.gb))
  const year = join(asked.data, 'year')
  if (!existsSync(year)) generate('native', 365, 1000, year)
  const env = { XDG_CACHE_HOME: join(asked.data, 'cache') }
  rmSync(env.XDG_CACHE_HOME, { recursive: true, force: true })
  const today = file => join(file, readdirSync(file).sort().at(-1))
  const line = readFileSync(today(month), 'utf8').slice(0, 400).split('\n')[0]
  const grow = file => () =>
    appendFileSync(today(file), `${line.replace(/"id":"[^"]*"/, `"id":"late_${process.hrtime.bigint()}"`)}\n`)
  for (const folder of [month, year]) {
    const plain = runOnce({ command: ours('native', folder, '--no-cache', '--format', 'csv') }).stdout
    for (const state of ['cold', 'warm'])
      if (runOnce({ command: ours('native', folder, '--format', 'csv'), env }).stdout !== plain)
        throw new Error(`${state} differs from no cache`)
  }
  const times = measure(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      { name: 'usagebook --version', command: [process.execPath, PROGRAM, '--version'] },
      { name: 'seven small files', command: ours('native', small), env },
      { name: '30 days, warm', command: ours('native', month), env },
      { name: '30 days, warm, one client', command: ours('native', month, '--client', 'diageo'), env },
      { name: '365 days, warm', command: ours('native', year), env },
      { name: '30 days, one more line', command: ours('native', month), env, before: grow(month) },
      { name: '365 days, one more line', command: ours('native', year), env, before: grow(year) },
    ],
    Math.max(runs, 9),
  )
  const grown = runOnce({ command: ours('native', month, '--no-cache', '--format', 'csv') }).stdout
  if (runOnce({ command: ours('native', month, '--format', 'csv'), env }).stdout !== grown)
    throw new Error('grown differs from no cache')
  say('### Start-up and the cache')
  say('')
  table(times, 'node -e 0')
  rmSync(month, { recursive: true })
  rmSync(year, { recursive: true })
}

function measureGrowth(sizes) {
  say('### Growth: native logs, without a cache')
  say('')
  say('| GB | wall | s a GB | peak memory |')
  say('|---|---|---|---|')
  for (const size of sizes) {
    const folder = logsOf('native', size)
    const time = measure(
      [{ name: 'usagebook', command: ours('native', folder, '--no-cache', '--dedupe', 'off') }],
      Math.min(runs, 3),
    ).get('usagebook')
    const real = bytesOf(folder) / 1e9
    say(
      `| ${gigabytes(bytesOf(folder))} | ${seconds(time.wallMs)} | ${(time.wallMs / 1000 / real).toFixed(2)} | ${Math.round(time.peakMib)} MiB |`,
    )
  }
  say('')
}

function logsOf(shape, gb) {
  const folder = join(asked.data, `${shape}-${gb}`)
  if (!existsSync(folder)) {
    mkdirSync(asked.data, { recursive: true })
    const bytesPerLine = shape === 'nested' ? 1700 : 270
    generate(shape, 30, Math.ceil((gb * 1e9) / bytesPerLine / 30), folder)
  }
  return folder
}

function bytesOf(folder) {
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0)
}

function table(times, baseName) {
  const base = times.get(baseName)
  say('| | wall | CPU | peak memory | wall, as a multiple | CPU |')
  say('|---|---|---|---|---|---|')
  for (const [name, { wallMs, cpuMs, peakMib }] of times) {
    say(
      `| ${name} | ${seconds(wallMs)} | ${seconds(cpuMs)} | ${Math.round(peakMib)} MiB | ${(wallMs / base.wallMs).toFixed(2)} | ${(cpuMs / base.cpuMs).toFixed(2)} |`,
    )
  }
  say('')
}

function seconds(ms) {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`
}

function gigabytes(bytes) {
  return (bytes / 1e9).toFixed(2)
}

function writeDocument() {
  const file = join(import.meta.dirname, '..', 'docs', 'performance.md')
  const [begin, end] = ['<!-- measured -->', '<!-- /measured -->']
  const text = readFileSync(file, 'utf8')
  const [before] = text.split(begin)
  const after = text.split(end)[1]
  writeFileSync(file, `${before}${begin}\n${output.join('\n').trimEnd()}\n${end}${after}`)
}
