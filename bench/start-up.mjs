// Start-up and the cache: small logs, a month and a year that were read before, and one more line in today's file.
import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { generate } from './generate.mjs'
import { addLine, logsOf } from './logs.mjs'
import { measure, runOnce } from './measure.mjs'
import { ours, PROGRAM } from './peers.mjs'
import { timesTable } from './table.mjs'

const STRACE = '/usr/bin/strace'

export function measureStart({ data, gb, runs, say }) {
  const names = ['small', 'month', 'year', 'growing-month', 'growing-year']
  const [small, month, year, growingMonth, growingYear] = names.map(name => join(data, name))
  if (!existsSync(small)) generate('native', 7, 100, small)
  // What grows stands apart: a file that has only just changed is looked at more closely.
  const made = [month, year, growingMonth, growingYear]
  for (const folder of made) rmSync(folder, { recursive: true, force: true })
  for (const folder of [month, growingMonth]) cpSync(logsOf(data, 'native', gb), folder, { recursive: true })
  for (const folder of [year, growingYear]) generate('native', 365, 1000, folder)
  const env = { XDG_CACHE_HOME: join(data, 'cache') }
  rmSync(env.XDG_CACHE_HOME, { recursive: true, force: true })
  for (const folder of made) {
    for (const state of ['cold', 'warm']) compareWithPlain(folder, env, state)
  }
  const times = measure(
    [
      { name: 'node -e 0', command: [process.execPath, '-e', '0'] },
      { name: 'usagebook --version', command: [process.execPath, PROGRAM, '--version'] },
      { name: 'seven small files, without a cache', command: ours('native', small, '--no-cache'), env },
      { name: 'seven small files', command: ours('native', small), env },
      { name: '30 days, warm', command: ours('native', month), env },
      { name: '30 days, warm, one client', command: ours('native', month, '--client', 'diageo'), env },
      { name: '365 days, warm', command: ours('native', year), env },
      {
        name: '30 days, one more line',
        command: ours('native', growingMonth),
        env,
        before: () => addLine(growingMonth),
      },
      {
        name: '365 days, one more line',
        command: ours('native', growingYear),
        env,
        before: () => addLine(growingYear),
      },
    ],
    Math.max(runs, 9),
  )
  compareWithPlain(growingMonth, env, 'grown')
  const opened = filesOpenedForADay(year)
  for (const folder of made) rmSync(folder, { recursive: true })
  say('### Start-up and the cache\n')
  say(timesTable(times, 'node -e 0'))
  return { times, opened }
}

function compareWithPlain(folder, env, state) {
  const plain = runOnce({ command: ours('native', folder, '--no-cache', '--format', 'csv') }).stdout
  if (runOnce({ command: ours('native', folder, '--format', 'csv'), env }).stdout !== plain)
    throw new Error(`${state} differs from no cache`)
}

/** How many logs a report of one day opens; null where there is no strace to count them. */
function filesOpenedForADay(folder) {
  if (!existsSync(STRACE)) return null
  const trace = `${folder}.trace`
  const day = '2027-03-01'
  const command = ours('native', folder, '--no-cache', '--period', day)
  const done = spawnSync(STRACE, ['-f', '-qq', '-e', 'trace=openat,open', '-o', trace, ...command])
  if (done.status !== 0) return null
  const paths = readFileSync(trace, 'utf8').match(/"[^"]*"/g)
  rmSync(trace)
  return new Set(paths.filter(path => path.startsWith(`"${folder}/`) && path.endsWith('.jsonl"'))).size
}
