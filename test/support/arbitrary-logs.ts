// Random logs for properties: events under every name that a field has, and every kind of line that is wrong.
import fc from 'fast-check'
import { FIELDS } from '../../src/event/fields.ts'

const FIRST_MS = Date.UTC(2026, 1, 28)
const SPAN_MS = 5 * 86_400_000

const clients = fc.constantFrom('diageo', 'unilever', 'loreal', '=nestle', '__proto__', 'constructor', 'ünïlever 漢字')
const users = fc.constantFrom('anna@diageo.com', 'ben@diageo.com', 'emil@unilever.com', '\u001b[2J', '\u202eevil', '')
const models = fc.constantFrom('gpt-4o', 'gpt-4o-mini', 'claude-sonnet-4-5', 'house-model', 'claude-haiku-4-5')
const tokens = fc.oneof(fc.nat(300_000), fc.constantFrom(0, 200_000, 200_001, 2 ** 40))

const times = fc.integer({ min: 0, max: SPAN_MS }).chain(offset => {
  const date = new Date(FIRST_MS + offset)
  const iso = date.toISOString()
  return fc.constantFrom<string | number>(
    iso,
    iso.replace('Z', '+00:00'),
    iso.slice(0, -1),
    iso.slice(0, 19).replace('T', ' '),
    `${iso.slice(0, -1)}123-05:30`,
    date.getTime(),
    Math.floor(date.getTime() / 1000),
    String(date.getTime()),
  )
})

const fieldValues: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  event: fc.constantFrom('analysis', 'analysis', 'request', 'activity', 'our-own'),
  id: fc.integer({ min: 1, max: 40 }).map(number => `evt_${number}`),
  client: clients,
  user: users,
  profile: fc.constantFrom('brand_check', 'brand_check_v2', 'legal_review'),
  feature: fc.constantFrom('copy_review', 'claims_review'),
  model: models,
  provider: fc.constantFrom('openai', 'anthropic'),
  service_tier: fc.constantFrom('standard', 'batch'),
  checks: fc.oneof(fc.nat(20), fc.array(fc.constant('logo'), { maxLength: 4 }), fc.constant({ logo: 1, claim: 2 })),
  input_tokens: fc.oneof(tokens, fc.nat(9000).map(String)),
  cache_read_tokens: fc.nat(100),
  output_tokens: fc.nat(5000),
  total_tokens: fc.nat(5000),
  cost_usd: fc.oneof(
    fc.nat(1000).map(cents => cents / 100),
    fc.double({ min: 0, max: 10, noNaN: true }),
    fc.constantFrom('0.000000000000000001', '12.5', 0.1),
  ),
  duration_ms: fc.oneof(fc.nat(90_000), fc.double({ min: 0, max: 5000, noNaN: true })),
  status: fc.constantFrom('ok', 'error', 'weird'),
  status_code: fc.constantFrom(200, 429, 500, '503'),
  error: fc.constantFrom('boom', '', false, { message: 'nested' }),
}

const names: ReadonlyMap<string, readonly string[]> = new Map(
  FIELDS.map(field => [field.name, [field.name, ...field.aliases]] as const),
)

/** An object of one event: any fields, each under any of its names, in any order. */
export const eventObject: fc.Arbitrary<Record<string, unknown>> = fc
  .tuple(
    times,
    fc
      .subarray(Object.keys(fieldValues), { minLength: 3 })
      .chain(fields =>
        fc.tuple(...fields.map(field => fc.tuple(fc.constantFrom(...names.get(field)!), fieldValues[field]!))),
      ),
    fc.constantFrom(...names.get('timestamp')!),
  )
  .map(([time, entries, timeName]) => Object.fromEntries([[timeName, time] as [string, unknown], ...entries]))

const wrongLine = fc.constantFrom(
  '{"timestamp":"2026-03-01T10:00:00Z","client":"diageo"',
  '[1,2]',
  '"text"',
  'null',
  '{"client":"diageo"}',
  '{"timestamp":"2026-02-30T10:00:00Z"}',
  '{"timestamp":"2026-03-01T10:00:00Z","client":{"name":"diageo"}}',
  '{"timestamp":"2026-03-01T10:00:00Z","input_tokens":-5}',
  '{"timestamp":"2026-03-01T10:00:00Z","input_tokens":"many"}',
  '{"timestamp":"2026-03-01T10:00:00Z","input_tokens":5,"cache_read_tokens":6}',
  '{"timestamp":"2026-03-01T10:00:00Z","duration_ms":1e400}',
  '',
  '   ',
)

const goodLine = eventObject.map(object => JSON.stringify(object))

/** Some lines, most of them good. */
export const logLines: fc.Arbitrary<string[]> = fc.array(
  fc.oneof({ weight: 9, arbitrary: goodLine }, { weight: 1, arbitrary: wrongLine }),
  { maxLength: 60 },
)
