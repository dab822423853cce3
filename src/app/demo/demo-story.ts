// What the demo is about: some people of four clients who have brand material checked by language models. A day of one
// of them is a list of events; the same seed, day and person always give the same list.
import { weekdayOf } from '../../base/calendar.ts'
import { addAll } from '../../base/lists.ts'
import { DAY_MS, type Day, type Instant, type Zone } from '../../base/zone.ts'
import { type Random, seededRandom } from './demo-random.ts'

/** A method of the usage log, and what to call it with. */
export interface DemoEvent {
  readonly kind:
    | 'analysis'
    | 'request'
    | 'sessionStart'
    | 'sessionEnd'
    | 'fileUpload'
    | 'userQuery'
    | 'agentResponse'
    | 'activity'
    | 'feedback'
    | 'threat'
    | 'error'
    | 'custom'
  readonly timestamp: number
  readonly fields: Readonly<Record<string, unknown>>
}

const CLIENTS = ['diageo', 'unilever', 'loreal', 'nestle'] as const
const NAMES = [
  'anna',
  'ben',
  'chloe',
  'david',
  'emma',
  'farid',
  'greta',
  'hugo',
  'ines',
  'jonas',
  'kira',
  'leo',
] as const
const PROFILES = ['brand_check', 'brand_check_v2', 'claims_check', 'logo_check'] as const
const MODELS = [
  { model: 'gpt-4o-mini', provider: 'openai', msPerToken: 9 },
  { model: 'gpt-4o', provider: 'openai', msPerToken: 14 },
  { model: 'claude-sonnet-4-5', provider: 'anthropic', msPerToken: 16 },
] as const
const QUESTIONS = [
  'Which claims need proof?',
  'Does the logo keep its distance?',
  'What changed since last week?',
] as const
const LONGEST_SESSION_MS = 60 * 60_000
/** What becomes of the first questions of an eventful session. */
const EVENTFUL = ['rate', 'fail'] as const
const COUNTRIES = ['GB', 'DE', 'FR', 'CH'] as const

/**
 * The events of one person on one day, in order of time. Weekends are quieter. With `eventfulBefore` the first session holds
 * every kind of event and ends before that instant: a short story, left to chance, would have no threat to report.
 */
export function demoDay(seed: number, day: Day, person: number, zone: Zone, eventfulBefore?: Instant): DemoEvent[] {
  const random = seededRandom(seed, day, person)
  const isWeekend = weekdayOf(day) > 5
  const usual = isWeekend ? (random.chance(0.25) ? 1 : 0) : random.between(1, 3)
  const sessions = eventfulBefore === undefined ? usual : Math.max(1, usual)
  const events: DemoEvent[] = []
  for (let session = 0; session < sessions; session++) {
    const localMs = day * DAY_MS + (8 + session * 3) * 3_600_000 + random.between(0, 2 * 3_600_000)
    const id = `demo-${seed}-${day}-${person}-${session}`
    const isEventful = eventfulBefore !== undefined && session === 0
    const usualStart = zone.instantOfLocal(localMs)
    const start = isEventful ? Math.min(usualStart, eventfulBefore - LONGEST_SESSION_MS) : usualStart
    addAll(events, new DemoSession(random, person, id, Math.max(start, zone.startOfDay(day)), isEventful).events())
  }
  return events.sort((a, b) => a.timestamp - b.timestamp)
}

class DemoSession {
  private readonly random: Random
  private readonly isEventful: boolean
  private readonly session: string
  private readonly who: Readonly<Record<string, unknown>>
  private readonly client: string
  private readonly list: DemoEvent[] = []
  private readonly startMs: number
  private nowMs: number

  constructor(random: Random, person: number, session: string, startMs: number, isEventful: boolean) {
    this.random = random
    this.isEventful = isEventful
    this.session = session
    this.startMs = startMs
    this.nowMs = startMs
    this.client = CLIENTS[person % CLIENTS.length]!
    const round = Math.floor(person / NAMES.length)
    const name = `${NAMES[person % NAMES.length]}${round === 0 ? '' : round + 1}`
    this.who = { user: `${name}@${this.client}.com`, client: this.client, session }
  }

