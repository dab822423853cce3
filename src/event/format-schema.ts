// Source formats as people write them in the configuration, and what they mean.
import * as z from 'zod'
import type { FieldSource } from './field-source.ts'
import { FIELD_BY_NAME, type Mark, READ_FIELDS } from './fields.ts'
import { NATIVE_FORMAT, parsePath, type SkipRule, type SourceFormat } from './source-format.ts'

const DURATION_FACTORS = { ms: 1, s: 1000, us: 0.001, ns: 0.000001, min: 60_000 } as const

const pathText = z.string().min(1).describe('dotted path of keys; \\. for a dot in a key')
const source = z.union([
  pathText,
  z.strictObject({ path: pathText, unit: z.enum(['ms', 's', 'us', 'ns', 'min']).optional() }),
])
const fieldName = z.enum(READ_FIELDS.map(field => field.name) as [string, ...string[]])

export const formatSchema = z.strictObject({
  extends: z.literal('native').optional().describe('start from the native names'),
  fields: z
    .partialRecord(fieldName, z.union([source, z.array(source).min(1)]))
    .optional()
    .describe('where each field is; of several places the first that has a value wins'),
  constants: z.partialRecord(fieldName, z.string()).optional().describe('values of text fields that lines do not have'),
  skip: z.array(z.string()).optional().describe('lines to leave out: path=a,b or path!=a,b'),
  id: z.array(pathText).min(1).optional().describe('the id is these values joined'),
})

export const formatsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, 'use lower-case letters, digits and -'),
  formatSchema,
)
export type FormatDescription = z.infer<typeof formatSchema>

/** The format that a description means. */
export function buildFormat(name: string, description: FormatDescription): SourceFormat {
  const isNative = description.extends === 'native'
  const own = new Map<string, readonly FieldSource[]>(
    Object.entries(description.fields ?? {}).map(([field, places]) => [
      field,
      (Array.isArray(places) ? places : [places]).map(place => sourceOf(field, place!)),
    ]),
  )
  for (const [field, whole, mark] of BESIDE) if (own.has(field)) own.set(whole, markAll(own.get(whole) ?? [], mark))
  const { usage } = NATIVE_FORMAT
  return {
    name,
    fields: new Map([...(isNative ? NATIVE_FORMAT.fields : []), ...own]),
    usage: isNative
      ? { ...usage, fields: new Map([...usage.fields].filter(([field]) => !own.has(field))) }
      : { places: [], fields: new Map() },
    constants: new Map(Object.entries(description.constants ?? {}) as [string, string][]),
    skip: (description.skip ?? []).map(parseSkip),
    id: (description.id ?? []).map(parsePath),
  }
}

// A format that says where something is counted beside a whole has it added to that.
const BESIDE = [
  ['thoughts_tokens', 'output_tokens', 'thoughts_beside'],
  ['tool_use_tokens', 'input_tokens', 'tools_beside'],
] as const

function markAll(sources: readonly FieldSource[], mark: Mark): FieldSource[] {
  return sources.map(place => ({ ...place, mark }))
}

function sourceOf(field: string, place: z.infer<typeof source>): FieldSource {
  if (typeof place === 'string') return { path: parsePath(place), factor: 1 }
  const isDuration = FIELD_BY_NAME.get(field)?.kind === 'duration'
  return { path: parsePath(place.path), factor: isDuration ? DURATION_FACTORS[place.unit ?? 'ms'] : 1 }
}

function parseSkip(text: string): SkipRule {
  const [left = '', right = ''] = text.split(/!?=/, 2)
  return { path: parsePath(left), values: right.split(','), negated: text.includes('!=') }
}
