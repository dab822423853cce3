// What costs most: logs and flags that somebody could choose to slow a report down. Each log is made below a folder of its own
// and goes again. `node worst.mjs --scale 1` takes 3 GB of disk; a smaller scale makes smaller logs.
import { closeSync, mkdirSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { gzipSync } from 'node:zlib'
import { runOnce } from './measure.mjs'
import { PROGRAM } from './peers.mjs'
import { mib, seconds, table } from './table.mjs'

const { values } = parseArgs({ options: { scale: { type: 'string', default: '1' } } })
const scale = Number(values.scale)
const top = mkdtempSync(join(tmpdir(), 'usagebook-worst-'))
const MIB = 2 ** 20

/** Text of so many lines, each with other values. */
function linesText(count, fieldsOf = () => ({})) {
  const lines = Array.from({ length: count }, (_, index) =>
    JSON.stringify({
      timestamp: `2026-03-01T${String(index % 24).padStart(2, '0')}:00:00Z`,
      client: 'diageo',
      user: `user${index % 50}`,
      model: 'gpt-4o',
      input_tokens: 1000 + (index % 7),
      output_tokens: 80,
      ...fieldsOf(index),
    }),
  )
  return `${lines.join('\n')}\n`
}

function folderOf(name, write) {
  const folder = join(top, name)
  mkdirSync(folder)
  write(folder)
  return folder
}

function writeMany(path, count, fieldsOf) {
  const file = openSync(path, 'w')
  for (let from = 0; from < count; from += 10_000) {
    const piece = Math.min(10_000, count - from)
    writeSync(
      file,
      linesText(piece, index => fieldsOf(from + index)),
    )
  }
  closeSync(file)
}

const count = number => Math.ceil(number * scale)
const blank = folder => {
  // Members of gzip one after the other are one packed file.
  const member = gzipSync(Buffer.alloc(16 * MIB, '\n'))
  const file = openSync(join(folder, '2026-03-01.jsonl.gz'), 'w')
  for (let left = count(60); left > 0; left--) writeSync(file, member)
  writeSync(file, gzipSync(linesText(1)))
  closeSync(file)
}
const small = folder => {
  for (let index = 0; index < count(100_000); index++) writeFileSync(join(folder, `app-${index}.jsonl`), linesText(3))
}
const long = folder => {
  const line = JSON.stringify({ timestamp: '2026-03-01T10:00:00Z', client: 'diageo', text: 'x'.repeat(20 * MIB) })
  writeFileSync(join(folder, '2026-03-01.jsonl'), `${line}\n${linesText(1)}`)
}
const million = field => folder =>
  writeMany(join(folder, '2026-03-01.jsonl'), count(1_000_000), index => ({ [field]: `${field}-${index}` }))

const rows = []
const run = (name, folder, flags = [], env = {}) => {
  const command = [process.execPath, PROGRAM, 'report', '--logs', folder, ...flags]
  const { wallMs, cpuMs, peakMib } = runOnce({ command, env: { XDG_CACHE_HOME: join(top, 'cache'), ...env } })
  rows.push([name, flags.join(' '), seconds(wallMs), seconds(cpuMs), mib(peakMib)])
  process.stderr.write(`${rows.at(-1).join('  ')}\n`)
}

try {
  const blankLogs = folderOf('blank', blank)
  run('1 GB of blank lines, packed to 1 MB', blankLogs, ['--no-cache'])
  rmSync(blankLogs, { recursive: true })
  const smallLogs = folderOf('small', small)
  run('100,000 files of three lines', smallLogs, ['--no-cache'])
  run('the same, first run with a cache', smallLogs)
  run('the same, asked again', smallLogs)
  rmSync(smallLogs, { recursive: true })
  const longLogs = folderOf('long', long)
  run('a line of 20 MiB', longLogs, ['--no-cache'])
  const threadLogs = folderOf('threads', million('id'))
  run('a million lines', threadLogs, ['--no-cache'])
  run('a million lines', threadLogs, ['--no-cache', '--threads', '64'])
  run('a million lines, no place for a cache', threadLogs, [], { XDG_CACHE_HOME: '/proc' })
  rmSync(threadLogs, { recursive: true })
  for (const field of ['user', 'model']) {
    const logs = folderOf(field, million(field))
    run(`a million ${field}s`, logs, ['--no-cache'])
    run(`a million ${field}s`, logs, ['--no-cache', '--json'])
    rmSync(logs, { recursive: true })
  }
} finally {
  rmSync(top, { recursive: true, force: true })
}
console.log(table(['', 'flags', 'wall', 'CPU', 'peak memory'], rows))
