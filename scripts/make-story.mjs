// Makes usage_logs/: three weeks in the life of four clients, the same bytes every time.
//
//   node scripts/make-story.mjs           writes what differs from the story
//   node scripts/make-story.mjs --check   writes nothing, and ends with 1 where something differs
//
// The story: diageo checks its brands all day; unilever reads long contracts, on 29 January very long ones; loreal
// grows; nestle joins on 19 January. Profiles get new versions on the way. On 27 January one provider is overloaded. One
// day is compressed, one line is torn, one line stands twice, and weekends are quiet.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { CLIENTS, FAILURES, MODELS, OVERLOADED, PROFILES } from './story-plan.mjs'

const FOLDER = 'usage_logs'
const FIRST_DAY = Date.UTC(2026, 0, 12)
const DAYS = 22
const DAY_MS = 86_400_000
const COMPRESSED_DAY = '2026-01-20'

function makeStory() {
  const random = makeRandom(20260112)
  const files = new Map()
  let serial = 0
  for (let index = 0; index < DAYS; index++) {
    const startMs = FIRST_DAY + index * DAY_MS
    const day = new Date(startMs).toISOString().slice(0, 10)
    const isWeekend = [0, 6].includes(new Date(startMs).getUTCDay())
    const events = []
    for (const [client, plan] of Object.entries(CLIENTS)) {
      if (plan.from !== undefined && day < plan.from) continue
      const busy = plan.perDay + (plan.growthDays === undefined ? 0 : Math.floor(index / plan.growthDays))
      events.push(
        ...clientDay({ client, plan, day, startMs, count: isWeekend ? random.upTo(3) : busy + random.upTo(5), random }),
      )
    }
    events.sort((a, b) => (a.timestamp < b.timestamp ? -1 : a.timestamp > b.timestamp ? 1 : 0))
    for (const event of events) if (event.id !== undefined) event.id = `an-${String(++serial).padStart(5, '0')}`
    const lines = events.map(event => JSON.stringify(event))
    if (day === '2026-01-21')
      lines.splice(
        9,
        0,
        lines.find(line => line.includes('"id"')),
      )
    if (day === '2026-01-23') lines.splice(17, 0, lines[17].slice(0, 88))
    // A day without events has no file, as with an application that nobody used.
    if (lines.length > 0) files.set(`${day}.jsonl${day === COMPRESSED_DAY ? '.gz' : ''}`, `${lines.join('\n')}\n`)
  }
  return files
}

/** The events of one client on one day: sessions of its users, each with some analyses and what happens around them. */
function clientDay({ client, plan, day, startMs, count, random }) {
  const events = []
  let left = count
  for (let session = 1; left > 0; session++) {
    const name = random.one(plan.users)
    const user = `${name}@${client}.com`
    const id = `${client}-${day.slice(5).replace('-', '')}-${session}`
    const who = { client, user, session: id }
    let atMs = startMs + (7 * 60 + random.upTo(10 * 60)) * 60_000 + random.upTo(60_000)
    const say = (event, more) => {
      events.push({ timestamp: new Date(atMs).toISOString(), event, ...who, ...more })
      atMs += 2000 + random.upTo(40_000)
    }
    say('session_start', { country: plan.country, ip: `203.0.113.${random.upTo(250)}` })
    if (random.chance(25)) say('file_upload', upload(random))
    if (random.chance(30)) say('user_query', query(random))
    const size = Math.min(left, 1 + random.upTo(6))
    for (let index = 0; index < size; index++) {
      const analysed = analysis(client, plan, day, random)
      if (random.chance(12)) say('request', requestFor(analysed, plan, random))
      say('analysis', { id: '', ...analysed })
      atMs += analysed.duration_ms
    }
    left -= size
    if (random.chance(9)) say('feedback', { rating: random.one([5, 5, 4, 4, 4, 3, 2]) })
    if (random.chance(85)) say('session_end', {})
  }
  if (client === 'loreal' && day === '2026-01-22') events.push(threat(startMs, 'loreal'))
  if (client === 'diageo' && day === '2026-01-30') events.push(threat(startMs, 'diageo'))
  return events
}

