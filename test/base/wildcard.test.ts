import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canFitBoth, compileGlob, compileRoute, compileWildcard, fitsWildcard } from '../../src/base/wildcard.ts'
import { WILDCARD_PROPERTIES } from './wildcard-properties.ts'

const globFits = (pattern: string, path: string): unknown => {
  const fits = compileGlob(pattern)
  return typeof fits === 'function' ? fits(path) : fits
}

describe('every pattern', () => {
  it.each(Object.keys(WILDCARD_PROPERTIES))('%s', name => {
    fc.assert(WILDCARD_PROPERTIES[name]!, { numRuns: 2000, verbose: true })
  })
})

describe('a wildcard', () => {
  it.each([
    ['brand_*', 'brand_', true],
    ['brand_*', 'my_brand_check', false],
    ['a*a', 'a', false],
    ['*', '', true],
    ['**b', 'a\nb', true],
    ['a.c', 'abc', false],
  ])('%s on %j: %s', (pattern, text, expected) => {
    expect(fitsWildcard(pattern, text)).toBe(expected)
  })
})

describe('the pattern of a route', () => {
  it.each([
    ['/reset/:token', '/reset/abc', true],
    ['/reset/:token', '/reset/', false],
    ['/reset/:token', '/reset/abc/confirm', false],
    ['/v:version/x', '/v12/x', true],
    ['/files/*', '/files/a/b', true],
    ['/by/:a/*/:b', '/by/1/x/y/2', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(compileRoute(pattern)(path)).toBe(expected)
  })
})

describe('a glob', () => {
  it.each([
    ['2026-*.jsonl', '2026-02-02.jsonl', true],
    ['2026-*.jsonl', '2026/02.jsonl', false],
    ['**/*.jsonl', 'a.jsonl', true],
    ['**/*.jsonl', 'x/y/a.jsonl', true],
    ['logs/**', 'logs/x/y', true],
    ['a/**/b', 'a/b', true],
    ['a/**/b', 'ab', false],
    ['2026-0[1-3]?.gz', '2026-02a.gz', true],
    ['[!a]', 'b', true],
    ['[!a]', '/', false],
    ['{diageo,unilever}-*.jsonl', 'unilever-1.jsonl', true],
    ['{a,[b-c]}d', 'cd', true],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(globFits(pattern, path)).toBe(expected)
  })

  it.each([
    ['logs/[z-a].jsonl', 5, '"[z-a]" runs backwards from z to a'],
    ['logs/[a', 5, '"[" has no "]" after it'],
    ['[]', 0, '"[" has no "]" after it'],
    ['x{a,b', 1, '"{" has no "}" after it'],
    ['{a,{b}}', 3, 'braces cannot stand in braces'],
    ['{a,b[}', 4, '"[" has no "]" after it'],
    ['{a,b}'.repeat(20), 45, 'the braces stand for more than 1000 patterns'],
  ])('%s is wrong at %i', (pattern, at, message) => {
    expect(globFits(pattern, '')).toEqual({ message, at })
  })
})

// Each took between seconds and for ever by backtracking. What counts is that the run ends; a test is given 180 seconds.
describe('a text made to hang a matcher', () => {
  it.each([
    [compileWildcard('/v1/*/*/*/*/stream'), `/v1${'/'.repeat(100_000)}`],
    [compileWildcard('*a*b*c'), 'ab'.repeat(100_000)],
    [compileWildcard(`${'*a'.repeat(100)}*b`), 'a'.repeat(100_000)],
    [compileRoute('/v1/:a/*/:b/*/stream'), '/v1'.repeat(50_000)],
    [compileRoute(`${'*a'.repeat(20)}*b`), 'a'.repeat(50_000)],
    [compileGlob(`${'**/'.repeat(20)}b`) as (text: string) => boolean, 'a/'.repeat(20_000)],
  ])('is refused by %s', (fits, text) => {
    expect(fits(text)).toBe(false)
  })

  it('is refused in both directions', () => {
    expect(canFitBoth(`${'*a'.repeat(500)}b`, `${'*a'.repeat(500)}c`)).toBe(false)
  })
})
