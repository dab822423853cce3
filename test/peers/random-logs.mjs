// Random logs of all kinds, the same for the same seed: a file a UTC day, lines in no order, some without this or that.
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Numbers from 0 to below 1 (mulberry32). */
export function makeRandom(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let word = Math.imul(state ^ (state >>> 15), 1 | state)
    word = (word + Math.imul(word ^ (word >>> 7), 61 | word)) ^ word
    return ((word ^ (word >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    upTo: limit => Math.floor(next() * limit),
    one: list => list[Math.floor(next() * list.length)],
    chance: part => next() < part,
  }
}

const KINDS = ['analysis', 'request', 'session_start', 'session_end', 'file_upload', 'user_query', 'agent_response']
const MORE_KINDS = ['activity', 'feedback', 'threat', 'error', 'custom', undefined, undefined, undefined]
const FIRST_MS = Date.UTC(2026, 2, 26)
export const DAYS = 7

/** Writes the logs into a folder. Europe and America change their clocks near these days. */
export function writeRandomLogs(folder, seed, count) {
  const random = makeRandom(seed)
  const files = new Map()
  for (let index = 0; index < count; index++) {
    const at = FIRST_MS + random.upTo(DAYS * 86_400) * 1000
    const day = new Date(at).toISOString().slice(0, 10)
    const lines = files.get(day) ?? []
    files.set(day, lines)
    lines.push(JSON.stringify({ timestamp: timeText(random, at), line: lines.length, ...fieldsOf(random, at) }))
  }
  mkdirSync(folder, { recursive: true })
  for (const [day, lines] of files) writeFileSync(join(folder, `${day}.jsonl`), `${lines.join('\n')}\n`)
}

// With Z, an offset, or neither, which is then in the zone of the log.
function timeText(random, at) {
  const utc = new Date(at).toISOString().slice(0, 19)
  const local = new Date(at + 19_800_000).toISOString().slice(0, 19)
  return random.one([`${utc}Z`, `${utc}.000Z`, utc, utc.replace('T', ' '), `${local}+05:30`])
}

// An id of a session goes on over midnight; a few come back after any number of days.
function sessionOf(random, at) {
  if (random.chance(0.05)) return `s-${random.one(['old', 'new'])}`
  return `s-${Math.floor((at + 6 * 3_600_000) / 86_400_000)}-${random.upTo(6)}`
}

function fieldsOf(random, at) {
  const maybe = (part, value) => (random.chance(part) ? value : undefined)
  const event = random.one([...KINDS, ...MORE_KINDS])
  const isModelCall = event === undefined || event === 'analysis' || random.chance(0.1)
  return {
    id: maybe(0.8, `event-${random.upTo(1000)}`),
    event,
    client: maybe(0.9, random.one(['diageo', 'unilever', 'loreal'])),
    user: maybe(0.9, random.one(['anna@diageo.com', 'ben@diageo.com', 'emil@unilever.com', 'ines@loreal.com'])),
    session: maybe(0.3, sessionOf(random, at)),
    feature: maybe(0.6, random.one(['brand_review', 'claims_review', 'copy_review'])),
    profile: maybe(0.3, random.one(['brand_check', 'tone_of_voice'])),
    country: maybe(0.5, random.one(['GB', 'FR', 'NL'])),
    endpoint: maybe(0.4, random.one(['/api/chat', '/api/analyses/:profile', '/api/files'])),
    ip: maybe(0.3, random.one(['203.0.113.51', '198.51.100.23'])),
    model: maybe(0.5, random.one(['gpt-4o', 'claude-sonnet-4-5'])),
    duration_ms: maybe(0.6, random.upTo(60_000)),
    status: maybe(0.4, random.one(['ok', 'error'])),
    status_code: maybe(0.4, random.one([200, 200, 404, 429, 529])),
    error: maybe(0.1, random.one(['The model did not answer', 'The image could not be decoded'])),
    error_type: maybe(0.1, random.one(['TimeoutError', 'BadRequestError'])),
    ...(isModelCall ? { input_tokens: random.upTo(9000), output_tokens: random.upTo(900) } : {}),
    cost_usd: isModelCall ? maybe(0.7, random.upTo(1_000_000) / 1_000_000) : undefined,
    ...extrasOf(event, random, maybe),
  }
}

function extrasOf(event, random, maybe) {
  switch (event) {
    case 'feedback':
      return { rating: maybe(0.9, random.upTo(7)) }
    case 'threat':
      return {
        threat_type: maybe(0.9, random.one(['prompt_injection', 'scan'])),
        severity: maybe(0.9, random.one(['low', 'medium', 'high', 'critical'])),
        resolved: maybe(0.7, random.chance(0.5)),
      }
    case 'file_upload':
      return {
        file_type: maybe(0.8, random.one(['csv', 'pdf'])),
        file_size_bytes: maybe(0.9, random.upTo(5_000_000)),
        rows: maybe(0.5, random.upTo(5000)),
      }
    case 'user_query':
      return { text_length: maybe(0.9, random.upTo(500)), suggested: maybe(0.7, random.chance(0.5)) }
    case 'agent_response':
      return { text_length: maybe(0.9, random.upTo(5000)), has_visualization: maybe(0.7, random.chance(0.5)) }
    default:
      return {}
  }
}
