// Every JSON document that a golden case prints or writes is of the published shape, and every shape has such a document.
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import type * as z from 'zod'
import { REPORTS } from '../../../src/report/catalogue.ts'
import { DOCUMENT_SCHEMAS } from '../../../src/report/document/document-schemas.ts'
import { OTHER_SCHEMAS } from '../../../src/report/document/other-document-schemas.ts'
import { CASES } from '../../golden-case.ts'

const SCHEMAS: ReadonlyMap<string, z.ZodType> = new Map(Object.entries({ ...DOCUMENT_SCHEMAS, ...OTHER_SCHEMAS }))

const documents = readdirSync(CASES, { recursive: true, withFileTypes: true })
  .filter(entry => entry.isFile() && (entry.name === 'stdout' || entry.name.endsWith('.json')))
  .map(entry => join(entry.parentPath, entry.name))
  .filter(path => !path.includes('/files/'))
  .map(path => ({ path: relative(CASES, path), text: readFileSync(path, 'utf8') }))
  .filter(({ text }) => text.startsWith('{\n  "schema": "usagebook/'))
  .map(({ path, text }) => ({ path, document: JSON.parse(text) as { schema: string } }))
  // The documents of the price and log commands are no reports.
  .filter(({ document }) => !/^usagebook\/(price|log)-/.test(document.schema))

function nameOf({ schema }: { schema: string }): string {
  return schema.slice('usagebook/'.length, schema.indexOf('@'))
}

test.each(documents)('$path is of its published shape', ({ document }) => {
  const result = SCHEMAS.get(nameOf(document))?.safeParse(document)
  expect(result?.error?.issues ?? []).toEqual([])
  expect(result?.success).toBe(true)
})

test('every shape has a document in the cases, and every report a shape', () => {
  const seen = new Set(documents.map(({ document }) => nameOf(document)))
  expect([...SCHEMAS.keys()].filter(name => !seen.has(name))).toEqual([])
  expect(REPORTS.map(({ name }) => `${name}-report`).filter(name => !SCHEMAS.has(name))).toEqual([])
})
