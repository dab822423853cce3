// Writes logs of a shape and size: the same events, whatever the shape.
//     node generate.mjs native 30 140000 LOGS      shape, days, events a day, folder
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import { SHAPES } from './shapes.mjs'

const CLIENTS = ['diageo', 'unilever', 'loreal', 'general', 'nestle', 'pepsico', 'danone', 'mars']
const MODELS = ['gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5', 'claude-haiku-4-5', 'gemini-2.5-pro', 'gemini-2.5-flash']
const PROFILES = Array.from({ length: 60 }, (_, index) => `profile_${index}${index % 3 ? '' : '_v2'}`)
const DAY_MS = 86_400_000
const FIRST_DAY = Date.UTC(2026, 9, 1)
const LINES_A_WRITE = 5000

export function generate(shapeName, days, eventsPerDay, folder) {
  const shape = SHAPES[shapeName]
  const random = makeRandom(12345)
  const more = makeRandom(54321)
  mkdirSync(folder, { recursive: true })
  let id = 0
  for (let day = 0; day < days; day++) {
    const start = FIRST_DAY + day * DAY_MS
    const name = new Date(start).toISOString().slice(0, 10)
    const file = openSync(`${folder}/${name}.${shape.ending}`, 'w')
    let lines = []
    const write = () => {
      const text = Buffer.from(lines.map(line => `${line}\n`).join(''))
      writeSync(file, shape.ending.endsWith('.gz') ? gzipSync(text, { level: 1 }) : text)
      lines = []
    }
    for (let index = 0; index < eventsPerDay; index++) {
      lines.push(
        shape.line(makeEvent(id++, start + Math.floor((index / eventsPerDay) * DAY_MS), shape.users, random), more),
      )
      if (lines.length === LINES_A_WRITE) write()
    }
    write()
    closeSync(file)
  }
}

// The order of the random numbers is that of the first sketch of the fast reader: 30 days of 140,000 are its 1.1 GB.
function makeEvent(id, at, users, random) {
  const user = Math.floor(random() * random() * users)
  const client = CLIENTS[user % CLIENTS.length]
  return {
    id: `evt_${id.toString(36).padStart(10, '0')}`,
    timestamp: new Date(at).toISOString(),
    event: 'analysis',
    client,
    user: `user${user}@${client}.com`,
    profile: PROFILES[Math.floor(random() * PROFILES.length)],
    model: MODELS[Math.floor(random() * MODELS.length)],
    checks: 1 + Math.floor(random() * 20),
    input_tokens: 100 + Math.floor(random() * 8000),
    output_tokens: 20 + Math.floor(random() * 2000),
    duration_ms: 100 + Math.floor(random() * 9000),
    status: random() < 0.03 ? 'error' : 'ok',
  }
}

function makeRandom(seed) {
  let state = seed >>> 0
  return () => {
    state ^= state << 13
    state >>>= 0
    state ^= state >>> 17
    state ^= state << 5
    state >>>= 0
    return state / 4_294_967_296
  }
}

if (process.argv[1] === import.meta.filename) {
  const [shape = 'native', days = '30', eventsPerDay = '140000', folder = 'usage_logs'] = process.argv.slice(2)
  generate(shape, Number(days), Number(eventsPerDay), folder)
}
