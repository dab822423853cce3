// Paths of requests without what identifies or betrays somebody, and wildcards over them.
import { compileWildcard } from '../base/wildcard.ts'

const MAX_PATH = 300

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

/** A path whose ids, addresses and tokens are written `:id`: /users/42 as /users/:id. */
export function pathWithoutIds(path: string): string {
  return path
    .split('/')
    .map(segment => (isId(segment) ? ':id' : segment))
    .join('/')
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

function isId(segment: string): boolean {
  if (segment.length > 40 || /@|%40/i.test(segment)) return true
  const digits = segment.replace(/\D/g, '').length
  if (digits === 0) return segment.length >= 20 && /[a-z]/.test(segment) && /[A-Z]/.test(segment)
  if (digits === segment.length) return true
  if (segment.length >= 16 && !segment.includes('.')) return digits >= 3 || /[A-Z]/.test(segment)
  return segment.length >= 6 && digits * 3 >= segment.replace(/[^0-9a-z]/gi, '').length
}
