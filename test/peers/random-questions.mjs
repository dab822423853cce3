// What is asked, at random: range, zone and filters, as flags of the program and as conditions in SQL.
import { DAYS } from './random-logs.mjs'

const ZONES = ['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Auckland']

/** [flags, condition] */
const FILTERS = [
  [['--client', 'diageo'], `client = 'diageo'`],
  [['--client', 'diageo,loreal'], `client IN ('diageo', 'loreal')`],
  [['--client', '!unilever'], `client IS DISTINCT FROM 'unilever'`],
  [['--user', '*@diageo.com'], `"user" LIKE '%@diageo.com'`],
  [['--model', 'gpt-*'], `model LIKE 'gpt-%'`],
  [['--status', 'error'], 'is_error'],
  [['--status', 'ok'], 'NOT is_error'],
  [['--feature', 'brand_review', '--feature', 'copy_review'], `feature IN ('brand_review', 'copy_review')`],
  [['--where', 'status_code>=400'], 'status_code::INT >= 400'],
  [
    ['--where', 'endpoint=/api/chat', '--where', 'country!=FR'],
    `endpoint = '/api/chat' AND country IS DISTINCT FROM 'FR'`,
  ],
]

/** A question, the same for the same random numbers. `range` and `before` are instants in SQL, null for no border. */
export function makeQuestion(random) {
  const zone = random.one(ZONES)
  const range = rangeOf(random, zone)
  const [filterFlags, where] = random.chance(0.6) ? random.one(FILTERS) : [[], 'true']
  const idleMinutes = random.one([5, 30, 120])
  const engine = ['--threads', String(1 + random.upTo(2)), ...(random.chance(0.3) ? ['--no-cache'] : [])]
  const asking = ['--timezone', zone, '--log-timezone', 'UTC', ...range.flags, ...filterFlags]
  return { zone, range, where, idleMinutes, asking, engine }
}

function rangeOf(random, zone) {
  if (random.chance(0.25)) return { flags: [], from: null, to: null, before: null }
  const first = random.upTo(DAYS)
  const days = 1 + random.upTo(3)
  const midnight = index => `(TIMESTAMP '${dayOf(index)}' AT TIME ZONE '${zone}')`
  if (random.chance(0.3)) {
    const [from, to] = [`${dayOf(first)}T05:30:00Z`, `${dayOf(first + days)}T17:45:00Z`]
    const [since, until] = [`TIMESTAMPTZ '${from}'`, `TIMESTAMPTZ '${to}'`]
    return {
      flags: ['--since', from, '--until', to],
      from: since,
      to: until,
      before: `(${since} - (${until} - ${since}))`,
    }
  }
  return {
    flags: ['--start-date', dayOf(first), '--end-date', dayOf(first + days - 1)],
    from: midnight(first),
    to: midnight(first + days),
    before: midnight(first - days),
  }
}

function dayOf(index) {
  return new Date(Date.UTC(2026, 2, 26 + index)).toISOString().slice(0, 10)
}
