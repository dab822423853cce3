// Calls of everything that the library has, with hostile values in every place, and what became of them.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type RequestOptions, type UsageLog, usageLog } from '../../src/capture/index.ts'
import { Random } from '../scan/random.ts'
import { hostileEvent, hostileValue } from './hostile-values.ts'

export interface CallsMade {
  /** What was thrown or rejected, which must be nothing. */
  readonly problems: readonly string[]
  /** Lines that are no JSON object. */
  readonly brokenLines: number
  readonly lines: number
  readonly logged: number
}

type Call = (usage: UsageLog, random: Random) => unknown

const KINDS = ['analysis', 'request', 'sessionStart', 'sessionEnd', 'fileUpload', 'userQuery'] as const
const OTHER_KINDS = ['agentResponse', 'activity', 'feedback', 'threat', 'error'] as const
const fail = () => {
  throw new Error('a function of the application')
}

const CALLS: Readonly<Record<string, Call>> = {
  ...Object.fromEntries(
    [...KINDS, ...OTHER_KINDS].map(kind => [
      kind,
      (usage: UsageLog, random: Random) => usage[kind](hostileEvent(random) as { rating: number }),
    ]),
  ),
  custom: (usage, random) => usage.custom(hostileValue(random) as string, hostileValue(random), hostileEvent(random)),
  middleware: (usage, random) => {
    let calls = 0
    const handler = usage.middleware(hostileOptions(random) as never)
    handler(hostileRequest(random) as never, hostileResponse(random) as never, () => calls++)
    if (calls !== 1) throw new Error(`next was called ${calls} times`)
  },
  errorMiddleware: (usage, random) => {
    let calls = 0
    usage.errorMiddleware()(hostileValue(random), {} as never, hostileValue(random) as never, () => calls++)
    if (calls !== 1) throw new Error(`next was called ${calls} times`)
  },
  fetch: async (usage, random) => {
    const response = random.chance(0.5) ? new Response('ok') : hostileValue(random)
    const options = { ...hostileOptions(random), remoteAddress: () => hostileValue(random) as string }
    const request = random.chance(0.5) ? new Request('http://brands.example/x') : hostileRequest(random)
    const settled = (value: unknown) => Promise.resolve(value).then(undefined, () => undefined)
    // What a handler answers is settled before: a promise in its place would be awaited by anybody.
    const given = isThenable(response) ? undefined : response
    const answer = await usage.fetch((() => given) as never, options as never)(request as never)
    if (given instanceof Response) await settled((answer as Response).text())
  },
  counts: usage => usage.counts(),
  flush: usage => usage.flush(),
}

/** Makes so many calls, a log for each hundred. */
export async function makeHostileCalls(count: number, seed: number): Promise<CallsMade> {
  const random = new Random(seed)
  const problems: string[] = []
  const sum = { problems, brokenLines: 0, lines: 0, logged: 0 }
  const noteRejection = (reason: unknown) => {
    if (String((reason as Error)?.message) !== 'rejected') problems.push(`a rejection: ${String(reason)}`)
  }
  process.on('unhandledRejection', noteRejection)
  try {
    for (let made = 0; made < count; made += 100) await makeCalls(Math.min(100, count - made), random, sum)
  } finally {
    process.off('unhandledRejection', noteRejection)
  }
  return sum
}

async function makeCalls(
  count: number,
  random: Random,
  sum: { problems: string[]; brokenLines: number; lines: number; logged: number },
): Promise<void> {
  const dir = mkdtempSync(join(tmpdir(), 'usagebook-calls-'))
  const pseudonymize = random.chance(0.3) ? { key: 'a key that is long enough' } : undefined
  const usage = usageLog({ dir, text: random.chance(0.5), pseudonymize })
  for (let call = 0; call < count; call++) {
    const name = random.pick(Object.keys(CALLS))
    try {
      await CALLS[name]!(usage, random)
    } catch (error) {
      sum.problems.push(`${name}: ${error instanceof Error ? error.stack : typeof error}`)
    }
  }
  await usage.close()
  sum.logged += usage.counts().logged
  for (const line of readdirSync(dir).flatMap(name => readFileSync(join(dir, name), 'utf8').split('\n').slice(0, -1))) {
    sum.lines++
    if (!isObject(line)) sum.brokenLines++
  }
  rmSync(dir, { recursive: true, force: true })
}

function hostileOptions(random: Random): RequestOptions<never> {
  const ask = random.pick([fail, () => hostileValue(random), async () => fail()]) as () => string
  return {
    user: ask,
    client: ask,
    session: random.chance(0.5) ? ask : { cookie: 'sid', header: 'x-session' },
    country: ask,
    features: { '/*x*': 'x' },
    skip: ['/skipped*', /nothing/],
    query: ['page', '__proto__'],
    trustedProxies: ['loopback'],
    endpoints: ['/:anything/*'],
    usageFrom: 'response',
  }
}

function hostileRequest(random: Random): unknown {
  if (random.chance(0.2)) return hostileValue(random)
  return {
    url: hostileValue(random),
    originalUrl: hostileValue(random),
    method: hostileValue(random),
    rawHeaders: random.chance(0.5) ? ['User-Agent', hostileValue(random), 'Cookie', 'sid=1'] : hostileValue(random),
    socket: random.chance(0.5) ? { remoteAddress: hostileValue(random) } : hostileValue(random),
    app: hostileValue(random),
    route: hostileValue(random),
  }
}

/** Emits its end at once where it can. */
function hostileResponse(random: Random): unknown {
  if (random.chance(0.2)) return hostileValue(random)
  return {
    on: (_name: string, listener: () => void) => listener(),
    statusCode: hostileValue(random),
    headersSent: hostileValue(random),
    writableFinished: random.pick([true, false, undefined]),
    writableEnded: random.pick([true, false]),
    socket: hostileValue(random),
    getHeader: () => hostileValue(random),
    write: () => true,
    end: () => undefined,
    writeHead: () => undefined,
  }
}

function isThenable(value: unknown): boolean {
  try {
    return typeof (value as { then?: unknown } | null)?.then !== 'undefined'
  } catch {
    return true
  }
}

function isObject(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
