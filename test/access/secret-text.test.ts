// Tokens and secrets: how they look, what checks them, and that every character is as likely as the others.
import { expect, test } from 'vitest'
import { isTokenText, makeSecret, makeToken, sha256Of } from '../../src/access/secret-text.ts'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

test('a token is ub_ and 30 characters of base62, and no two are alike', () => {
  const tokens = Array.from({ length: 1000 }, makeToken)
  expect(tokens.filter(token => !/^ub_[0-9A-Za-z]{30}$/.test(token))).toEqual([])
  expect(new Set(tokens).size).toBe(1000)
  expect(tokens.every(isTokenText)).toBe(true)
})

test('a token with any one character changed, two swapped or one lost is none', () => {
  const token = makeToken()
  for (let place = 3; place < token.length; place++) {
    const other = token[place] === 'x' ? 'y' : 'x'
    expect(isTokenText(token.slice(0, place) + other + token.slice(place + 1))).toBe(false)
    expect(isTokenText(token.slice(0, place) + token.slice(place + 1))).toBe(false)
    const swapped = token.slice(0, place) + token[place + 1] + token[place] + token.slice(place + 2)
    if (place + 1 < token.length && swapped !== token) expect(isTokenText(swapped)).toBe(false)
  }
})

test.each(['', 'ub_', `${makeToken()} `, `${makeToken()}\n`, makeToken().toLowerCase().replace('ub', 'UB')])(
  '%j is no token',
  text => {
    expect(isTokenText(text)).toBe(false)
  },
)

test('every character of a secret is as likely as the others', () => {
  const counts = new Map<string, number>()
  for (let made = 0; made < 5000; made++)
    for (const character of makeSecret()) counts.set(character, (counts.get(character) ?? 0) + 1)
  expect([...counts.keys()].sort()).toEqual([...BASE62].sort())
  // 200,000 draws: 3,226 of each, give or take 56. With a modulo the first eight would come a quarter more often.
  const expected = (5000 * 40) / 62
  const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0)
  // Of 61 degrees of freedom it is above 140 once in ten million runs; a modulo makes it above 1,000.
  expect(chiSquare).toBeLessThan(140)
})

test('the hash is SHA-256 in hexadecimal digits', () => {
  expect(sha256Of('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})
