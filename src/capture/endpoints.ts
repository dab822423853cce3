// Which endpoint a request is logged under if no framework says which route matched. Nobody can tell a secret in a path
// from a word, so parts that no pattern names are not written.
import { compileRoute } from '../base/wildcard.ts'
import { pathOf } from './path-patterns.ts'

/** The endpoint of requests that no route took, where a framework knows it. */
export const UNMATCHED = ':unmatched'

/** What may be the name of a part of an application. */
const PLAIN_SEGMENT = /^[\w.~-]{1,40}$/

/**
 * A function from the target of a request to the first pattern that its path fits, else its first segment and `*`. A path
 * of one segment is `/*`: it may be a short link, which is as good as a key.
 */
export function endpointNamer(patterns: readonly string[]): (target: string) => string {
  const rows = patterns.map(pattern => ({ pattern, fits: compileRoute(withoutEndSlash(pattern)) }))
  return target => {
    const path = withoutEndSlash(pathOf(target))
    return rows.find(row => row.fits(path))?.pattern ?? beginningOf(path)
  }
}

/** Whether a path fits the pattern of a route, with or without a slash at its end. */
export function fitsRoute(pattern: string, target: string): boolean {
  return compileRoute(withoutEndSlash(pattern))(withoutEndSlash(pathOf(target)))
}

function beginningOf(path: string): string {
  if (path === '/') return '/'
  const [, first = '', ...others] = path.split('/')
  return others.length > 0 && PLAIN_SEGMENT.test(first) ? `/${first}/*` : '/*'
}

function withoutEndSlash(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end--
  return path.slice(0, end)
}
