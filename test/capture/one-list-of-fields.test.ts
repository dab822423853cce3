// What the logger writes and what the reader reads come from one list: each kind is written with every field there is,
// and each field is read back with its value.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inputName } from '../../src/capture/event-input.ts'
import { EventLog } from '../../src/capture/event-log.ts'
import { settingsOf } from '../../src/capture/log-options.ts'
import { EVENT_KINDS, FIELDS, type FieldKind } from '../../src/event/fields.ts'
import { KIND_FIELDS, type KindFieldType } from '../../src/event/kind-fields.ts'
import { NATIVE_FORMAT } from '../../src/event/source-format.ts'
import { readLine } from '../../src/scan/read-line.ts'
import { openLogFolder } from './log-folder.ts'

interface Sample {
  given: unknown
  read: unknown
}

/** What is given for each type of field, and what a reader must make of it. */
const CORE: Record<FieldKind, Sample> = {
  time: { given: '2026-02-02T12:00:00.250Z', read: Date.parse('2026-02-02T12:00:00.250Z') },
  text: { given: 'Grüße "an" Ben', read: 'Grüße "an" Ben' },
  error: { given: new RangeError('too many logos'), read: 'too many logos' },
  tokens: { given: 12, read: 12 },
  entries: { given: ['logo', 'claim'], read: 2 },
  duration: { given: 812.4567, read: 812_457 },
  cost: { given: '0.000123', read: { units: 123n, scale: 6 } },
}
const EXTRA: Record<KindFieldType, Sample> = {
  text: { given: 'brief.csv', read: 'brief.csv' },
  content: { given: 'how many?', read: 'how many?' },
  count: { given: 7, read: '7' },
  rating: { given: 4, read: '4' },
  severity: { given: 'critical', read: 'critical' },
  flag: { given: true, read: 'true' },
  json: { given: { pages: [1, 2] }, read: '{"pages":[1,2]}' },
}
/** Fields that take not every text, or not more than another field. */
const SPECIAL: Record<string, Sample> = {
  status: { given: 'error', read: 'error' },
  ip: { given: '203.0.113.77', read: '203.0.113.77' },
  endpoint: { given: '/api/brands', read: '/api/brands' },
  input_tokens: { given: 1000, read: 1000 },
  output_tokens: { given: 1000, read: 1000 },
}

const coreSamples = FIELDS.filter(field => field.name !== 'event').map(field => ({
  name: field.name as string,
  ...(SPECIAL[field.name] ?? CORE[field.kind]),
}))

describe.each(EVENT_KINDS)('%s', kind => {
  const extras = KIND_FIELDS.filter(field => field.kind === kind)
  const extraSamples = extras.map(field => ({ name: field.name as string, ...EXTRA[field.type] }))

  it('is read back with every field', async () => {
    const folder = openLogFolder()
    const log = new EventLog(settingsOf({ dir: folder.dir, text: true, address: 'keep' }))
    const samples = [...coreSamples, ...extraSamples]
    log.write(kind, Object.fromEntries(samples.map(({ name, given }) => [inputName(name), given])))
    await log.close()
    expect(log.counts()).toMatchObject({ logged: 1, invalidValues: 0 })
    const columns = extras.map(({ name }) => ({ name, path: [name], kind: 'text', scale: 1 }) as const)
    const line = readLine(folder.text().trimEnd(), NATIVE_FORMAT, columns, false)
    const values = line.kind === 'event' ? line.values : undefined
    expect(values?.texts.get('event')).toBe(kind)
    const read = new Map<string, unknown>([...(values?.texts ?? []), ...(values?.numbers ?? [])])
    read.set('timestamp', values?.time?.ms).set('id', values?.id).set('cost_usd', values?.cost)
    expect(Object.fromEntries(samples.map(({ name }) => [name, read.get(name)]))).toEqual(
      Object.fromEntries(samples.map(sample => [sample.name, sample.read])),
    )
  })
})

it('no extra field has the name or another name of a field of every kind', () => {
  const taken = new Set(FIELDS.flatMap(field => [field.name as string, ...field.aliases]))
  expect(KIND_FIELDS.map(field => field.name).filter(name => taken.has(name))).toEqual([])
})

it('the guide names every field', () => {
  const guide = readFileSync(join(import.meta.dirname, '../../docs/capture.md'), 'utf8')
  const names = [...FIELDS, ...KIND_FIELDS].map(field => inputName(field.name))
  const written = names.filter(name => !['event', 'name', 'data', 'droppedEvents'].includes(name))
  expect(written.filter(name => !guide.includes(`\`${name}\``))).toEqual([])
})
