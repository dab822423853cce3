import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fieldWriter, lineEnd, lineWriter } from '../../src/capture/event-line.ts'
import { addressWriter } from '../../src/capture/privacy.ts'
import { RequestLines } from '../../src/capture/request-lines.ts'

const POLICY = {
  isTextLogged: false,
  pseudonym: undefined,
  writeAddress: addressWriter('truncate', undefined),
  isDemo: true,
}

const core = fc.record({
  endpoint: fc.oneof(fc.constantFrom('/api/brands', '/ü', ''), fc.string({ maxLength: 2000 }).map(withoutQuery)),
  method: fc.constantFrom('GET', 'POST', undefined),
  statusCode: fc.constantFrom(200, 404, -1, undefined),
  durationMs: fc.oneof(
    fc.double({ min: 0, max: 1e13, noNaN: true }),
    fc.integer({ min: 0, max: 2_000_000 }).map(us => us / 1000),
  ),
  ip: fc.constantFrom('203.0.113.9', '2001:db8::1', 'unknown', undefined),
  userAgent: fc.constantFrom('curl/8.5', '"quoted"\n', 'é漢', undefined),
})
const further = fc.option(fc.constantFrom({ user: 'anna@diageo.com' }, { error: 'busy', aborted: true }, { user: 5 }), {
  nil: undefined,
})
const instant = fc.oneof(
  fc.integer({ min: 0, max: 253_402_300_799_999 }),
  fc.integer({ min: 1_770_000_000_000, max: 1_770_000_002_000 }),
)

describe('the line of a request', () => {
  it('says what any other writer of lines would say of it, whatever came before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(instant, core, further), { maxLength: 30 }), requests => {
        const fields = fieldWriter(POLICY)
        const lines = new RequestLines(fields, lineEnd(POLICY))
        const plain = lineWriter(POLICY)
        for (const [ms, request, more] of requests) {
          const known = Math.min(request.durationMs, 999_999_999_999)
          const given = { ...request, durationMs: known }
          const wrong = lines.write(
            { ms, route: request.endpoint, target: '/', endpointOf: () => '/', ...given },
            more && fields('request', more),
          )
          const expected = plain('request', { ...given, ...more }, ms)
          const line = lines.bytes.toString('utf8', 0, lines.length)
          expect(line.endsWith('}\n')).toBe(true)
          expect(JSON.parse(line)).toEqual(JSON.parse(expected.line ?? ''))
          expect(wrong).toBe(expected.wrongValues)
        }
      }),
    )
  })
})

// Of an endpoint that an application gives by itself the query is cut off; the pattern of a route may hold a question mark.
function withoutQuery(text: string): string {
  return text.replace(/[?#]/g, '')
}
