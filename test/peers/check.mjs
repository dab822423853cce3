// Holds every report of the built program against SQL over DuckDB: random logs, ranges, time zones and filters, on one thread
// or two, without the cache or through it, cold and warm.
//   npm run check:peers -- [ROUNDS] [SEED] [EVENTS]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { differences } from './compare.mjs'
import { checkExports } from './exports.mjs'
import { REPORTS } from './queries.mjs'
import { makeRandom, writeRandomLogs } from './random-logs.mjs'
import { makeQuestion } from './random-questions.mjs'
import { makeViews } from './views.mjs'

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'usagebook.js')
const QUESTIONS_A_LOG = 2
const [rounds = 5, firstSeed = Math.floor(Math.random() * 1e9), mostEvents = 1700] = process.argv.slice(2).map(Number)

const connection = await (await DuckDBInstance.create()).connect()
let checked = 0
let wrong = 0
for (let round = 0; round < rounds; round++) await checkRound(firstSeed + round)
console.log(`${checked} answers, ${wrong} wrong; seeds ${firstSeed} to ${firstSeed + rounds - 1}`)
process.exitCode = wrong === 0 ? 0 : 1

// The second question meets the cache that the first has left.
async function checkRound(seed) {
  const random = makeRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-peers-'))
  try {
    const logs = join(folder, 'usage_logs')
    writeRandomLogs(logs, seed, Math.ceil(mostEvents / 8) + random.upTo(mostEvents))
    for (let question = 0; question < QUESTIONS_A_LOG; question++)
      await checkReports(folder, logs, seed, makeQuestion(random))
    // With the costs of the logs and of the price book.
    const found = await checkExports(connection, folder, logs, words => textOf(folder, [...words, '--timezone', 'UTC']))
    checked++
    for (const one of found) console.error(`exports (seed ${seed})\n  ${one}`)
    wrong += found.length
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

async function checkReports(folder, logs, seed, question) {
  await makeViews(connection, logs, question)
  for (const [words, questions] of Object.entries(REPORTS)) {
    const idle = words === 'sessions' ? ['--idle', `${question.idleMinutes}m`] : []
    const flags = [...question.asking, ...question.engine, ...idle]
    const document = run(folder, ['report', ...words.split(' '), '--logs', logs, ...flags])
    for (const [key, [columns, sql, isMeant = () => true]] of Object.entries(questions)) {
      const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
      const found = differences(columns, [rowsAt(document, key)].flat().filter(isMeant), rows)
      checked++
      if (found === null) continue
      wrong++
      console.error(`${words} ${key} (seed ${seed}, ${flags.join(' ')})\n  ${found}`)
    }
  }
}

/** What stands under a key of the document; the document itself under none. */
function rowsAt(document, key) {
  return key === '' ? document : document[key]
}

function run(folder, words) {
  return JSON.parse(textOf(folder, [...words, '--format', 'json', '--cost', 'logged']))
}

function textOf(folder, words) {
  const done = spawnSync(process.execPath, [PROGRAM, ...words, '--no-config', '-q'], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, XDG_CACHE_HOME: join(folder, 'cache') },
  })
  if (done.status !== 0) throw new Error(`${words.join(' ')} ended with ${done.status}: ${done.stderr}`)
  return done.stdout
}
