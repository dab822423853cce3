// One request to an address that somebody wrote down: no redirects, no private addresses unless allowed, a time limit, and
// nothing of the address in what is told about it.
import { request as requestPlain } from 'node:http'
import { request as requestSecure } from 'node:https'
import { isIP } from 'node:net'
import { systemCode } from '../base/errors.ts'
import { isPrivateAddress, lookUpPublic, PrivateAddress } from './private-addresses.ts'
import type { Failure } from './sending.ts'

export const TIME_LIMIT_MS = 15_000
/** Whoever asks for more is asked again after a day. */
const LONGEST_WAIT_MS = 86_400_000

interface Post {
  readonly url: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
  readonly allowPrivate: boolean
  readonly timeLimitMs?: number
  /** Milliseconds since the epoch: against which a date in Retry-After is read. */
  readonly now: number
}

export async function post({ url, ...request }: Post): Promise<Failure> {
  const address = URL.canParse(url) ? new URL(url) : undefined
  if (address === undefined || !/^https?:$/.test(address.protocol))
    return { problem: 'its address is no http or https address', isOfTarget: true }
  const host = address.hostname.replace(/^\[|\]$/g, '')
  if (!request.allowPrivate && isIP(host) !== 0 && isPrivateAddress(host)) return refusedAsPrivate()
  try {
    return await send(address, request)
  } catch (error) {
    if (error instanceof PrivateAddress) return refusedAsPrivate()
    return { problem: reasonOf(error), isOfTarget: true }
  }
}

function send(url: URL, { body, headers, allowPrivate, timeLimitMs = TIME_LIMIT_MS, now }: Omit<Post, 'url'>) {
  return new Promise<Failure>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? requestSecure : requestPlain)(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'usagebook',
        ...headers,
      },
      agent: false,
      signal: AbortSignal.timeout(timeLimitMs),
      ...(allowPrivate ? {} : { lookup: lookUpPublic }),
    })
    request.on('error', reject)
    request.on('response', response => {
      // What it answers besides its status tells nothing.
      response.on('error', () => undefined)
      response.destroy()
      resolve(failureOf(response.statusCode ?? 0, response.headers['retry-after'], now))
    })
    request.end(body)
  })
}

function failureOf(status: number, retryAfter: string | undefined, now: number): Failure {
  if (status >= 200 && status < 300) return undefined
  const isRedirect = status >= 300 && status < 400
  return {
    problem: isRedirect ? `it answered ${status}, and redirects are not followed` : `it answered ${status}`,
    // A request that is wrong by itself says nothing about the next one.
    isOfTarget: status !== 400 && status !== 413 && status !== 422,
    retryAfterMs: waitOf(retryAfter, now),
  }
}

/** Seconds, or a date. */
function waitOf(text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined
  const ms = /^\d+$/.test(text.trim()) ? Number(text) * 1000 : Date.parse(text) - now
  return Number.isNaN(ms) ? undefined : Math.min(LONGEST_WAIT_MS, Math.max(0, ms))
}

function refusedAsPrivate(): Failure {
  return { problem: 'its address is in a private network, which "allowPrivate" does not allow', isOfTarget: true }
}

// Texts of the system name the address.
function reasonOf(error: unknown): string {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError'))
    return 'it did not answer in time'
  const code = systemCode(error)
  const reasons: Readonly<Record<string, string>> = {
    ECONNREFUSED: 'nobody listens at its address',
    ENOTFOUND: 'its name is not known',
    EAI_AGAIN: 'its name cannot be looked up',
    ECONNRESET: 'it closed the connection',
    ETIMEDOUT: 'it cannot be reached',
    EHOSTUNREACH: 'it cannot be reached',
    ENETUNREACH: 'it cannot be reached',
  }
  return (code === undefined ? undefined : reasons[code]) ?? `the request failed (${code ?? 'no reason given'})`
}