function analysis(client, plan, day, random) {
  const name = random.weighted(plan.profiles)
  const profile = PROFILES[name]
  const version = profile.versions.findLast(candidate => candidate.from <= day)
  const model = MODELS[version.model]
  const isLong = name === 'legal_review' && day === '2026-01-29' && client === 'unilever'
  const own = isLong ? 190_000 + random.upTo(60_000) : random.between(profile.input)
  const isCached = model.provider !== 'google' && random.chance(70)
  const cache = isCached
    ? { cache_read_tokens: profile.prompt }
    : model.provider === 'anthropic'
      ? { cache_write_tokens: profile.prompt }
      : {}
  const shared = { profile: version.id, feature: profile.feature, model: version.model, provider: model.provider }
  const input = { checks: version.checks, input_tokens: profile.prompt + own, ...cache }
  const isOverloaded = model.provider === 'anthropic' && day === '2026-01-27' && random.chance(35)
  if (isOverloaded || random.chance(2)) {
    const failure = isOverloaded ? OVERLOADED : random.one(FAILURES)
    const duration_ms = failure.status_code === 504 ? 60_000 : 150 + random.upTo(900)
    return { ...shared, checks: 0, duration_ms, status: 'error', ...failure }
  }
  const output = random.between(profile.output)
  const duration_ms = model.baseMs + Math.floor((output * model.perTokenUs) / 1000) + random.upTo(900)
  return { ...shared, ...input, output_tokens: output, duration_ms, status: 'ok' }
}

function requestFor(analysed, plan, random) {
  const { status, status_code = 200, error, error_type } = analysed
  const failure = status === 'error' ? { error, error_type } : {}
  return {
    endpoint: '/api/analyses/:profile',
    method: 'POST',
    status_code,
    duration_ms: analysed.duration_ms + random.upTo(80),
    country: plan.country,
    feature: analysed.feature,
    ...failure,
  }
}

function upload(random) {
  const file_name = random.one(['claims.csv', 'labels.xlsx', 'campaign.pdf', 'contract.docx', 'shelf.png'])
  const rows =
    file_name.endsWith('.csv') || file_name.endsWith('.xlsx') ? { rows: 20 + random.upTo(900), columns: 8 } : {}
  const file_type = file_name.split('.').at(-1)
  return { file_name, file_type, file_size_bytes: 20_000 + random.upTo(900_000), ...rows }
}

function query(random) {
  const text = random.one([
    'Which claims need a source?',
    'Is the logo large enough?',
    'Show last week by market',
    'Does the label name all allergens?',
  ])
  return {
    text_length: text.length,
    suggested: random.chance(40),
    analysis_type: random.one(['claims', 'brand', 'trend']),
  }
}

function threat(startMs, client) {
  return {
    timestamp: new Date(startMs + 11 * 3_600_000 + 7).toISOString(),
    event: 'threat',
    client,
    threat_type: 'prompt_injection',
    severity: client === 'loreal' ? 'high' : 'medium',
    resolved: client === 'loreal',
    ip: '198.51.100.23',
  }
}

/** Numbers that look random and are the same on every machine: mulberry32. */
function makeRandom(seed) {
  let state = seed
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return (mixed ^ (mixed >>> 14)) >>> 0
  }
  const upTo = count => next() % count
  return {
    upTo,
    between: ([least, most]) => least + upTo(most - least),
    chance: percent => upTo(100) < percent,
    one: list => list[upTo(list.length)],
    weighted(weights) {
      let rest = upTo(Object.values(weights).reduce((sum, weight) => sum + weight, 0))
      return Object.keys(weights).find(name => {
        rest -= weights[name]
        return rest < 0
      })
    },
  }
}

/** The text of a log file; compressors differ from machine to machine, so files are compared by what they hold. */
function readLog(path) {
  if (!existsSync(path)) return undefined
  const bytes = readFileSync(path)
  return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString()
}

const story = makeStory()
const stale = existsSync(FOLDER) ? readdirSync(FOLDER).filter(name => !story.has(name)) : []
const changed = [...story].filter(([name, text]) => readLog(join(FOLDER, name)) !== text)
if (process.argv.includes('--check')) {
  for (const name of [...stale, ...changed.map(([name]) => name)])
    console.error(`${FOLDER}/${name} is not as the story has it`)
  if (stale.length + changed.length > 0) {
    console.error('Run "npm run story".')
    process.exitCode = 1
  }
} else {
  mkdirSync(FOLDER, { recursive: true })
  for (const name of stale) rmSync(join(FOLDER, name))
  for (const [name, text] of changed) writeFileSync(join(FOLDER, name), name.endsWith('.gz') ? gzipSync(text) : text)
  console.log(`${FOLDER}/: ${story.size} files, ${changed.length} written`)
}
