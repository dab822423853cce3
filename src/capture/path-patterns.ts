// The parts of request targets, and tests for paths.
import { compileWildcard } from '../base/wildcard.ts'

/** Of a longer path only the beginning is compared with patterns. */
const MAX_PATH = 2000

/** The path of a request target: no scheme, user, host, query or fragment. */
export function pathOf(target: string): string {
  const end = target.search(/[?#]/)
  const bare = end === -1 ? target : target.slice(0, end)
  if (bare.startsWith('/')) return bare.slice(0, MAX_PATH)
  const afterHost = /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/.*)?$/i.exec(bare)
  return afterHost === null ? '/' : (afterHost[1] ?? '/').slice(0, MAX_PATH)
}

/** The query of a request target, without its question mark. */
export function queryOf(target: string): string {
  const start = target.indexOf('?')
  return start === -1 ? '' : target.slice(start + 1).replace(/#.*$/s, '')
}

/** A test for paths: each pattern is an exact path, or has `*` for any characters, or is a RegExp. */
export function pathMatcher(patterns: readonly (string | RegExp)[]): (path: string) => boolean {
  const exact = new Set(patterns.filter(pattern => typeof pattern === 'string' && !pattern.includes('*')))
  const others = patterns.filter(pattern => !exact.has(pattern)).map(testOf)
  return path => exact.has(path) || others.some(fits => fits(path))
}

/** The name of the first pattern of a table that a path matches. */
export function pathTable(table: Readonly<Record<string, string>>): (path: string) => string | undefined {
  const rows = Object.entries(table).map(([pattern, name]) => ({ matches: pathMatcher([pattern]), name }))
  return path => rows.find(row => row.matches(path))?.name
}

function testOf(pattern: string | RegExp): (path: string) => boolean {
  if (typeof pattern === 'string') return compileWildcard(pattern)
  // A global RegExp remembers where it stopped.
  const expression = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
  return path => expression.test(path)
}
