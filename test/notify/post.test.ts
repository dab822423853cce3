import dns from 'node:dns'
import { syncBuiltinESMExports } from 'node:module'
import { expect, onTestFinished, test } from 'vitest'
import { post } from '../../src/notify/post.ts'
import { isPrivateAddress } from '../../src/notify/private-addresses.ts'
import { startWebServer } from './web-server.ts'

const NOW = Date.parse('2026-02-02T10:00:00Z')
const PRIVATE_REFUSED = 'its address is in a private network, which "allowPrivate" does not allow'

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:10.0.0.1',
  '::ffff:7f00:1',
  '::7f00:1',
  'fe80::1%eth0',
  'fec0::1',
  'fd00::1',
  '64:ff9b::a00:1',
  '2002:a00:1::',
])('%s is private', address => {
  expect(isPrivateAddress(address)).toBe(true)
})

test.each(['8.8.8.8', '172.32.0.1', '192.169.0.1', '100.128.0.1', '2606:4700::1111', '::ffff:8.8.8.8'])(
  '%s is public',
  address => {
    expect(isPrivateAddress(address)).toBe(false)
  },
)

test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1'])(
  'the machine itself is refused as %s',
  async host => {
    const server = await startWebServer()
    const url = `http://${host}:${new URL(server.url).port}/`
    const failure = await post({ url, body: '{}', allowPrivate: false, now: NOW })
    expect(failure).toEqual({ problem: PRIVATE_REFUSED, isOfTarget: true })
    expect(server.received).toEqual([])
  },
)

test('a name that means another address at every look is refused where the connection is made', async () => {
  const server = await startWebServer()
  const real = dns.lookup
  let looks = 0
  const lookup = (_name: string, _options: object, done: (error: null, all: dns.LookupAddress[]) => void) => {
    looks++
    done(null, [{ address: looks === 1 ? '127.0.0.1' : '8.8.8.8', family: 4 }])
  }
  Object.assign(dns, { lookup })
  syncBuiltinESMExports()
  onTestFinished(() => {
    Object.assign(dns, { lookup: real })
    syncBuiltinESMExports()
  })
  const url = `http://rebinding.example:${new URL(server.url).port}/`
  expect((await post({ url, body: '{}', allowPrivate: false, now: NOW }))?.problem).toBe(PRIVATE_REFUSED)
  expect([looks, server.received]).toEqual([1, []])
})

test('a redirect is not followed', async () => {
  const other = await startWebServer()
  const server = await startWebServer(() => ({ status: 307, headers: { location: other.url } }))
  const failure = await post({ url: server.url, body: '{}', allowPrivate: true, now: NOW })
  expect(failure?.problem).toBe('it answered 307, and redirects are not followed')
  expect(other.received).toEqual([])
})

test('who does not answer in time is given up', async () => {
  const server = await startWebServer(() => undefined)
  const failure = await post({ url: server.url, body: '{}', allowPrivate: true, timeLimitMs: 50, now: NOW })
  expect(failure).toEqual({ problem: 'it did not answer in time', isOfTarget: true })
})

test.each([
  ['120', 120_000],
  ['Mon, 02 Feb 2026 10:01:00 GMT', 60_000],
  ['Mon, 02 Feb 2026 09:00:00 GMT', 0],
  ['99999999', 86_400_000],
  ['soon', undefined],
])('Retry-After: %s is %s milliseconds', async (text, waitMs) => {
  const server = await startWebServer(() => ({ status: 429, headers: { 'retry-after': text } }))
  const failure = await post({ url: server.url, body: '{}', allowPrivate: true, now: NOW })
  expect(failure).toEqual({ problem: 'it answered 429', isOfTarget: true, retryAfterMs: waitMs })
})

test.each(['ftp://example.com/', 'no address', ''])('%j is no address', async url => {
  const failure = await post({ url, body: '{}', allowPrivate: true, now: NOW })
  expect(failure?.problem).toBe('its address is no http or https address')
})
