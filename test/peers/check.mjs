// Holds every report of the built program against SQL over DuckDB: random logs, ranges, time zones and filters.
//   npm run check:peers -- [ROUNDS] [SEED]
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { REPORTS } from './queries.mjs'
import { DAYS, makeRandom, writeRandomLogs } from './random-logs.mjs'

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'usagebook.js')
const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']
const [rounds = 5, firstSeed = Math.floor(Math.random() * 1e9)] = process.argv.slice(2).map(Number)

const connection = await (await DuckDBInstance.create()).connect()
let checked = 0
let wrong = 0
for (let round = 0; round < rounds; round++) await checkRound(firstSeed + round)
console.log(`${checked} answers, ${wrong} wrong; seeds ${firstSeed} to ${firstSeed + rounds - 1}`)
process.exitCode = wrong === 0 ? 0 : 1

async function checkRound(seed) {
  const random = makeRandom(seed)
  const folder = mkdtempSync(join(tmpdir(), 'usagebook-peers-'))
  try {
    writeRandomLogs(folder, seed, 200 + random.upTo(1500))
    const zone = random.one(ZONES)
    const first = random.upTo(DAYS)
    const days = random.chance(0.3) ? null : [dayOf(first), dayOf(first + random.upTo(3))]
    const client = random.chance(0.3) ? random.one(['diageo', 'unilever']) : null
    const idleMinutes = random.one([5, 30, 120])
    await makeViews(folder, { zone, days, client, idleMinutes })
    const flags = [
      ...['--logs', folder, '--timezone', zone, '--format', 'json', '--cost', 'logged', '--no-config'],
      ...(days === null ? [] : ['--start-date', days[0], '--end-date', days[1]]),
      ...(client === null ? [] : ['--client', client]),
    ]
    for (const [report, questions] of Object.entries(REPORTS)) {
      const own = report === 'sessions' ? ['--idle', `${idleMinutes}m`] : []
      const document = run(['report', report, ...flags, ...own])
      for (const [key, [columns, sql]] of Object.entries(questions)) {
        const rows = await ask(sql)
        compare(`${report} ${key} (seed ${seed}, ${flags.slice(2).join(' ')})`, columns, asRows(document[key]), rows)
      }
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function dayOf(index) {
  return new Date(Date.UTC(2026, 2, 26 + index)).toISOString().slice(0, 10)
}

function run(words) {
  const done = spawnSync(process.execPath, [PROGRAM, ...words], { encoding: 'utf8', maxBuffer: 2 ** 28 })
  if (done.status !== 0) throw new Error(`${words.join(' ')} ended with ${done.status}: ${done.stderr}`)
  return JSON.parse(done.stdout)
}

async function ask(sql) {
  return (await connection.runAndReadAll(sql)).getRowObjectsJson()
}

function asRows(value) {
  return Array.isArray(value) ? value : [value]
}

// Rows are compared as sets. Buckets without events are in a report and not in SQL.
function compare(what, columns, reported, expected) {
  checked++
  const exact = columns.filter(column => !column.startsWith('~'))
  const near = columns.filter(column => column.startsWith('~')).map(column => column.slice(1))
  const textOf = row => exact.map(column => valueText(row[column])).join(' | ')
  const wanted = new Map(expected.map(row => [textOf(row), row]))
  const got = new Map(reported.filter(row => !isEmpty(row, exact)).map(row => [textOf(row), row]))
  const missing = [...wanted.keys()].filter(text => !got.has(text) && !isEmpty(wanted.get(text), exact))
  const extra = [...got.keys()].filter(text => !wanted.has(text))
  const far = [...got].flatMap(([text, row]) =>
    near
      .filter(column => wanted.has(text) && !isNear(row[column], wanted.get(text)[column]))
      .map(column => `${text}: ${column} ${row[column]} is not near ${wanted.get(text)[column]}`),
  )
  if (missing.length + extra.length + far.length === 0) return
  wrong++
  console.error(
    `${what}\n  by SQL alone: ${missing.join('\n                ')}\n  by the report alone: ${extra.join('\n                       ')}\n  ${far.join('\n  ')}`,
  )
}

function isEmpty(row, columns) {
  return columns.slice(1).every(column => row[column] === null || Number(row[column]) === 0) && columns.length > 1
}

function valueText(value) {
  if (value === null || value === undefined) return 'null'
  if (typeof value === 'boolean') return String(value)
  const number = Number(value)
  return value === '' || Number.isNaN(number) ? String(value) : String(number)
}

function isNear(a, b) {
  if (a === null || b === null) return a === b || (a ?? null) === (b ?? null)
  return Math.abs(Number(a) - Number(b)) <= Math.max(1, Math.abs(Number(b)) * 0.01)
}

async function makeViews(folder, { zone, days, client, idleMinutes }) {
  const text = [
    'event',
    'client',
    '"user"',
    'session',
    'feature',
    'profile',
    'country',
    'endpoint',
    'ip',
    'model',
    'status',
    'status_code',
    'error',
    'error_type',
    'threat_type',
    'severity',
    'file_type',
  ]
  const types = [
    "timestamp: 'VARCHAR'",
    ...text.map(name => `${name}: 'VARCHAR'`),
    ...['duration_ms', 'rating', 'input_tokens', 'output_tokens', 'file_size_bytes', 'rows', 'text_length'].map(
      name => `${name}: 'BIGINT'`,
    ),
    ...['resolved', 'suggested', 'has_visualization'].map(name => `${name}: 'BOOLEAN'`),
    `cost_usd: 'DECIMAL(18, 6)'`,
  ]
  const inRange = column => (days === null ? 'true' : `${column} BETWEEN DATE '${days[0]}' AND DATE '${days[1]}'`)
  for (const sql of [
    `SET TimeZone = 'UTC'`,
    `CREATE OR REPLACE TABLE passing AS
       SELECT * REPLACE (coalesce(event, 'analysis') AS event),
         epoch_ms(timestamp::TIMESTAMPTZ) AS ms,
         (timestamp::TIMESTAMPTZ AT TIME ZONE '${zone}')::DATE AS day,
         coalesce(event, 'analysis') = 'analysis' OR input_tokens IS NOT NULL OR output_tokens IS NOT NULL OR cost_usd IS NOT NULL AS is_usage,
         CASE WHEN status IS NOT NULL THEN status = 'error' ELSE coalesce(status_code::INT >= 400, false) OR error IS NOT NULL END AS is_error
       FROM read_json('${folder}/*.jsonl', format = 'newline_delimited', columns = {${types.join(', ')}})
       WHERE ${client === null ? 'true' : `client = '${client}'`}`,
    `CREATE OR REPLACE VIEW counted AS SELECT * FROM passing WHERE ${inRange('day')}`,
    `CREATE OR REPLACE VIEW marked AS
       SELECT *, sum(CASE WHEN session IS NULL AND (gap IS NULL OR gap >= ${idleMinutes * 60_000}) THEN 1 ELSE 0 END)
         OVER (PARTITION BY session, CASE WHEN session IS NULL THEN "user" END ORDER BY ms ROWS UNBOUNDED PRECEDING) AS number
       FROM (SELECT *, ms - lag(ms) OVER (PARTITION BY session, CASE WHEN session IS NULL THEN "user" END ORDER BY ms) AS gap
             FROM passing WHERE session IS NOT NULL OR "user" IS NOT NULL)`,
    `CREATE OR REPLACE VIEW sessions_of_range AS
       SELECT * FROM (
         SELECT any_value(session) AS session, first("user" ORDER BY ms, "user") FILTER (WHERE "user" IS NOT NULL) AS "user",
           min(ms) AS first_ms, max(ms) - min(ms) AS length_ms, count(*)::INT AS events,
           ${"count(*) FILTER (WHERE event IN ('analysis', 'request'))"}::INT AS requests,
           ${"count(*) FILTER (WHERE event = 'user_query')"}::INT AS queries,
           ${'count(*) FILTER (WHERE is_error)'}::INT AS errors,
           CASE WHEN count(*) FILTER (WHERE is_usage) > 0 AND count(cost_usd) = 0 THEN NULL ELSE coalesce(sum(cost_usd), 0) END AS cost,
           bool_or(event = 'session_end') AS completed
         FROM marked GROUP BY session, CASE WHEN session IS NULL THEN "user" END, number)
       WHERE ${inRange(`(to_timestamp(first_ms / 1000.0) AT TIME ZONE '${zone}')::DATE`)}`,
  ])
    await connection.run(sql)
}
