// The OpenAPI document of the server, made from its routes: the parameters that they parse, the bodies that they check, and
// the schemas of their answers.
import * as z from 'zod'
import { flagWord } from '../app/request/flag-word.ts'
import type { Parameter } from '../app/request/parameters.ts'
import { DOCUMENT_SCHEMAS } from '../report/document/document-schemas.ts'
import { OTHER_SCHEMAS } from '../report/document/other-document-schemas.ts'
import type { Route } from './route.ts'

type Json = Readonly<Record<string, unknown>>

const SCHEMAS: Readonly<Record<string, z.ZodType>> = { ...DOCUMENT_SCHEMAS, ...OTHER_SCHEMAS }

const problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().describe('what is wrong, in a sentence'),
  code: z.string().describe('stable: programs may rely on it'),
  hint: z.string().optional().describe('what to do about it'),
  parameter: z.string().optional().describe('which parameter is wrong'),
  requestId: z.string(),
})

/** `server` is the address of the API as its users see it. */
export function openApiDocument(routes: readonly Route[], version: string, server: string): Json {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operation(route) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'usagebook',
      version,
      description: 'Who used what, at what cost, and is that normal. Every answer covers only what the caller may see.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: server }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(routes.map(({ group }) => group))].map(name => ({
      name,
      description: DESCRIPTIONS[name] ?? name,
    })),
    paths,
    components: {
      schemas: { ...namedSchemas(routes), problem: jsonSchema(problem, 'output') },
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'a token of "usagebook access token create", or a JWT' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'usagebook',
          description: 'of a browser that has logged in; the port is part of its name',
        },
      },
      responses: {
        problem: {
          description: 'why not, as a problem document (RFC 9457)',
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
        },
      },
    },
  }
}

const DESCRIPTIONS: Readonly<Record<string, string>> = {
  Health: 'Is it running?',
  Session: 'Logging in and out.',
  Reports: 'The reports of the command line, with its flags as parameters.',
  Events: 'Single events.',
  Alerts: 'What fires, budgets, silences, and messages that have not arrived.',
  Usage: 'Paths with the names and shapes that earlier applications use.',
  Analytics: 'Reports under the names that earlier dashboards use.',
}

function operation(route: Route): Json {
  const { method, path, roles, summary, group, body, status = 200 } = route
  const isOpen = roles.includes('anybody')
  return {
    operationId: operationId(route),
    tags: [group],
    summary,
    description: isOpen ? 'For anybody.' : `For ${roles.join(', ')}.`,
    ...(isOpen ? { security: [] } : {}),
    parameters: [...pathParameters(path), ...queryParameters(route)],
    ...(body === undefined
      ? {}
      : { requestBody: { required: false, content: { 'application/json': { schema: jsonSchema(body, 'input') } } } }),
    responses: {
      [status]: { description: summary, ...contentOf(route) },
      ...(route.redirects === true ? { 303: { description: 'redirects to where it leads' } } : {}),
      ...(method === 'GET' && !isOpen
        ? { 304: { description: 'not changed: the ETag is that of If-None-Match' } }
        : {}),
      ...(path === '/readyz' ? { 503: { description: 'it is stopping', ...contentOf(route) } } : {}),
      '4XX': { $ref: '#/components/responses/problem' },
      '5XX': { $ref: '#/components/responses/problem' },
    },
  }
}

/** `get /api/v1/clients/:client` as `getApiV1ClientsClient`. */
export function operationId({ method, path }: Route): string {
  const words = path.split(/[^A-Za-z0-9]+/).filter(word => word !== '')
  return method.toLowerCase() + words.map(word => `${word[0]!.toUpperCase()}${word.slice(1)}`).join('')
}

function pathParameters(path: string): Json[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters({ parameters = {}, hasOwnNames }: Route): Json[] {
  return Object.entries(parameters).map(([option, parameter]) => ({
    name: hasOwnNames === true ? option : flagWord(option),
    in: 'query',
    description: parameter.help,
    schema: schemaOf(parameter),
    ...(parameter.repeats === true ? { explode: true } : {}),
  }))
}

/** What may be given for a parameter, as text. */
export function schemaOf({ value, repeats, choices, parse }: Parameter): Json {
  if (value === undefined) return { type: 'boolean' }
  // A list may also be one text with several words, which an enumeration cannot express.
  if (repeats === true) return { type: 'array', items: { type: 'string' } }
  const isClosed = choices !== undefined && parse !== undefined
  return isClosed ? { type: 'string', enum: choices } : { type: 'string' }
}

function contentOf({ answer, types = [], path }: Route): Json {
  const media = new Map(types.map(type => [type.split(';')[0]!, { schema: { type: 'string' } as Json }]))
  if (answer !== undefined) media.set('application/json', { schema: schemaOfAnswer(answer, path) })
  return media.size === 0 ? {} : { content: Object.fromEntries(media) }
}

function schemaOfAnswer(answer: NonNullable<Route['answer']>, path: string): Json {
  if (path === '/api/v1/reports/:name') return { $ref: '#/components/schemas/report' }
  return typeof answer === 'string' ? { $ref: `#/components/schemas/${answer}` } : jsonSchema(answer, 'output')
}

function namedSchemas(routes: readonly Route[]): Record<string, Json> {
  const named = new Set(routes.flatMap(({ answer }) => (typeof answer === 'string' ? [answer] : [])))
  const reports = Object.keys(DOCUMENT_SCHEMAS).filter(name => name.endsWith('-report'))
  const schemas: Record<string, Json> = {}
  for (const name of [...named, ...reports]) {
    if (name === 'report')
      schemas.report = { anyOf: reports.map(report => ({ $ref: `#/components/schemas/${report}` })) }
    else schemas[name] = jsonSchema(schemaNamed(name), 'output')
  }
  return schemas
}

/** The published schema with this name. */
export function schemaNamed(name: string): z.ZodType {
  const schema = SCHEMAS[name]
  if (schema === undefined) throw new Error(`there is no schema ${name}`)
  return schema
}

function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, reused: 'inline' })
  return rest
}
