// What is checked before a request reaches any route: its host, its form, where it comes from, and headers that only a
// proxy may set.
import type { IncomingMessage } from 'node:http'
import type { Problem } from '../answers/question.ts'
import { plainAddress } from './host-list.ts'

export interface GuardSettings {
  readonly hosts: ReadonlySet<string>
  readonly trustedProxies: ReadonlySet<string>
  /** In lower case; undefined if no proxy names the user. */
  readonly identityHeader: string | undefined
  /** Other sites whose pages may send requests. */
  readonly origins: ReadonlySet<string>
}

/** What is known about a request that may pass. */
export interface Passed {
  /** The address of the caller: that of the peer, or the one a trusted proxy reports. */
  readonly address: string
  readonly isHttps: boolean
  /** The host as the client wrote it. */
  readonly host: string
  /** The user that a trusted proxy names. */
  readonly proxyName: string | undefined
  readonly hasOrigin: boolean
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

export function guard(request: IncomingMessage, settings: GuardSettings): Passed | Problem {
  const host = (request.headers.host ?? '').toLowerCase()
  if (!settings.hosts.has(host) || countOf(request, 'host') !== 1) {
    return problem(
      421,
      'wrong-host',
      'This server does not answer to that host.',
      'Ask the person who runs this server to allow it (serve.allowHosts in the configuration).',
    )
  }
  if (request.url?.startsWith('/') !== true) return problem(400, 'bad-request', 'The address is not a path.')
  const peer = plainAddress(request.socket.remoteAddress)
  const isProxied = settings.trustedProxies.has(peer)
  const named = nameOf(request, settings.identityHeader, isProxied)
  if (named !== undefined && typeof named !== 'string') return named
  const isHttps = isProxied && lastOf(request, 'x-forwarded-proto') === 'https'
  const passed: Passed = {
    address: (isProxied ? lastOf(request, 'x-forwarded-for') : undefined) ?? peer,
    isHttps,
    host,
    proxyName: named,
    hasOrigin: request.headers.origin !== undefined,
  }
  const isOwn = SAFE_METHODS.has(request.method ?? '') || comesFromHere(request, passed, settings.origins)
  return isOwn ? passed : problem(403, 'foreign-origin', 'Pages of other sites may not change anything here.')
}

// Browsers say where a request comes from, whatever its content type is; programs say nothing.
function comesFromHere(request: IncomingMessage, { host, isHttps }: Passed, origins: ReadonlySet<string>): boolean {
  const { origin } = request.headers
  const site = request.headers['sec-fetch-site']
  const isListed = origin !== undefined && origins.has(origin)
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isListed) return false
  return origin === undefined || isListed || origin.toLowerCase() === `${isHttps ? 'https' : 'http'}://${host}`
}

// A header that is there twice, or as `X_User` beside `X-User`, is somebody's attempt to slip past the proxy.
function nameOf(
  request: IncomingMessage,
  header: string | undefined,
  isProxied: boolean,
): string | undefined | Problem {
  if (header === undefined) return undefined
  const alike = request.rawHeaders.filter(
    (_, index) => index % 2 === 0 && folded(request.rawHeaders[index]!) === folded(header),
  )
  if (alike.length > 1 || alike.some(name => name.toLowerCase() !== header)) {
    return problem(
      400,
      'bad-identity-header',
      'The header that names the user was sent twice, or is spelt differently.',
    )
  }
  const value = request.headers[header]
  return isProxied && typeof value === 'string' && value !== '' ? value : undefined
}

function folded(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

// Each proxy appends what it knows, so the last value is from the nearest one.
function lastOf(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name]
  const text = Array.isArray(value) ? value.at(-1) : value
  return text?.split(',').at(-1)?.trim() || undefined
}

function countOf(request: IncomingMessage, name: string): number {
  return request.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === name).length
}

function problem(status: number, code: string, title: string, hint?: string): Problem {
  return { status, code, title, hint }
}

export function isProblem(value: Passed | Problem): value is Problem {
  return 'status' in value
}