  events(): DemoEvent[] {
    const { random } = this
    this.add('sessionStart', {})
    this.request('GET', '/', 'home', 200)
    if (this.happens(0.4)) this.upload()
    const questions = random.between(2, 7)
    for (let number = 0; number < questions; number++) this.ask(this.isEventful ? EVENTFUL[number] : undefined)
    if (this.happens(0.3)) this.add('activity', { feature: 'export' })
    if (this.happens(0.1)) this.add('custom', { name: 'share', data: { with: 'agency', pages: random.between(1, 9) } })
    if (this.happens(0.02)) this.threat()
    if (this.happens(0.85)) this.add('sessionEnd', { durationMs: this.nowMs - this.startMs })
    return this.list
  }

  private happens(probability: number): boolean {
    // Chance is asked in any case, so that the rest of the story stays the same.
    return this.random.chance(probability) || this.isEventful
  }

  private ask(must: 'fail' | 'rate' | undefined): void {
    const { random } = this
    const isSuggested = random.chance(0.35)
    const feature = random.pick(['brand check', 'claims check', 'chat'])
    this.add('userQuery', { feature, text: random.pick(QUESTIONS), suggested: isSuggested })
    const { model, provider, msPerToken } = random.pick(MODELS)
    const outputTokens = random.between(60, 900)
    const durationMs = 300 + outputTokens * msPerToken + random.between(0, 900)
    if ((random.chance(0.03) || must === 'fail') && must !== 'rate') {
      this.fail(feature, model, provider)
      return
    }
    const inputTokens = random.between(800, 9000)
    const cacheReadTokens = random.chance(0.3) ? Math.floor(inputTokens * 0.6) : undefined
    const profile = random.pick(PROFILES)
    this.wait(durationMs)
    this.add('analysis', {
      profile,
      feature,
      model,
      provider,
      inputTokens,
      cacheReadTokens,
      outputTokens,
      checks: random.between(4, 20),
      durationMs,
    })
    this.request('POST', '/api/checks', feature, 200, durationMs + 12)
    const textLength = outputTokens * 4
    this.add('agentResponse', { feature, model, textLength, hasVisualization: random.chance(0.25), durationMs })
    if (random.chance(0.15) || must === 'rate')
      this.add('feedback', { rating: random.pick([3, 4, 4, 5, 5, 5, 2, 1]), profile, model })
  }

  private fail(feature: string, model: string, provider: string): void {
    const statusCode = this.random.pick([429, 500, 503])
    const error = statusCode === 429 ? 'the model is busy' : 'the model gave no answer'
    const errorType = statusCode === 429 ? 'RateLimitError' : 'UpstreamError'
    this.add('analysis', {
      feature,
      model,
      provider,
      profile: this.random.pick(PROFILES),
      statusCode,
      error,
      errorType,
      // A call that failed costs nothing, and says so.
      inputTokens: 0,
      outputTokens: 0,
    })
    this.add('error', { feature, model, provider, statusCode, error, errorType, endpoint: '/api/checks' })
    this.request('POST', '/api/checks', feature, statusCode, 30_000)
  }

  private upload(): void {
    const rows = this.random.between(20, 5000)
    const fileName = `claims-${this.random.between(1, 40)}.csv`
    this.add('fileUpload', { fileName, fileType: 'text/csv', fileSizeBytes: rows * 83, rows, columns: 9 })
    this.request('POST', '/api/files', 'upload', 201)
  }

  private threat(): void {
    this.add('threat', {
      id: `${this.session}-threat`,
      threatType: 'prompt_injection',
      severity: this.random.pick(['low', 'medium', 'high', 'critical']),
      resolved: this.random.chance(0.7),
    })
  }

  private request(method: string, endpoint: string, feature: string, statusCode: number, durationMs = 0): void {
    const took = durationMs || this.random.between(4, 90)
    const country = COUNTRIES[CLIENTS.indexOf(this.client as (typeof CLIENTS)[number])]
    const ip = `198.51.${this.client.length}.77`
    this.add('request', { method, endpoint, feature, statusCode, durationMs: took, country, ip, userAgent: 'demo/1.0' })
  }

  private add(kind: DemoEvent['kind'], fields: Readonly<Record<string, unknown>>): void {
    this.wait(this.random.between(200, 40_000))
    const id = `${this.session}-${this.list.length}`
    this.list.push({ kind, timestamp: this.nowMs, fields: { id, ...this.who, ...fields } })
  }

  private wait(ms: number): void {
    this.nowMs += ms
  }
}
