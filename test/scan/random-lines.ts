// Random lines of a log: what applications write, in many forms, and then damaged.
import { providerMembers } from './provider-lines.ts'
import type { Random } from './random.ts'

const VALUES: Readonly<Record<string, readonly string[]>> = {
  timestamp: [
    '"2026-02-02T09:15:00Z"',
    '"2026-02-02T09:15:07.123Z"',
    '"2026-02-02T09:15:07.123456+01:00"',
    '"2026-02-02 09:15:59"',
    '"2026-02-02T09:15:00-0530"',
    '"2026-03-29T02:30:00"',
    '"2026-02-02T09:15"',
    '"2026-02-02"',
    '"2026-02-30T00:00:00Z"',
    '"2026-02-02T23:59:60Z"',
    '"2026-02-02t09:15:00z"',
    '"2026-02-02T09:15:00,5+01"',
    '"1770023700"',
    '1770023700',
    '1770023700.25',
    '1770023700123',
    '1.7700237e9',
    '-5',
    'null',
    '""',
    'true',
    '"yesterday"',
  ],
  text: [
    '"diageo"',
    '"unilever"',
    '"loréal"',
    '"a name of more than sixteen bytes"',
    '"exactly16bytes!!"',
    '"日本語のクライアント"',
    '"with \\"escapes\\" and \\u00e9"',
    '"tab\\there"',
    '"half \\ud83d pair"',
    '"nul \\u0000 inside"',
    '""',
    'null',
    'true',
    'false',
    '42',
    '4.20e1',
    '-0',
    '{"nested":1}',
    '["x"]',
  ],
  tokens: [
    '0',
    '7',
    '1200',
    '12345678',
    '123456789',
    '9007199254740991',
    '9007199254740993',
    '1e3',
    '12.0',
    '12.5',
    '-3',
    '"1200"',
    '"x"',
    '01',
    'null',
    '""',
    '{}',
    '[]',
    'true',
    '-0',
  ],
  entries: [
    '3',
    '[]',
    '[1,2,3]',
    '[{"a":[1,2]},"b"]',
    '{}',
    '{"a":1,"b":2}',
    '{"a":1,"a":2}',
    '[1,]',
    '"5"',
    'null',
    '-1',
    '2.5',
  ],
  cost: [
    '0',
    '0.0125',
    '1.5e-7',
    '3.2E-05',
    '0.0000000000001',
    '12345.678',
    '1e20',
    '9007.199254740991',
    '9007.199254740992',
    '-0.5',
    '-0.0',
    '"0.25"',
    '0.1250000000000000',
    'null',
    '""',
  ],
  duration: [
    '0',
    '350',
    '350.5',
    '0.0005',
    '0.0015',
    '123456789.125',
    '1e3',
    '2.5e-3',
    '"12.5"',
    '-1',
    'null',
    '99999999999999999999',
    '0.1',
    '1234.56789012345678',
  ],
  status: ['"ok"', '"error"', '"Timeout"', '"unknown word"', '"200"', '"503"', 'true', 'false', 'null', '500', '404.5'],
}

const KINDS: readonly (readonly [string, string])[] = [
  ['timestamp', 'timestamp'],
  ['time', 'timestamp'],
  ['ts', 'timestamp'],
  ['event', 'text'],
  ['type', 'text'],
  ['id', 'text'],
  ['request_id', 'text'],
  ['client', 'text'],
  ['clientId', 'text'],
  ['userId', 'text'],
  ['inputTokens', 'tokens'],
  ['costUsd', 'cost'],
  ['latencyMs', 'duration'],
  ['tenant', 'text'],
  ['user', 'text'],
  ['email', 'text'],
  ['profile', 'text'],
  ['model', 'text'],
  ['service_tier', 'text'],
  ['checks', 'entries'],
  ['num_checks', 'entries'],
  ['input_tokens', 'tokens'],
  ['prompt_tokens', 'tokens'],
  ['cached_tokens', 'tokens'],
  ['cache_write_tokens', 'tokens'],
  ['cache_write_1h_tokens', 'tokens'],
  ['cache_read_input_tokens', 'tokens'],
  ['cache_creation_input_tokens', 'tokens'],
  ['output_tokens', 'tokens'],
  ['reasoning_tokens', 'tokens'],
  ['total_tokens', 'tokens'],
  ['cost_usd', 'cost'],
  ['spend', 'cost'],
  ['duration_ms', 'duration'],
  ['latency_ms', 'duration'],
  ['duration_seconds', 'duration'],
  ['status', 'status'],
  ['success', 'status'],
  ['status_code', 'status'],
  ['error', 'text'],
  ['x_region', 'text'],
  ['weight', 'duration'],
]

