// Source formats as people write them in the configuration. The built-in formats are written in the same language.
import * as z from 'zod'
import { FIELD_BY_NAME, type FieldKind, SOURCE_FIELDS } from './fields.ts'
import { DURATION_FACTORS, EPOCH_UNITS } from './units.ts'

const COST_UNITS = ['usd', 'cents'] as const

/** The units that a place of a field of some kind may have. */
const UNITS_OF_KIND: Readonly<Partial<Record<FieldKind, readonly string[]>>> = {
  duration: Object.keys(DURATION_FACTORS),
  time: EPOCH_UNITS,
  cost: COST_UNITS,
}

const pathText = z.string().min(1).describe('dotted path of keys; \\. for a dot in a key')
const unit = z
  .enum(['ms', 's', 'us', 'ns', 'min', 'usd', 'cents'])
  .optional()
  .describe('of a duration ms, s, us, ns or min; of a time s, ms, us or ns since 1970; of a cost usd or cents')
const inText = z.boolean().optional().describe('the path leads through text that is JSON')
const source = z.union([
  pathText,
  z.strictObject({
    path: pathText,
    unit,
    json: inText,
    strip: z.enum(['arn', 'path']).optional().describe('take the path off before a name: always, or in an ARN'),
  }),
  z.strictObject({ sum: z.array(pathText).min(2).describe('numbers that are added up'), unit, json: inText }),
  z.strictObject({ from: pathText, to: pathText, unit }).describe('what lies between two times'),
])
export type Place = z.infer<typeof source>

const fieldName = z.enum(SOURCE_FIELDS.map(field => field.name) as [string, ...string[]])
const counting = z.enum(['inside', 'beside', 'infer'])
const condition = z.string().regex(/^[^=]+=/, 'write path=a,b or path!=a,b')

export const formatSchema = z
  .strictObject({
    extends: z.literal('native').optional().describe('start from the native names'),
    fields: z
      .partialRecord(fieldName, z.union([source, z.array(source).min(1)]))
      .optional()
      .describe('where each field is; of several places the first that has a value wins'),
    constants: z
      .partialRecord(fieldName, z.string())
      .optional()
      .describe('values of text fields that lines do not have'),
    skip: z.array(condition).optional().describe('lines to leave out: path=a,b or path!=a,b'),
    id: z.array(pathText).min(1).optional().describe('the id is these values joined'),
    absent: z.array(z.string()).optional().describe('texts that mean that there is no value, such as None'),
    zone: z.literal('UTC').optional().describe('times without an offset are UTC'),
    cache: counting
      .optional()
      .describe(
        'whether cached tokens are inside the input, beside it, or beside it in the lines whose numbers say so (infer)',
      ),
    reasoning: counting.optional().describe('the same for reasoning and the output'),
    path: z
      .string()
      .regex(/\{[a-z_]+\}/, 'name a field in braces, as in {client}/*.jsonl')
      .optional()
      .describe('fields that the path of a file gives, from its end: {client}/*.jsonl'),
    when: z
      .array(
        z.strictObject({
          if: z.array(condition).min(1),
          set: z.partialRecord(fieldName, z.string()).optional(),
          unset: z.array(fieldName).optional(),
        }),
      )
      .optional()
      .describe('values that lines have, or have not, of which all conditions are true'),
    fileDate: z
      .enum(['day', 'start', 'none'])
      .optional()
      .describe('what a date in the name of a file is: the day of its events, the day of the first, or nothing'),
    keep: z
      .enum(['first', 'last', 'most-output'])
      .optional()
      .describe('which line of an id counts, in whatever file; without it the first of a file'),
  })
  .superRefine(({ fields }, context) => {
    for (const [name, places] of Object.entries(fields ?? {})) {
      for (const place of [places].flat()) refuseWrongPlace(name, place as Place, context)
    }
  })

function refuseWrongPlace(name: string, place: Place, context: z.RefinementCtx): void {
  if (typeof place === 'string') return
  const kind = FIELD_BY_NAME.get(name)!.kind
  const units = UNITS_OF_KIND[kind] ?? []
  const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['fields', name], message })
  if ('from' in place) {
    if (kind !== 'duration') refuse('only a duration lies between two times')
    if (place.unit !== undefined && !EPOCH_UNITS.some(epoch => epoch === place.unit))
      refuse(`the unit of the two times is one of ${EPOCH_UNITS.join(', ')}`)
  } else if (place.unit !== undefined && !units.includes(place.unit)) {
    refuse(units.length === 0 ? `${name} has no unit` : `the unit of ${name} is one of ${units.join(', ')}`)
  }
  if ('sum' in place && !['tokens', 'entries', 'duration'].includes(kind)) refuse(`${name} cannot be added up`)
  if ('strip' in place && place.strip !== undefined && kind !== 'text')
    refuse(`nothing can be taken off ${name}, which is no text`)
}

export const formatsSchema = z.record(
  z.string().regex(/^[a-z][a-z0-9-]*$/, 'use lower-case letters, digits and -'),
  formatSchema,
)
export type FormatDescription = z.input<typeof formatSchema>
