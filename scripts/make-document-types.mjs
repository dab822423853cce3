// Makes src/library/documents.ts: the types of what the library answers, from the schemas of the JSON documents.
import { execFileSync } from 'node:child_process'
import * as z from 'zod'
import { loadSource, writeGenerated } from './generated.mjs'

const { DOCUMENT_SCHEMAS } = await loadSource('src/report/document/document-schemas.ts')
const { OTHER_SCHEMAS } = await loadSource('src/report/document/other-document-schemas.ts')
const { REPORTS } = await loadSource('src/report/catalogue.ts')

const shapes = new Map(
  Object.entries({ ...DOCUMENT_SCHEMAS, ...OTHER_SCHEMAS }).map(([name, schema]) => [
    name,
    z.toJSONSchema(schema, { io: 'output', reused: 'inline', unrepresentable: 'any' }),
  ]),
)
const types = [...shapes].map(([name, shape]) => ({ name, typeName: typeNameOf(name), type: typeOf(shape) }))
const reports = REPORTS.map(({ name }) => [name, types.find(type => type.name === `${name}-report`)])
const text = [
  '// The types of what the library answers. Made by "npm run docs" from the schemas of the documents. Longer than usual: one',
  '// list of all documents. `Money` is a number, or text with all digits where that was asked for.',
  '',
  ...types.map(type => `export type ${type.typeName}${hasMoney(type) ? '<Money = number>' : ''} = ${type.type}\n`),
  '/** The document of each report, by its name. */',
  'export interface ReportDocuments<Money = number> {',
  ...reports.map(([name, type]) => `  readonly ${name}: ${type.typeName}${hasMoney(type) ? '<Money>' : ''}`),
  '}',
].join('\n')
const file = 'src/library/documents.ts'
const biome = [
  'node_modules/.bin/biome',
  ['format', `--stdin-file-path=${file}`],
  { input: `${text}\n`, encoding: 'utf8' },
]
writeGenerated(file, execFileSync(...biome), 'npm run docs')

function hasMoney({ type }) {
  return /\bMoney\b/.test(type)
}

function typeNameOf(name) {
  const words = name.split('-').map(word => word[0].toUpperCase() + word.slice(1))
  return `${words.join('')}${name.endsWith('report') ? '' : 'Document'}`
}

function typeOf(shape) {
  if (shape.const !== undefined) return JSON.stringify(shape.const).replaceAll('"', "'")
  if (shape.enum !== undefined) return shape.enum.map(value => `'${value}'`).join(' | ')
  const { description } = shape
  const options =
    shape.anyOf ?? shape.oneOf ?? (Array.isArray(shape.type) ? shape.type.map(type => ({ ...shape, type })) : undefined)
  if (options !== undefined)
    return [
      ...new Set(options.map(option => typeOf(description === undefined ? option : { ...option, description }))),
    ].join(' | ')
  switch (shape.type) {
    case 'string':
    case 'boolean':
    case 'null':
      return shape.type
    case 'integer':
      return 'number'
    case 'number':
      return moneyOf(description) ?? 'number'
    case 'array':
      return listOf(shape.items === undefined ? 'unknown' : typeOf(shape.items))
    case 'object':
      return objectOf(shape)
    default:
      return 'unknown'
  }
}

function moneyOf(description = '') {
  if (description.startsWith('dollars where')) return 'Money | number'
  return description.startsWith('dollars') ? 'Money' : undefined
}

function listOf(type) {
  return `readonly ${/[ |]/.test(type) ? `(${type})` : type}[]`
}

function objectOf({ properties = {}, required = [], additionalProperties }) {
  const lines = Object.entries(properties).map(
    ([key, shape]) =>
      `readonly ${/^\w+$/.test(key) ? key : `'${key}'`}${required.includes(key) ? '' : '?'}: ${typeOf(shape)}`,
  )
  if (lines.length > 0) return `{ ${lines.join('; ')} }`
  const values = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'
  return `{ readonly [key: string]: ${values} }`
}
