// Sends generated requests to every framework and looks for their secrets in what was logged.
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type UsageLogOptions, usageLog } from '../../src/capture/index.ts'
import { Random } from '../scan/random.ts'
import { type SecretRequest, secretRequest } from './secret-requests.ts'
import { SECRET_SERVERS } from './secret-servers.ts'

export interface SecretsSent {
  /** How many requests each framework was sent. */
  readonly requests: number
  readonly logged: number
  /** A line for each secret that is in the log. */
  readonly leaks: readonly string[]
}

const AT_ONCE = 500

/** Sends so many requests, shared out among the frameworks. */
export async function sendSecrets(count: number, seed: number, options: UsageLogOptions = {}): Promise<SecretsSent> {
  const random = new Random(seed)
  const names = Object.keys(SECRET_SERVERS)
  const sum = { requests: 0, logged: 0, leaks: [] as string[] }
  for (let round = 0; sum.requests < count; round++) {
    const name = names[round % names.length]!
    const share = Math.min(AT_ONCE, Math.ceil(count / names.length), count - sum.requests)
    const requests = Array.from({ length: share }, () => secretRequest(random))
    const text = await logOf(name, requests, options)
    sum.requests += share
    sum.logged += text.split('\n').length - 1
    for (const request of requests) if (isIn(text, request)) sum.leaks.push(describe(name, request, text))
  }
  return sum
}

async function logOf(name: string, requests: readonly SecretRequest[], options: UsageLogOptions): Promise<string> {
  const dir = mkdtempSync(join(tmpdir(), 'usagebook-secrets-'))
  try {
    const usage = usageLog({ ...options, dir })
    const server = await SECRET_SERVERS[name]!(usage)
    for (const request of requests) await server.send(request)
    await server.close()
    await usage.close()
    return readdirSync(dir)
      .map(file => readFileSync(join(dir, file), 'utf8'))
      .join('')
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

// As it is, as it stands in a URL, or the longest word of it.
function isIn(text: string, { secret }: SecretRequest): boolean {
  const words = secret.split(/[\s\n]+/).filter(word => word.length >= 7)
  const forms = [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), ...words]
  return forms.some(form => text.includes(form))
}

function describe(name: string, { kind, place, secret }: SecretRequest, text: string): string {
  const word = secret.split(/\s+/).at(-1)!
  const line = text.split('\n').find(candidate => candidate.includes(word) || candidate.includes(secret)) ?? ''
  return `${name}: ${kind} in ${place}: ${secret}\n    ${line.slice(0, 400)}`
}