const ORDINARY: Readonly<Record<string, readonly string[]>> = {
  timestamp: ['"2026-02-02T09:15:07.123Z"', '"2026-02-03T10:00:00.000Z"', '"2026-02-03T10:00:59.999Z"'],
  text: ['"diageo"', '"unilever"', '"loréal"', '"danone"', '"a name of more than sixteen bytes"', '"gpt-4o"'],
  tokens: ['1200', '87', '5', '40961'],
  entries: ['3', '12', '[1,2]'],
  cost: ['0.0125', '0.5', '12'],
  duration: ['350', '1250.5', '87'],
  status: ['"ok"', '"error"'],
}

const SKIPPED = [
  '{"a":{"b":[1,2,{"c":"}]"}],"d":"\\""},"e":null}',
  '[[[[]]],{"x":[true,false,null,-1.5e+10]}]',
  '"a text that nobody asked for, and \\u00fcber sixteen bytes"',
  '[1,2',
  '{"a":}',
  '-12.5E-3',
  '.5',
  'nul',
  '"bad \\x escape"',
  '{"usage":{"input_tokens":5}}',
]

/** One line without its end. */
export function randomLine(random: Random): string {
  const isOrdinary = random.chance(0.6)
  const space = random.pick(['', '', '', ' ', '  ', '\t'])
  const members = KINDS.filter(([, kind]) => random.chance(kind === 'timestamp' ? 0.45 : 0.4)).map(([name, kind]) => {
    const value = random.pick(isOrdinary ? ORDINARY[kind]! : VALUES[kind]!)
    return `"${name}":${space}${kind === 'text' && name === 'id' && random.chance(0.7) ? `"evt_${random.below(40)}"` : value}`
  })
  if (random.chance(0.3)) members.push(`"extra":${random.pick(SKIPPED)}`)
  if (random.chance(0.2)) members.push(agentMessage(random))
  if (random.chance(0.4)) members.push(...providerMembers(random))
  if (random.chance(0.15)) members.push(random.pick(members) ?? '"client":"mars"')
  if (random.chance(0.05)) members.push('"cl\\u0069ent":"danone"')
  if (random.chance(0.05)) members.push('"clé":1')
  if (random.chance(0.3)) shuffle(members, random)
  return `{${space}${members.join(`,${space}`)}${space}}`
}

function agentMessage(random: Random): string {
  const usage = random.pick([
    `{"input_tokens":${random.below(5000)},"output_tokens":${random.below(900)},"deep":{"cached":${random.below(90)}}}`,
    '{"output_tokens":5,"input_tokens":"12"}',
    '{}',
    'null',
    '[1,2]',
    '"none"',
    '{"input_tokens":1,"input_tokens":2}',
    '{"deep":null,"input_tokens":8}',
    '{ "deep" : { "cached" : 3 } }',
  ])
  const content = random.pick(SKIPPED)
  return `"message":{"id":"msg_${random.below(30)}","content":${content},"usage":${usage},"model":"claude-sonnet-4-5"}`
}

function shuffle(values: string[], random: Random): void {
  for (let index = values.length - 1; index > 0; index--) {
    const other = random.below(index + 1)
    const value = values[index]!
    values[index] = values[other]!
    values[other] = value
  }
}

const INSERTED = [
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  '\u0000',
  '\u0001',
  '\t',
  '\r',
  '\n',
  ' ',
  '9',
  '-',
  '.',
  'e',
  '\ufeff',
  'é',
  '😀',
]
const BROKEN = [[0xff], [0xc3], [0xe2, 0x82], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xc0, 0x80], [0x80]]

/** A log of so many lines with their ends, some of them damaged. */
export function randomLog(random: Random, lineCount: number, damage: number): Buffer {
  const parts: Buffer[] = []
  for (let index = 0; index < lineCount; index++) {
    const bytes = Buffer.from(randomLine(random))
    parts.push(random.chance(damage) ? damaged(bytes, random) : bytes)
    parts.push(Buffer.from(random.chance(0.02) ? '\r\n' : random.chance(0.02) ? '\n \n\n' : '\n'))
  }
  if (random.chance(0.3)) parts.pop()
  return Buffer.concat(parts)
}

function damaged(bytes: Buffer, random: Random): Buffer {
  const at = random.below(bytes.length)
  const [before, after] = [bytes.subarray(0, at), bytes.subarray(at)]
  const kind = random.below(7)
  if (kind === 0) return before
  if (kind === 1) return after
  if (kind === 2) return Buffer.concat([before, Buffer.from(random.pick(INSERTED)), after])
  if (kind === 3) return Buffer.concat([before, Buffer.from(random.pick(BROKEN)), after])
  if (kind === 4) return Buffer.concat([Buffer.from('\ufeff'), bytes])
  if (kind === 5) return Buffer.concat([before, after.subarray(1 + random.below(8))])
  const flipped = Buffer.from(bytes)
  flipped[at]! ^= 1 << random.below(8)
  return flipped
}
