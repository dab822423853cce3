// The JSON Schemas of tools, made from the list of parameters and from the published shapes of documents.
import * as z from 'zod'
import type { Parameter } from '../app/request/parameters.ts'
import { DOCUMENT_SCHEMAS } from '../report/document/document-schemas.ts'
import { OTHER_SCHEMAS } from '../report/document/other-document-schemas.ts'
import { schemaOf } from '../server/openapi.ts'
import type { JsonSchema, Tool } from './tool.ts'

type Shape = z.ZodObject<z.ZodRawShape>

const PAGED = {
  truncated: z
    .boolean()
    .describe('whether something is missing here: rows that come with the cursor, or the rest of a long text or list'),
  cursor: z.string().nullable().describe('give it to get what comes next; null where nothing does'),
}

export function inputSchema({ parameters, required = [] }: Pick<Tool, 'parameters' | 'required'>): JsonSchema {
  const properties = Object.entries(parameters).map(([name, parameter]) => [
    name,
    { ...givenSchema(parameter), description: parameter.help },
  ])
  return {
    type: 'object',
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  }
}

function givenSchema(parameter: Parameter): JsonSchema {
  return parameter.value === 'N' ? { type: 'integer', minimum: 0 } : schemaOf(parameter)
}

/** An answer of this shape. */
export function answerSchema(shape: Shape): JsonSchema {
  return schemaFor(shape.extend(PAGED))
}

/** An answer that is any of the reports. What all of them have is said once. */
export function reportSchema(): JsonSchema {
  const shapes = Object.entries<Shape>({ ...DOCUMENT_SCHEMAS, ...OTHER_SCHEMAS }).filter(([name]) =>
    name.endsWith('-report'),
  )
  const all = shapes.map(([, shape]) => shape.extend(PAGED))
  const { anyOf, ...rest } = schemaFor(z.union(all)) as { anyOf: readonly JsonSchema[] }
  const [first, ...others] = anyOf.map(schema => schema.properties as JsonSchema)
  const common = Object.keys(first!).filter(key =>
    others.every(properties => JSON.stringify(properties[key]) === JSON.stringify(first![key])),
  )
  const isOwn = (key: string) => !common.includes(key)
  return {
    type: 'object',
    properties: pick(first!, key => !isOwn(key)),
    required: (anyOf[0]!.required as readonly string[]).filter(key => !isOwn(key)),
    anyOf: anyOf.map(({ properties, required }) => ({
      properties: pick(properties as JsonSchema, isOwn),
      required: (required as readonly string[]).filter(isOwn),
    })),
    ...rest,
  }
}

function pick(schema: JsonSchema, isWanted: (key: string) => boolean): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([key]) => isWanted(key)))
}

// What is used in several places is said once; where there is a format, its pattern is left out, which is as long as ten others.
function schemaFor(shape: z.ZodType): JsonSchema {
  const { $schema: _, ...schema } = z.toJSONSchema(shape, {
    io: 'output',
    reused: 'ref',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern
    },
  })
  return schema
}
