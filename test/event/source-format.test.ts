import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { buildFormat } from '../../src/event/build-format.ts'
import { READ_FIELDS } from '../../src/event/fields.ts'
import { formatsSchema } from '../../src/event/format-schema.ts'
import { flatNames } from '../../src/event/native-places.ts'
import { formatPath, NATIVE_FORMAT, parsePath } from '../../src/event/source-format.ts'

describe('paths', () => {
  test.each([
    ['usage.input_tokens', ['usage', 'input_tokens']],
    ['attributes.gen_ai\\.request\\.model', ['attributes', 'gen_ai.request.model']],
    ['a\\\\b', ['a\\b']],
    ['model', ['model']],
  ])('%s is %j', (text, path) => {
    expect(parsePath(text)).toEqual(path)
  })

  test('are read back as they are written', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ minLength: 1 }), { minLength: 1 }), path => {
        expect(parsePath(formatPath(path))).toEqual(path)
      }),
    )
  })
})

describe('the native format', () => {
  test('reads no name as two fields', () => {
    const names = READ_FIELDS.flatMap(flatNames)
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
  })

  test('reads seconds as milliseconds', () => {
    const factors = NATIVE_FORMAT.fields.get('duration_ms')!.map(({ path, factor }) => [path[0], factor])
    expect(factors.filter(([, factor]) => factor !== 1)).toEqual([
      ['processing_time', 1000],
      ['processingTime', 1000],
      ['duration_seconds', 1000],
      ['durationSeconds', 1000],
    ])
  })
})

describe('a format of the configuration', () => {
  test('is made from paths, units, constants, skip rules and ids', () => {
    const format = buildFormat('gateway', {
      fields: {
        timestamp: 'meta.at',
        client: ['meta.tenant', 'tenant'],
        duration_ms: { path: 'took', unit: 's' },
        input_tokens: { path: 'usage.in' },
      },
      constants: { provider: 'openai' },
      skip: ['type=ping,health', 'env!=production'],
      id: ['meta.request', 'attempt'],
    })
    expect(format).toEqual({
      name: 'gateway',
      fields: new Map([
        ['timestamp', [{ path: ['meta', 'at'], factor: 1 }]],
        [
          'client',
          [
            { path: ['meta', 'tenant'], factor: 1 },
            { path: ['tenant'], factor: 1 },
          ],
        ],
        ['duration_ms', [{ path: ['took'], factor: 1000 }]],
        ['input_tokens', [{ path: ['usage', 'in'], factor: 1 }]],
      ]),
      usage: { places: [], fields: new Map() },
      constants: new Map([['provider', 'openai']]),
      skip: [
        { path: ['type'], values: ['ping', 'health'], negated: false },
        { path: ['env'], values: ['production'], negated: true },
      ],
      id: [['meta', 'request'], ['attempt']],
    })
  })

  test('that extends the native one keeps its other fields', () => {
    const format = buildFormat('ours', { extends: 'native', fields: { client: 'brand' } })
    expect(format.fields.get('client')).toEqual([{ path: ['brand'], factor: 1 }])
    expect(format.fields.get('model')).toEqual(NATIVE_FORMAT.fields.get('model'))
  })

  test.each([
    [{ ours: { fields: { clent: 'brand' } } }],
    [{ ours: { fields: { client: [] } } }],
    [{ ours: { fields: { client: '' } } }],
    [{ ours: { fields: { duration_ms: { path: 'took', unit: 'hours' } } } }],
    [{ ours: { extends: 'litellm' } }],
    [{ ours: { id: [] } }],
    [{ 'Our Gateway': {} }],
  ])('%j is refused', description => {
    expect(formatsSchema.safeParse(description).success).toBe(false)
  })
})
